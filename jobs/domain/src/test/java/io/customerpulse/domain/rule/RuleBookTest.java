package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final RuleBook files = RuleBook.of(RuleSet.of(List.of(cart("reminder", 1, null))));

  private static Rule cart(String id, int version, Instant activatedAt) {
    return new RuleBuilder(id, Kinds.CART_ABANDONMENT)
        .version(version)
        .activatedAt(activatedAt)
        .build();
  }

  private static PublishedRule word(String tenantId, Rule... versions) {
    return new PublishedRule(tenantId, versions[0].id(), List.of(versions), false, null, false);
  }

  private static PublishedRule word(String ruleId, boolean paused) {
    return new PublishedRule(PublishedRule.ALL, ruleId, List.of(), paused, null, false);
  }

  private static List<String> opening(RuleBook book, String tenantId, Instant at) {
    return book.of(tenantId).openingAt(at).all().stream()
        .map(rule -> rule.id() + "@" + rule.version())
        .toList();
  }

  @Test
  void theVersionIsChosenByEventTime() {
    RuleBook book =
        files.with(
            word(
                PublishedRule.ALL,
                cart("reminder", 1, null),
                cart("reminder", 2, T),
                cart("reminder", 3, T.plus(DAY))));
    assertThat(opening(book, "acme", Instant.EPOCH)).containsExactly("reminder@1");
    assertThat(opening(book, "acme", T.minusMillis(1))).containsExactly("reminder@1");
    assertThat(opening(book, "acme", T)).containsExactly("reminder@2");
    assertThat(opening(book, "acme", T.plus(DAY))).containsExactly("reminder@3");
    assertThat(book.of("acme").version("reminder", 2).version()).isEqualTo(2);
    assertThat(book.of("acme").areSingle()).isFalse();
  }

  @Test
  void aVersionThatIsNotKeptIsReplacedByTheNewest() {
    RuleBook book =
        files.with(word(PublishedRule.ALL, cart("reminder", 7, T), cart("reminder", 8, T)));
    assertThat(book.of("acme").version("reminder", 1).version()).isEqualTo(8);
    assertThat(book.of("acme").version("other", 1)).isNull();
  }

  @Test
  void backfillOpensBeforeItsActivation() {
    Rule second =
        new RuleBuilder("reminder", Kinds.CART_ABANDONMENT)
            .version(2)
            .activatedAt(T)
            .backfill(true)
            .build();
    RuleBook book = files.with(word(PublishedRule.ALL, cart("reminder", 1, null), second));
    assertThat(opening(book, "acme", T.minus(DAY))).containsExactly("reminder@2");
  }

  @Test
  void aTenantsOwnWordComesBeforeThatForAllAndThatBeforeTheFiles() {
    RuleBook book =
        files
            .with(word(PublishedRule.ALL, cart("reminder", 2, null)))
            .with(word("acme", cart("reminder", 5, null)))
            .with(word("acme", cart("other", 1, null)));
    assertThat(opening(book, "acme", T)).containsExactly("other@1", "reminder@5");
    assertThat(opening(book, "zenith", T)).containsExactly("reminder@2");
    RuleBook taken = book.without("acme:reminder").without("*:reminder");
    assertThat(opening(taken, "acme", T)).containsExactly("other@1", "reminder@1");
  }

  @Test
  void aWordWithoutVersionsSpeaksOfThoseThatAreThere() {
    RuleBook book = files.with(word("reminder", true));
    assertThat(opening(book, "acme", T)).containsExactly("reminder@1");
    assertThat(book.of("acme").isPaused("reminder")).isTrue();
    assertThat(book.with(word("reminder", false)).of("acme").isPaused("reminder")).isFalse();
    assertThat(opening(book.with(word("nowhere", true)), "acme", T)).containsExactly("reminder@1");
  }

  @Test
  void aWordOnAllRulesPausesThemAll() {
    RuleBook book = files.with(word(PublishedRule.ALL, true));
    assertThat(book.of("acme").isPaused("reminder")).isTrue();
    assertThat(book.of("acme").isPaused("anything")).isTrue();
    assertThat(files.of("acme").isPaused("reminder")).isFalse();
  }

  @Test
  void aRetiredRuleOpensNothingMoreAndEndsWhatIsLiveOnlyIfToldSo() {
    PublishedRule retired =
        new PublishedRule(PublishedRule.ALL, "reminder", List.of(), false, T, false);
    RuleBook book = files.with(retired);
    assertThat(opening(book, "acme", T.minusMillis(1))).containsExactly("reminder@1");
    assertThat(opening(book, "acme", T)).isEmpty();
    assertThat(book.of("acme").isEndedAt("reminder", T.plus(DAY))).isFalse();
    RuleBook ending =
        files.with(new PublishedRule(PublishedRule.ALL, "reminder", List.of(), false, T, true));
    assertThat(ending.of("acme").isEndedAt("reminder", T.minusMillis(1))).isFalse();
    assertThat(ending.of("acme").isEndedAt("reminder", T)).isTrue();
    assertThat(files.of("acme").isEndedAt("gone", T)).isTrue();
  }

  @Test
  void whatMayOpenLaterIsKnownBeforehand() {
    RuleBook book =
        files.with(word(PublishedRule.ALL, cart("reminder", 1, null), cart("reminder", 2, T)));
    assertThat(book.of("acme").openingFrom(T.minus(DAY)))
        .extracting(Rule::version)
        .containsExactly(1, 2);
    assertThat(book.of("acme").openingFrom(T)).extracting(Rule::version).containsExactly(2);
  }

  @Test
  void aPauseMovesNoWakeAndAVersionDoes() {
    assertThat(
            files
                .with(word(PublishedRule.ALL, true))
                .with(word(PublishedRule.ALL, false))
                .fingerprint())
        .isEqualTo(files.with(word(PublishedRule.ALL, false)).fingerprint());
    assertThat(files.with(word(PublishedRule.ALL, cart("reminder", 2, T))).fingerprint())
        .isNotEqualTo(files.fingerprint());
  }

  @Test
  void manyTimesAreToldApart() {
    Rule[] versions =
        IntStream.range(0, 5)
            .mapToObj(day -> cart("reminder", day + 1, T.plus(DAY.multipliedBy(day))))
            .toArray(Rule[]::new);
    RuleBook book = files.with(word(PublishedRule.ALL, versions));
    for (int round = 0; round < 2; round++) {
      for (int day = 0; day < 5; day++) {
        assertThat(opening(book, "acme", T.plus(DAY.multipliedBy(day)).plusMillis(round)))
            .containsExactly("reminder@" + (day + 1));
      }
    }
    assertThat(opening(book, "acme", T.minusMillis(1))).isEmpty();
  }
}
