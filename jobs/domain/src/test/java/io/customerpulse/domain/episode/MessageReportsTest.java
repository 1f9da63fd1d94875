package io.customerpulse.domain.episode;

import static io.customerpulse.domain.oracle.Given.cart;
import static io.customerpulse.domain.oracle.Given.event;
import static io.customerpulse.domain.oracle.Given.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.event.Payload.CartAction;
import io.customerpulse.domain.event.Payload.MessageStatus;
import io.customerpulse.domain.oracle.Given;
import io.customerpulse.domain.oracle.Kinds;
import io.customerpulse.domain.oracle.RuleBuilder;
import io.customerpulse.domain.oracle.Run;
import io.customerpulse.domain.oracle.Scenario;
import io.customerpulse.domain.settings.Cap;
import io.customerpulse.domain.trigger.Trigger;
import io.customerpulse.domain.trigger.TriggerAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is told of a message, in whatever order: a rule that allows one message a week, and doesn't
 * count those that failed, sends another exactly if the first has failed in the end.
 */
class MessageReportsTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  /** Status and second of each report, in the order in which they become known. */
  @ParameterizedTest
  @CsvSource({
    "FAILED 1, , true",
    "SENT 1, , false",
    "FAILED 1, SENT 2, false",
    "SENT 1, FAILED 2, true",
    // Out of order: what was said last counts, not what was heard last.
    "SENT 2, FAILED 1, false",
    "FAILED 2, SENT 1, true",
    // What arrived hasn't failed, whenever that is said.
    "DELIVERED 1, FAILED 2, false",
    "FAILED 2, DELIVERED 1, false",
    "CLICKED 1, FAILED 3, false",
    "FAILED 1, OPENED 2, false",
  })
  void whatWasSaidLastCounts(String first, String second, boolean sendsAnother) {
    Run run = fired();
    String triggerId = firedOf(run).get(0);
    run.arrive(report("1", triggerId, first, null)).passTo(T.plus(HOUR.multipliedBy(2)));
    if (second != null) {
      // Late where it tells of an earlier second.
      run.arrive(report("2", triggerId, second, null)).passTo(T.plus(HOUR.multipliedBy(3)));
    }
    assertThat(sendsAnother(run)).isEqualTo(sendsAnother);
  }

  /** Of one moment: the order of events, which the sender's counter tells, in any arrival order. */
  @ParameterizedTest
  @CsvSource({
    "SENT 1, FAILED 1, true",
    "FAILED 1, SENT 1, false",
    "DELIVERED 1, FAILED 1, false",
  })
  void ofOneMomentTheCounterDecides(String first, String second, boolean sendsAnother) {
    for (boolean swapped : new boolean[] {false, true}) {
      Run run = fired();
      String triggerId = firedOf(run).get(0);
      BehaviorEvent one = report("x", triggerId, first, 1L);
      BehaviorEvent other = report("a", triggerId, second, 2L);
      run.arrive(swapped ? other : one).arrive(swapped ? one : other);
      run.passTo(T.plus(HOUR.multipliedBy(2)));
      assertThat(sendsAnother(run)).as("swapped: %s", swapped).isEqualTo(sendsAnother);
    }
  }

  private static Run fired() {
    Run run =
        Run.of(
            new Scenario(
                List.of(),
                Given.settings(),
                List.of(
                    new RuleBuilder("reminder", Kinds.CART_ABANDONMENT)
                        .steps(List.of(HOUR))
                        .cap(new Cap(1, Duration.ofDays(7), false))
                        .build()),
                Given.CUTS,
                Instant.MIN,
                T.plus(Duration.ofDays(1000))));
    return run.arrive(add("c1", T)).passTo(T.plus(HOUR));
  }

  private static boolean sendsAnother(Run run) {
    run.news();
    run.arrive(add("c2", T.plus(HOUR.multipliedBy(4)))).passTo(T.plus(HOUR.multipliedBy(6)));
    return !firedOf(run).isEmpty();
  }

  private static List<String> firedOf(Run run) {
    return run.news().triggers().stream()
        .filter(trigger -> trigger.action() == TriggerAction.FIRE)
        .map(Trigger::triggerId)
        .toList();
  }

  private static BehaviorEvent add(String cartId, Instant at) {
    return event(at, cart(CartAction.ADD, cartId, line("K1", 1L, 1000L)));
  }

  private static BehaviorEvent report(String id, String triggerId, String said, Long seq) {
    int blank = said.indexOf(' ');
    Instant at = T.plus(HOUR).plusSeconds(Long.parseLong(said.substring(blank + 1)));
    MessageStatus status = MessageStatus.valueOf(said.substring(0, blank));
    Payload message = new Payload.Message(triggerId, status, null);
    return event(id, at, seq, Given.APP, message);
  }
}
