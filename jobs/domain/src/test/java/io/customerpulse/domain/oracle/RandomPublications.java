package io.customerpulse.domain.oracle;

import io.customerpulse.domain.rule.PublishedRule;
import io.customerpulse.domain.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * What somebody publishes while a run goes on, as the commands do: another version, which is active
 * some time later, a pause and its end, a retirement and a version that brings the rule back.
 */
final class RandomPublications {
  private static final List<Duration> LATER =
      List.of(
          Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(3));

  private final Random random;
  private final String tenantId;
  private final UnaryOperator<Rule> nextVersion;

  /** Owner and rule → what stands. */
  private final Map<String, PublishedRule> words = new HashMap<>();

  /** Rule → who speaks of its versions. */
  private final Map<String, String> owners = new HashMap<>();

  /**
   * @param nextVersion of a version the one after it, of the same kind
   */
  RandomPublications(Random random, String tenantId, UnaryOperator<Rule> nextVersion) {
    this.random = random;
    this.tenantId = tenantId;
    this.nextVersion = nextVersion;
  }

  /**
   * @param files rules to speak of
   * @param fresh rules that nobody has heard of yet
   */
  List<Publication> of(List<Rule> files, List<Rule> fresh, Instant start, Duration span) {
    List<Instant> moments = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      moments.add(start.plusMillis((long) (span.toMillis() * random.nextDouble())));
    }
    moments.sort(Comparator.naturalOrder());
    List<Publication> publications = new ArrayList<>();
    for (Instant at : moments) {
      int chosen = random.nextInt(files.size() + fresh.size() + 1);
      PublishedRule word;
      if (chosen == 0) {
        word = everything();
      } else if (chosen <= files.size()) {
        word = change(files.get(chosen - 1), at);
      } else {
        word = change(active(fresh.get(chosen - files.size() - 1), at), at);
      }
      words.put(word.tenantId() + word.ruleId(), word);
      publications.add(new Publication(at, word));
    }
    return publications;
  }

  private PublishedRule everything() {
    String owner = owner();
    PublishedRule before = words.get(owner + PublishedRule.ALL);
    boolean paused = before != null && before.paused();
    return new PublishedRule(owner, PublishedRule.ALL, List.of(), !paused, null, false);
  }

  private String owner() {
    return random.nextInt(3) == 0 ? tenantId : PublishedRule.ALL;
  }

  /**
   * One owner alone speaks of the versions of a rule; the other may pause or retire what there is.
   */
  private PublishedRule change(Rule first, Instant at) {
    String ofVersions = owners.computeIfAbsent(first.id(), id -> owner());
    PublishedRule before = word(ofVersions, first.id());
    boolean isNew = first.activatedAt() != null && first.activatedAt().isAfter(at);
    if (isNew && before.versions().isEmpty()) {
      return with(before, List.of(first), before.paused(), null, false);
    }
    boolean remembersOnlyWhileThereIsARule =
        first.kind().equals(Kinds.BROWSE_ABANDONMENT) || first.kind().equals(Kinds.SEGMENT_ENTERED);
    PublishedRule any = word(owner(), first.id());
    int dice = random.nextInt(10);
    if (dice < 3) {
      return with(any, any.versions(), !any.paused(), any.retiredAt(), any.endLive());
    }
    if (dice < 5 && any.retiredAt() == null && !remembersOnlyWhileThereIsARule) {
      return with(any, any.versions(), any.paused(), at.plus(later()), random.nextBoolean());
    }
    List<Rule> versions = new ArrayList<>(before.versions());
    if (versions.isEmpty()) {
      versions.add(first);
    }
    if (versions.size() < PublishedRule.KEPT_VERSIONS) {
      versions.add(active(nextVersion.apply(versions.get(versions.size() - 1)), at));
    }
    return with(before, versions, before.paused(), null, false);
  }

  private PublishedRule word(String owner, String ruleId) {
    PublishedRule nothing = new PublishedRule(owner, ruleId, List.of(), false, null, false);
    return words.getOrDefault(owner + ruleId, nothing);
  }

  private static PublishedRule with(
      PublishedRule before,
      List<Rule> versions,
      boolean paused,
      Instant retiredAt,
      boolean endLive) {
    return new PublishedRule(
        before.tenantId(), before.ruleId(), versions, paused, retiredAt, endLive);
  }

  private Rule active(Rule rule, Instant at) {
    return rule.activatedAt(at.plus(later()));
  }

  private Duration later() {
    return LATER.get(random.nextInt(LATER.size()));
  }
}
