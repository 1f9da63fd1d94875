package io.customerpulse.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.oracle.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaitingEventsPropertyTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  static LongStream seeds() {
    return LongStream.of(1, 2, 3, new Random().nextLong());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theyWaitInTheOrderInWhichTheyApplyAndLeaveFromItsBeginning(long seed) {
    Random random = new Random(seed);
    List<BehaviorEvent> arrived = new ArrayList<>();
    WaitingEvents waiting = WaitingEvents.NONE;
    for (int i = 0; i < 200; i++) {
      BehaviorEvent event = Given.event(T.plusSeconds(random.nextInt(40)), Given.click());
      arrived.add(event);
      waiting = waiting.with(event);
    }
    arrived.sort(BehaviorEvent.APPLICATION_ORDER);

    assertThat(waiting.events()).as("seed %d", seed).isEqualTo(arrived);
    int applied = random.nextInt(201);
    assertThat(waiting.withoutFirst(applied).events())
        .as("seed %d, without the first %d", seed, applied)
        .isEqualTo(arrived.subList(applied, 200));
    assertThat(waiting.withoutFirst(0)).isSameAs(waiting);
    assertThat(waiting.withoutFirst(200)).isSameAs(WaitingEvents.NONE);
  }
}
