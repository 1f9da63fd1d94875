package io.customerpulse.lab.simulator;

import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.lab.simulator.SimulatedRecord.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a processor with default settings should count in the first records of a simulator, computed
 * without writing them. Exact for duplicates and broken records; {@link Kind#LATE} is an upper
 * bound, as a record is late only if others have moved the time on.
 *
 * @param byKind all kinds, 0 where there is none
 * @param brokenByCode the codes that occur
 */
public record TruthCounters(Map<Kind, Long> byKind, Map<DeadLetterCode, Long> brokenByCode) {

  /**
   * Counts records 0 (inclusive) to {@code numbers} (exclusive).
   *
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public static TruthCounters ofFirst(long numbers, Simulator simulator) {
    if (numbers < 0 || numbers > simulator.maxNumber() + 1) {
      throw new IndexOutOfBoundsException("There are no " + numbers + " records");
    }
    Map<Kind, Long> byKind = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      byKind.put(kind, 0L);
    }
    Map<DeadLetterCode, Long> byCode = new EnumMap<>(DeadLetterCode.class);
    for (long number = 0; number < numbers; number++) {
      Kind kind = simulator.kind(number);
      byKind.merge(kind, 1L, Long::sum);
      if (kind == Kind.BROKEN) {
        byCode.merge(simulator.codeOfBroken(number), 1L, Long::sum);
      }
    }
    return new TruthCounters(
        Collections.unmodifiableMap(byKind), Collections.unmodifiableMap(byCode));
  }

  public long read() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Everything that is neither a duplicate nor broken. */
  public long accepted() {
    return read() - duplicates() - rejected();
  }

  public long duplicates() {
    return byKind.get(Kind.DUPLICATE);
  }

  public long rejected() {
    return byKind.get(Kind.BROKEN);
  }
}
