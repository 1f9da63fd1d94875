package io.customerpulse.domain.rule;

import java.time.Instant;
import java.util.List;

/**
 * What is published of one rule, all of it: the next word on the rule replaces this one.
 *
 * @param tenantId whose customers it is for; {@link #ALL} for those of every tenant that has no
 *     word of its own on the rule
 * @param ruleId the rule; {@link #ALL} for a word on all rules, which can only be that they pause
 * @param versions ascending, at most {@value #KEPT_VERSIONS}, the newest; empty where the rule
 *     stands as the job's own files have it
 * @param paused nothing fires until this is taken back; episodes go on
 * @param retiredAt from this instant of event time on nothing opens; null where it isn't retired
 * @param endLive whether what is live ends then, too, and doesn't go on to its end
 */
public record PublishedRule(
    String tenantId,
    String ruleId,
    List<Rule> versions,
    boolean paused,
    Instant retiredAt,
    boolean endLive) {
  public static final String ALL = "*";

  /** A live episode keeps its version among so many, else it goes on under the newest. */
  public static final int KEPT_VERSIONS = 5;

  public PublishedRule {
    versions = List.copyOf(versions);
  }

  /** The key of its record. Rule ids have no colon. */
  public String key() {
    return key(tenantId, ruleId);
  }

  /** The key of the record of a tenant's rule. */
  public static String key(String tenantId, String ruleId) {
    return tenantId + ':' + ruleId;
  }
}
