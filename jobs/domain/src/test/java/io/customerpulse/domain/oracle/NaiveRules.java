package io.customerpulse.domain.oracle;

import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules of one tenant as files and everything published so far have them. */
final class NaiveRules {
  private static final String ALL = "*";

  private final String tenantId;
  private final List<Rule> files;

  /** In the order in which it was published. */
  private final List<PublishedRule> published = new ArrayList<>();

  NaiveRules(String tenantId, List<Rule> files) {
    this.tenantId = tenantId;
    this.files = files;
  }

  void publish(PublishedRule word) {
    published.add(word);
  }

  /** Whether a version opens something at an instant: of those that are active, the last one. */
  boolean opens(Rule version, Instant at) {
    PublishedRule word = word(version.id());
    boolean retired = word != null && word.retiredAt() != null && !at.isBefore(word.retiredAt());
    Rule opening = null;
    for (Rule each : versions(version.id())) {
      boolean active =
          each.backfill() || each.activatedAt() == null || !each.activatedAt().isAfter(at);
      opening = active ? each : opening;
    }
    return !retired && opening != null && opening.version() == version.version();
  }

  /** Whether what is live of a rule has ended by an instant, because the rule is gone. */
  boolean hasEnded(String ruleId, Instant at) {
    PublishedRule word = word(ruleId);
    return word != null && word.endLive() && !at.isBefore(word.retiredAt());
  }

  boolean isPaused(String ruleId) {
    return Stream.of(word(ruleId), word(ALL)).anyMatch(word -> word != null && word.paused());
  }

  List<Instant> retirements() {
    return published.stream().map(PublishedRule::retiredAt).filter(Objects::nonNull).toList();
  }

  /** A word without versions speaks of those of whom it stands over: the tenant's, all's, files. */
  private List<Rule> versions(String ruleId) {
    for (String owner : List.of(tenantId, ALL)) {
      PublishedRule word = latest(owner, ruleId);
      if (word != null && !word.versions().isEmpty()) {
        return word.versions();
      }
    }
    return files.stream().filter(rule -> rule.id().equals(ruleId)).toList();
  }

  /** The tenant's own, else that for all; null where nothing is published. */
  private PublishedRule word(String ruleId) {
    PublishedRule own = latest(tenantId, ruleId);
    return own == null ? latest(ALL, ruleId) : own;
  }

  private PublishedRule latest(String owner, String ruleId) {
    PublishedRule latest = null;
    for (PublishedRule word : published) {
      boolean meant = word.tenantId().equals(owner) && word.ruleId().equals(ruleId);
      latest = meant ? word : latest;
    }
    return latest;
  }
}
