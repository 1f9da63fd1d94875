package io.customerpulse.behavior.avro;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.rule.RuleReader;
import io.customerpulse.schemas.AvroEncoding;
import io.customerpulse.schemas.TriggerRuleRecord;
import io.customerpulse.schemas.TriggerRuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Records of the topic trigger-rules, checked as a whole: whoever writes there, a word that is
 * taken is one that can be used. An instance belongs to one thread.
 */
public final class RuleRecords {
  /** Every part of a job keeps every record in memory; five versions of a rule are some KiB. */
  private static final int MAX_BYTES = 128 << 10;

  private static final int MAX_TENANT_CHARS = 64;
  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9-]{1,64}");

  private final AvroEncoding<TriggerRuleRecord> encoding =
      new AvroEncoding<>(TriggerRuleRecord.class);

  /** The record in bytes. */
  public byte[] encode(TriggerRuleRecord record) {
    return encoding.encode(record);
  }

  /**
   * The record in bytes, whatever it says.
   *
   * @throws IllegalArgumentException where the bytes aren't such a record
   */
  public TriggerRuleRecord decode(byte[] value) {
    return encoding.decode(value);
  }

  /**
   * What a record says.
   *
   * @param key the record's
   * @throws IllegalArgumentException where it can't be used, with everything that is wrong
   */
  public PublishedRule read(String key, byte[] value) {
    if (value.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "has " + value.length + " bytes; allowed: up to " + MAX_BYTES);
    }
    TriggerRuleRecord record = decode(value);
    List<String> problems = new ArrayList<>();
    checkNames(record, key, problems);
    List<Rule> versions = versions(record, problems);
    if (record.getEndLive() && record.getRetiredAt() == null) {
      problems.add("end_live: true without retired_at");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new PublishedRule(
        record.getTenantId(),
        record.getRuleId(),
        versions,
        record.getPaused(),
        record.getRetiredAt(),
        record.getEndLive());
  }

  private static void checkNames(TriggerRuleRecord record, String key, List<String> problems) {
    String expected = PublishedRule.key(record.getTenantId(), record.getRuleId());
    if (!key.equals(expected)) {
      problems.add("the key is '" + key + "'; allowed: tenant_id:rule_id, which is " + expected);
    }
    String tenantId = record.getTenantId();
    int tenantChars = tenantId.codePointCount(0, tenantId.length());
    if (tenantChars == 0 || tenantChars > MAX_TENANT_CHARS) {
      problems.add("tenant_id: allowed: 1 to " + MAX_TENANT_CHARS + " characters, * for all");
    }
    boolean all = record.getRuleId().equals(PublishedRule.ALL);
    if (!all && !RULE_ID.matcher(record.getRuleId()).matches()) {
      problems.add("rule_id: allowed: lower-case letters, digits and hyphens, at most 64, or *");
    }
    if (all && (!record.getVersions().isEmpty() || record.getRetiredAt() != null)) {
      problems.add("rule_id *: all rules can be paused, no more");
    }
  }

  private static List<Rule> versions(TriggerRuleRecord record, List<String> problems) {
    if (record.getVersions().size() > PublishedRule.KEPT_VERSIONS) {
      problems.add("versions: allowed: at most " + PublishedRule.KEPT_VERSIONS);
      return List.of();
    }
    List<Rule> versions = new ArrayList<>();
    int before = 0;
    for (TriggerRuleVersion each : record.getVersions()) {
      if (each.getVersion() <= before) {
        problems.add("versions: not ascending; allowed: each greater than the one before, from 1");
      }
      before = each.getVersion();
      version(record.getRuleId(), each, problems, versions);
    }
    return versions;
  }

  private static void version(
      String ruleId, TriggerRuleVersion written, List<String> problems, List<Rule> versions) {
    String name = ruleId + " v" + written.getVersion() + ".json";
    try {
      List<Rule> read = RuleReader.read(name, written.getDefinition()).all();
      if (read.size() != 1) {
        problems.add(name + ": has " + read.size() + " rules; allowed: one");
        return;
      }
      Rule rule = read.get(0);
      if (!rule.id().equals(ruleId) || rule.version() != written.getVersion()) {
        problems.add(name + ": defines " + rule.id() + " v" + rule.version());
      } else if (rule.activatedAt() != null) {
        problems.add(name + ": has activated_at; the record says it beside the definition");
      } else {
        versions.add(rule.activatedAt(written.getActivatedAt()));
      }
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> problems.add(problem.toString()));
    }
  }
}
