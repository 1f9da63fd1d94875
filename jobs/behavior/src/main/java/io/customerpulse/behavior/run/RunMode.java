package io.customerpulse.behavior.run;

import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.settings.Settings;
import io.customerpulse.domain.settings.Settings.Clock;
import io.customerpulse.runtime.time.WallClock;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a run of the topologies passes time and ends. */
public final class RunMode implements Serializable {
  /**
   * States that each subtask of a keyed operator keeps in memory at most: enough for the visits
   * that go on at a time, which are what the cache is for. As states grow there are fewer, so that
   * all caches of a process stay within their part of its heap.
   */
  private static final int CACHED_STATES = 131_072;

  private final Instant end;
  private final boolean goesOn;
  private final WallClock wallClock;
  private final int cachedStates;
  private final List<CutPoints> cuts;

  private RunMode(
      Instant end, boolean goesOn, WallClock wallClock, int cachedStates, List<CutPoints> cuts) {
    this.end = end;
    this.goesOn = goesOn;
    this.wallClock = wallClock;
    this.cachedStates = cachedStates;
    this.cuts = cuts;
  }

  /** Without end; the clock of the settings decides whether a trigger is still valid. */
  public static RunMode unbounded(Settings settings, WallClock wallClock) {
    return new RunMode(
        null,
        true,
        settings.time().clock() == Clock.WALL ? wallClock : null,
        CACHED_STATES,
        List.of());
  }

  /**
   * Over input that ends, with event time as the only clock.
   *
   * @param asOf event time stops here: later events are left out, later timers don't fire
   */
  public static RunMode boundedAt(Instant asOf) {
    return new RunMode(asOf, false, null, CACHED_STATES, List.of());
  }

  /**
   * Over input that ends, but the state of the run goes on elsewhere: event time stops as it does
   * at an as-of, and nothing is concluded. Whatever waits goes on waiting, no last profile is
   * written, and no cuts are taken but those of every midnight.
   *
   * @param end the last instant that this run sees; later events are left out
   */
  public static RunMode handingOverAt(Instant end) {
    return new RunMode(end, true, null, CACHED_STATES, List.of());
  }

  /**
   * The same with another size of the caches.
   *
   * @param states per subtask of a keyed operator at most, at least 1
   */
  public RunMode withCachedStates(int states) {
    return new RunMode(end, goesOn, wallClock, states, cuts);
  }

  /** The same with cuts that are known before it begins, those of its end among them. */
  public RunMode withCuts(List<CutPoints> known) {
    return new RunMode(end, goesOn, wallClock, cachedStates, List.copyOf(known));
  }

  /** Whether its input ends. */
  public boolean isBounded() {
    return end != null;
  }

  /** The last instant of event time that the run sees. */
  public Optional<Instant> end() {
    return Optional.ofNullable(end);
  }

  /** The instant at which the run concludes; empty where it, or what goes on from it, doesn't. */
  public Optional<Instant> asOf() {
    return goesOn ? Optional.empty() : Optional.of(end);
  }

  /** The clock on the wall; {@link Instant#MIN} where event time alone decides. */
  public Instant wallTime() {
    return wallClock == null ? Instant.MIN : wallClock.instant();
  }

  /** The cuts that are known from the beginning. */
  public List<CutPoints> cuts() {
    return cuts;
  }

  public int cachedStates() {
    return cachedStates;
  }
}
