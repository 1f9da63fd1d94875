package io.customerpulse.client.rules;

import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleDefinition;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.schemas.TriggerRuleRecord;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The word on one rule, and the words that may follow it.
 *
 * @param record what stands on the topic; without versions where nothing does
 */
record RuleChange(TriggerRuleRecord record) {

  /** The word on a rule of which nothing is published. */
  static RuleChange ofNothing(String tenantId, String ruleId) {
    return new RuleChange(
        new TriggerRuleRecord(tenantId, ruleId, List.of(), false, null, false, Instant.EPOCH));
  }

  /**
   * With another version, which also brings a retired rule back: until it is active, nothing opens.
   *
   * @param activatedAt null for from the beginning
   * @return empty where the same is published already
   * @throws RefusedException where a version of that number or a higher one is
   */
  Optional<RuleChange> publish(RuleDefinition definition, Instant activatedAt, Instant now)
      throws RefusedException {
    Rule rule = definition.rule();
    List<TriggerRuleVersion> versions = new ArrayList<>(record.getVersions());
    if (!versions.isEmpty()) {
      TriggerRuleVersion newest = versions.get(versions.size() - 1);
      if (rule.version() == newest.getVersion() && saysTheSame(definition, newest)) {
        if (record.getRetiredAt() == null) {
          return Optional.empty();
        }
        throw refused(definition, "was retired; a higher version brings it back");
      }
      if (rule.version() <= newest.getVersion()) {
        String other = rule.version() == newest.getVersion() ? " with other content" : "";
        throw refused(
            definition,
            "version "
                + newest.getVersion()
                + " is published already"
                + other
                + "; allowed: "
                + (newest.getVersion() + 1)
                + " or higher");
      }
    }
    if (record.getRetiredAt() != null) {
      versions = supersededFrom(activatedAt);
    }
    versions.add(new TriggerRuleVersion(rule.version(), activatedAt, definition.json()));
    int dropped = Math.max(0, versions.size() - PublishedRule.KEPT_VERSIONS);
    return Optional.of(
        new RuleChange(
            new TriggerRuleRecord(
                record.getTenantId(),
                record.getRuleId(),
                List.copyOf(versions.subList(dropped, versions.size())),
                record.getPaused(),
                null,
                false,
                toMillis(now))));
  }

  /**
   * The versions as of no use but to what is live under them: active no sooner than the one that
   * takes their place. One with a backfill would open even so.
   */
  private List<TriggerRuleVersion> supersededFrom(Instant activatedAt) {
    List<TriggerRuleVersion> superseded = new ArrayList<>();
    for (TriggerRuleVersion each : record.getVersions()) {
      if (!rule(each).backfill()) {
        superseded.add(
            new TriggerRuleVersion(each.getVersion(), activatedAt, each.getDefinition()));
      }
    }
    return superseded;
  }

  private boolean saysTheSame(RuleDefinition definition, TriggerRuleVersion published) {
    return rule(published).equals(definition.rule().activatedAt(null));
  }

  private Rule rule(TriggerRuleVersion published) {
    return RuleReader.read(record.getRuleId() + ".json", published.getDefinition()).all().get(0);
  }

  private static RefusedException refused(RuleDefinition definition, String message) {
    return new RefusedException(definition.problem("version", message));
  }

  /** Paused or not. */
  RuleChange pause(boolean paused, Instant now) {
    return new RuleChange(
        new TriggerRuleRecord(
            record.getTenantId(),
            record.getRuleId(),
            record.getVersions(),
            paused,
            record.getRetiredAt(),
            record.getEndLive(),
            toMillis(now)));
  }

  /** Retired from an instant of event time on. */
  RuleChange retire(Instant retiredAt, boolean endLive, Instant now) {
    return new RuleChange(
        new TriggerRuleRecord(
            record.getTenantId(),
            record.getRuleId(),
            record.getVersions(),
            record.getPaused(),
            toMillis(retiredAt),
            endLive,
            toMillis(now)));
  }

  String key() {
    return PublishedRule.key(record.getTenantId(), record.getRuleId());
  }

  private static Instant toMillis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The change can't follow what is published. */
  static final class RefusedException extends Exception {
    private final transient Problem problem;

    RefusedException(Problem problem) {
      super(problem.toString());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
