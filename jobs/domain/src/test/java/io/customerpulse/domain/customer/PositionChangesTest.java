package io.customerpulse.domain.customer;

import static io.customerpulse.domain.oracle.Given.event;
import static io.customerpulse.domain.oracle.Given.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.Decision;
import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload.OrderStatus;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.rfm.PositionChange;
import io.customerpulse.domain.rfm.RfmPosition;
import io.customerpulse.domain.rfm.ThresholdScoring;
import io.customerpulse.domain.rule.RuleBook;
import io.customerpulse.domain.rule.RuleSet;
import io.customerpulse.domain.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a customer tells the population when settings change, and when nothing does. */
class PositionChangesTest {
  private static final Instant T = Instant.parse("2024-03-01T10:00:00Z");
  private static final RfmPosition ONE_ORDER = RfmPosition.of(T.getEpochSecond() / 86_400, 1, 100);

  private CustomerState state = CustomerState.unseen(Given.CUSTOMER);

  @Test
  void whoIsAskedAgainUnderQuintilesComesIntoThePopulation() {
    Settings thresholds = settings(Settings.Scoring.THRESHOLDS, 365);
    assertThat(buy(thresholds)).isEmpty();
    Instant later = T.plusSeconds(60);
    assertThat(wake(settings(Settings.Scoring.QUINTILES, 365), later))
        .containsExactly(new PositionChange(Given.TENANT, later, null, ONE_ORDER));
    assertThat(wake(settings(Settings.Scoring.QUINTILES, 365), later)).isEmpty();
    assertThat(wake(thresholds, later))
        .containsExactly(new PositionChange(Given.TENANT, later, ONE_ORDER, null));
  }

  @Test
  void anotherWindowMovesWhoIsAskedAgain() {
    assertThat(buy(settings(Settings.Scoring.QUINTILES, 365))).hasSize(1);
    Instant later = T.plus(Duration.ofDays(10));
    assertThat(wake(settings(Settings.Scoring.QUINTILES, 5), later))
        .containsExactly(new PositionChange(Given.TENANT, later, ONE_ORDER, null));
  }

  private List<PositionChange> buy(Settings settings) {
    BehaviorEvent order = event(T, order("o", OrderStatus.PAID, 100));
    Decision<CustomerState, Effect> decision =
        CustomerProcessor.onEvents(state, List.of(order), T, context(settings, T));
    state = decision.next();
    return moves(decision);
  }

  private List<PositionChange> wake(Settings settings, Instant now) {
    Decision<CustomerState, Effect> decision =
        CustomerProcessor.onTimer(state, now, context(settings, now));
    state = decision.next();
    return moves(decision);
  }

  private static List<PositionChange> moves(Decision<CustomerState, Effect> decision) {
    return decision.effects().stream()
        .filter(Effect.PositionChanged.class::isInstance)
        .map(output -> ((Effect.PositionChanged) output).change())
        .toList();
  }

  private static Context context(Settings settings, Instant watermark) {
    return new Context(
        watermark,
        Instant.MIN,
        null,
        settings,
        RuleBook.of(RuleSet.of(List.of())),
        new ThresholdScoring(Given.CUTS));
  }

  private static Settings settings(Settings.Scoring scoring, int windowDays) {
    Settings given = Given.settings();
    return Given.settings(
        ZoneOffset.UTC, Duration.ofDays(windowDays), given.lifecycle(), given.triggers(), scoring);
  }
}
