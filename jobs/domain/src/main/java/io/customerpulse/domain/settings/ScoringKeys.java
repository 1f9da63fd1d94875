package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.rfm.SegmentNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Settings of how customers are scored, and what their segments are called. */
final class ScoringKeys {
  private static final int SCORES = 5;

  private static final ValueType<Integer> POSITIVE = ValueType.integer(1, Integer.MAX_VALUE);
  private static final ValueType<String> SEGMENT =
      ValueType.text("a name of 1 to 64 characters", Pattern.compile("[^\\p{Cntrl}]{1,64}"));

  private static final Key<Duration> WINDOW =
      new Key<>(
          "window",
          Duration.ofDays(365),
          ScoringKeys::wholeDays,
          "how far back orders count for frequency and money, in calendar days",
          "`365d`",
          "whole days, from `1d`");

  private static final Key<Settings.Scoring> SCORING =
      Key.choice(
          "scoring",
          List.of(Settings.Scoring.values()),
          Settings.Scoring.QUINTILES,
          "how scores are given: by a customer's place among all buyers of the tenant, or by fixed"
              + " cuts");

  private static final Key<Integer> HIGH =
      Key.integer(
          "high", 2, SCORES, 4, "from which score on a customer is high in the eight segments");

  private static final Key<List<Integer>> RECENCY_DAYS =
      BoundedKeys.ascending(
          "recency_days",
          POSITIVE,
          List.of(7, 30, 90, 180),
          "cuts in days since the last order; the score is 5 − the number of cuts below the value",
          "from 1");

  private static final Key<List<Integer>> FREQUENCY =
      BoundedKeys.ascending(
          "frequency",
          POSITIVE,
          List.of(2, 3, 5, 10),
          "cuts in orders; the score is 1 + the number of cuts that the value reaches",
          "from 1");

  private static final Key<List<Long>> MONETARY_MINOR =
      BoundedKeys.ascending(
          "monetary_minor",
          ValueType.positiveLong(),
          List.of(10_000L, 50_000L, 100_000L, 500_000L),
          "cuts in minor units; scored like frequency",
          "from 1");

  private static final List<String> ASLEEP =
      List.of("hibernating", "hibernating", "at_risk", "at_risk", "cant_lose");

  /** A row of names for each R score, from 1. */
  private static final List<Key<List<String>>> BY_R_AND_F =
      List.of(
          row("r1", ASLEEP),
          row("r2", ASLEEP),
          row(
              "r3",
              List.of("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal")),
          row(
              "r4",
              List.of("promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal")),
          row(
              "r5",
              List.of(
                  "new", "potential_loyalist", "potential_loyalist", "champions", "champions")));

  /** By the bits high M, high R, high F; marketing writes R, F and M, 1 for high and 0 for low. */
  private static final List<Key<String>> BY_HIGH =
      List.of(
          ofEight("000", "一般挽留"),
          ofEight("010", "一般保持"),
          ofEight("100", "一般发展"),
          ofEight("110", "一般价值"),
          ofEight("001", "重要挽留"),
          ofEight("011", "重要保持"),
          ofEight("101", "重要发展"),
          ofEight("111", "重要价值"));

  private static final Key<String> PROSPECT = prospect("prospect");
  private static final Key<String> UNSCORED = unscored("unscored");
  private static final Key<String> PROSPECT_ZH = prospect("潜在客户");
  private static final Key<String> UNSCORED_ZH = unscored("尚未评分");

  static final SectionKeys RFM = SectionKeys.of("rfm", WINDOW, SCORING, HIGH);
  static final SectionKeys THRESHOLDS =
      SectionKeys.of("rfm.thresholds", RECENCY_DAYS, FREQUENCY, MONETARY_MINOR);
  static final SectionKeys SEGMENTS =
      new SectionKeys("rfm.segments", fromTheHighest(BY_R_AND_F, PROSPECT, UNSCORED));
  static final SectionKeys SEGMENTS_ZH =
      new SectionKeys("rfm.segments_zh", fromTheHighest(BY_HIGH, PROSPECT_ZH, UNSCORED_ZH));

  private ScoringKeys() {}

  static Settings.Rfm read(Section root) {
    Section section = RFM.in(root);
    Settings.Rfm rfm =
        new Settings.Rfm(
            WINDOW.read(section),
            SCORING.read(section),
            HIGH.read(section),
            thresholds(THRESHOLDS.in(section)),
            segmentNames(SEGMENTS.in(section), SEGMENTS_ZH.in(section)));
    section.refuseUnknownKeys();
    return rfm;
  }

  private static Settings.Thresholds thresholds(Section section) {
    Settings.Thresholds thresholds =
        new Settings.Thresholds(
            RECENCY_DAYS.read(section), FREQUENCY.read(section), MONETARY_MINOR.read(section));
    section.refuseUnknownKeys();
    return thresholds;
  }

  private static SegmentNames segmentNames(Section section, Section sectionZh) {
    SegmentNames names =
        new SegmentNames(
            BY_R_AND_F.stream().map(row -> row.read(section)).toList(),
            BY_HIGH.stream().map(name -> name.read(sectionZh)).toList(),
            PROSPECT.read(section),
            PROSPECT_ZH.read(sectionZh),
            UNSCORED.read(section),
            UNSCORED_ZH.read(sectionZh));
    section.refuseUnknownKeys();
    sectionZh.refuseUnknownKeys();
    return names;
  }

  private static Duration wholeDays(Section section, String key, Duration fallback) {
    Duration window = section.value(key, fallback, ValueType.duration(Duration.ofDays(1)));
    if (!window.equals(Duration.ofDays(window.toDays()))) {
      section.refuse(key, "; allowed: whole days such as 365d");
    }
    return window;
  }

  private static Key<List<String>> row(String name, List<String> fallback) {
    return new Key<>(
        name,
        fallback,
        (section, key, otherwise) -> section.exactly(key, otherwise, SCORES, SEGMENT),
        "names of the segments of an R score, for each F score from 1 to 5",
        "see `reference.yaml`",
        "5 names of 1 to 64 characters; the same name may stand in several cells");
  }

  private static Key<String> ofEight(String name, String fallback) {
    return segment(
        name,
        fallback,
        "names of the eight by high (1) or low (0) R, F and M, in this order",
        "see `reference.yaml`");
  }

  private static Key<String> prospect(String fallback) {
    return segment(
        "prospect", fallback, "of customers without a counting order", Key.words(fallback));
  }

  private static Key<String> unscored(String fallback) {
    return segment(
        "unscored",
        fallback,
        "of buyers before there are any cuts to score them by",
        Key.words(fallback));
  }

  private static Key<String> segment(String name, String fallback, String meaning, String unsaid) {
    return Key.of(name, SEGMENT, fallback, meaning, "a name of 1 to 64 characters")
        .described(unsaid, "a name of 1 to 64 characters");
  }

  private static List<Key<?>> fromTheHighest(List<? extends Key<?>> keys, Key<?>... others) {
    List<Key<?>> sorted = new ArrayList<>();
    IntStream.range(0, keys.size()).forEach(i -> sorted.add(0, keys.get(i)));
    sorted.addAll(List.of(others));
    return List.copyOf(sorted);
  }
}
