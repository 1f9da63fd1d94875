package io.customerpulse.domain.rule;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads one rule. What is wrong is reported; the rule is then of no use. */
final class RuleSection {
  private final Section section;
  private final TriggerKind kind;

  private RuleSection(Section section, TriggerKind kind) {
    this.section = section;
    this.kind = kind;
  }

  /** The rule of a section, of one of these kinds. */
  static Rule read(Section section, RuleKinds kinds) {
    String id = RuleKeys.ID.read(section);
    TriggerKind kind = RuleKeys.kind(kinds).read(section);
    RuleSection reader = new RuleSection(section, kind);
    reader.refuseKeysOfOtherKinds(kinds);
    TriggerCondition condition = kind == null ? null : kind.read(section);
    Rule rule =
        new Rule(
            id,
            RuleKeys.VERSION.read(section),
            condition,
            reader.steps(condition),
            RuleKeys.FILTER.read(section),
            RuleKeys.COOLDOWN
                .or(kind == null ? Duration.ZERO : kind.defaultCooldown())
                .read(section),
            RuleKeys.CAP.read(section),
            RuleKeys.QUIET_HOURS.read(section),
            RuleKeys.HOLDOUT_PERCENT.read(section),
            RuleKeys.VARIANTS.read(section),
            RuleKeys.VALID_FOR.read(section),
            RuleKeys.BACKFILL.read(section),
            RuleKeys.ACTIVATED_AT.read(section));
    section.refuseUnknownKeys();
    return rule;
  }

  private void refuseKeysOfOtherKinds(RuleKinds kinds) {
    Map<String, List<TriggerKind>> owners = new TreeMap<>();
    for (TriggerKind each : kinds.all()) {
      for (Key<?> key : each.keys()) {
        owners.computeIfAbsent(key.name(), name -> new ArrayList<>()).add(each);
      }
    }
    owners.forEach(
        (key, owning) -> {
          if (section.has(key) && kind != null && !owning.contains(kind)) {
            String names =
                owning.stream().map(TriggerKind::wireName).collect(Collectors.joining(", "));
            section.refuse(key, "belongs to the kind " + names + " only");
          }
        });
  }

  private List<Duration> steps(TriggerCondition condition) {
    List<Duration> fallback = kind == null ? List.of() : kind.defaultSteps();
    if (kind != null && fallback.isEmpty() && !section.has("steps")) {
      section.refuse("steps", "is missing; allowed: a list such as [1h, 7d]");
    }
    List<Duration> steps = RuleKeys.STEPS.or(fallback).read(section);
    String problem = kind == null ? null : kind.problemOf(steps, condition);
    if (problem != null) {
      section.refuse("steps", problem);
    }
    return steps;
  }
}
