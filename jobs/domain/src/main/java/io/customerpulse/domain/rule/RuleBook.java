package io.customerpulse.domain.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All rules that are known, in all their versions: those of the job's own files and, over them,
 * those that are published. Of one rule id the tenant's own word counts, else the word for every
 * tenant, else the file. What is said never changes; a book belongs to one thread.
 */
public final class RuleBook {
  private final RuleSet files;

  /** By {@link PublishedRule#key()}. */
  private final Map<String, PublishedRule> published;

  /** Of tenants with rules of their own. */
  private final Map<String, TenantRules> byTenant = new HashMap<>();

  private final TenantRules ofAllOthers;

  private RuleBook(RuleSet files, Map<String, PublishedRule> published) {
    this.files = files;
    this.published = published;
    ofAllOthers = compile(PublishedRule.ALL);
    for (PublishedRule word : published.values()) {
      if (!word.tenantId().equals(PublishedRule.ALL)) {
        byTenant.computeIfAbsent(word.tenantId(), this::compile);
      }
    }
  }

  /** A book of what the job's own files have, for every tenant. */
  public static RuleBook of(RuleSet files) {
    return new RuleBook(files, Map.of());
  }

  /** The book with a word on one rule, in the place of an earlier one. */
  public RuleBook with(PublishedRule word) {
    Map<String, PublishedRule> next = new TreeMap<>(published);
    next.put(word.key(), word);
    return new RuleBook(files, next);
  }

  /** The book without the word under a key: nothing was ever published there. */
  public RuleBook without(String key) {
    Map<String, PublishedRule> next = new TreeMap<>(published);
    next.remove(key);
    return new RuleBook(files, next);
  }

  /** The rules as they are for the customers of one tenant. */
  public TenantRules of(String tenantId) {
    return byTenant.getOrDefault(tenantId, ofAllOthers);
  }

  private TenantRules compile(String tenantId) {
    Map<String, PublishedRule> words = new HashMap<>();
    for (Rule rule : files.all()) {
      words.put(
          rule.id(), new PublishedRule(tenantId, rule.id(), List.of(rule), false, null, false));
    }
    for (String owner : List.of(PublishedRule.ALL, tenantId)) {
      for (PublishedRule word : published.values()) {
        if (word.tenantId().equals(owner)) {
          words.merge(word.ruleId(), word, RuleBook::over);
        }
      }
    }
    PublishedRule all = words.remove(PublishedRule.ALL);
    return new TenantRules(new ArrayList<>(words.values()), all != null && all.paused());
  }

  /** A word that has no versions speaks of those that are there. */
  private static PublishedRule over(PublishedRule below, PublishedRule word) {
    return word.versions().isEmpty()
        ? new PublishedRule(
            word.tenantId(),
            word.ruleId(),
            below.versions(),
            word.paused(),
            word.retiredAt(),
            word.endLive())
        : word;
  }

  /**
   * Stands for everything that decides when an episode opens by time: changes with every version
   * and retirement, not with a pause.
   */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (Rule rule : files.all()) {
      text.append(rule).append('\n');
    }
    for (PublishedRule word : published.values()) {
      text.append(word.key()).append(word.versions()).append(word.retiredAt()).append('\n');
    }
    return text.toString();
  }
}
