package io.customerpulse.domain.kind;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.episode.Subject;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.rfm.Segments;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.TriggerCondition;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A segment that begins. Judged at the customer's own events and daily, when new cuts take effect;
 * opens with the segment, closes when it is left. Its scope is the customer.
 *
 * <p>It remembers the scores that the segment was last judged by, as three digits; {@link
 * #PROSPECT} or {@link #UNSCORED} without scores, 0 where it hasn't been judged. Only where there
 * are such rules is the segment remembered, and only there does a customer have a daily timer: a
 * population that moves changes nobody's state.
 */
public final class SegmentEntered extends EpisodeKind<Integer> {
  public static final Key<Set<String>> SEGMENTS =
      Key.some(
          "segments",
          ValueType.text("names of segments", Pattern.compile(".{1,64}")),
          "which segments",
          "a list of names of `rfm.segments` such as `champions`, or of `rfm.segments_zh` such as"
              + " `重要价值`; not both in one rule");

  /** The segment of a customer without a counting order. */
  private static final int PROSPECT = 1;

  /** The segment of a buyer as long as there are no cuts to score by. */
  private static final int UNSCORED = 2;

  /** Cuts take effect so long after the midnight they were taken at. */
  private static final Duration CUTS_TAKE_EFFECT = Duration.ofHours(1);

  /** The lowest scores there are: without an order in the window nothing changes them again. */
  private static final int LOWEST = 111;

  private static final long serialVersionUID = 1;

  public SegmentEntered() {
    super("segment_entered", 6, 60);
  }

  private enum Form implements MemoryForm<Integer> {
    INSTANCE;

    @Override
    public Integer empty() {
      return 0;
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Integer segment, FieldWriter out) throws IOException {
      out.count(segment);
    }

    @Override
    public Integer read(int version, FieldReader in) throws IOException {
      return in.size();
    }
  }

  @Override
  public String waitsFor() {
    return "a segment that begins";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(SEGMENTS);
  }

  @Override
  public Set<String> segments(TriggerCondition condition) {
    return condition.get(SEGMENTS);
  }

  @Override
  public MemoryForm<Integer> memoryForm() {
    return Form.INSTANCE;
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return true;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<Integer> context) {
    Instant left = change.late() ? change.event().eventTime() : change.at();
    judge(rules, change.event(), change.first(), left, change.at(), context);
  }

  @Override
  public Instant nextAt(List<Rule> rules, KindContext<Integer> context) {
    Subject subject = context.subject();
    int segment = context.memory();
    Instant now = subject.processedUpTo();
    boolean settled = segment == LOWEST && !subject.hasOrderInWindow(now);
    if (segment == 0 || segment == PROSPECT || settled) {
      return null;
    }
    LocalDate today = LocalDate.ofInstant(now, subject.zone());
    Instant next = judgedAt(today, subject);
    return next.isAfter(now) ? next : judgedAt(today.plusDays(1), subject);
  }

  @Override
  public void onTime(List<Rule> rules, Instant now, KindContext<Integer> context) {
    Subject subject = context.subject();
    if (context.memory() != 0
        && now.equals(judgedAt(LocalDate.ofInstant(now, subject.zone()), subject))) {
      judge(rules, null, false, now, now, context);
    }
  }

  private static Instant judgedAt(LocalDate day, Subject subject) {
    return day.atStartOfDay(subject.zone()).toInstant().plus(CUTS_TAKE_EFFECT);
  }

  private static void judge(
      List<Rule> rules,
      BehaviorEvent by,
      boolean first,
      Instant leftAt,
      Instant now,
      KindContext<Integer> context) {
    Subject subject = context.subject();
    int before = context.memory();
    int after = rules.isEmpty() ? 0 : place(subject, now);
    if (before == after) {
      return;
    }
    context.remember(after);
    if (before == 0 && !first) {
      // Nobody has looked so far: nothing is known to begin.
      return;
    }
    context.exit(
        new ExitEvent(
            leftAt,
            TriggerReason.SEGMENT_LEFT,
            (rule, episode) -> isLeft(rule, before, after, subject),
            (rule, fire) ->
                isLeft(rule, before, after, subject)
                    && rule.get(SEGMENTS).contains(name(rule, before, subject))));
    for (Rule rule : rules) {
      String entered = name(rule, after, subject);
      if (rule.get(SEGMENTS).contains(entered) && isLeft(rule, before, after, subject)) {
        context.open(rule, Episode.CUSTOMER_SCOPE, by, now);
      }
    }
  }

  private static boolean isLeft(Rule rule, int before, int after, Subject subject) {
    return before == 0 || !name(rule, before, subject).equals(name(rule, after, subject));
  }

  /** What a rule calls the segment: by the 25 cells or by the Chinese eight. */
  private static String name(Rule rule, int place, Subject subject) {
    Scores scores =
        place < LOWEST ? null : new Scores(place / 100, place / 10 % 10, place % 10, null);
    boolean buyer = place != PROSPECT;
    Segments segments = subject.segments();
    SegmentNames names = segments.names();
    for (String name : rule.get(SEGMENTS)) {
      if (names.byHigh().contains(name)
          || name.equals(names.prospectZh())
          || name.equals(names.unscoredZh())) {
        return segments.segmentZh(scores, buyer);
      }
    }
    return segments.segment(scores, buyer);
  }

  private static int place(Subject subject, Instant now) {
    Scores scores = subject.scoresAt(now);
    if (scores == null) {
      return subject.lastOrderAt() == null ? PROSPECT : UNSCORED;
    }
    return scores.r() * 100 + scores.f() * 10 + scores.m();
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<Integer> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .daysSilent(context.subject(), now)
        .build();
  }
}
