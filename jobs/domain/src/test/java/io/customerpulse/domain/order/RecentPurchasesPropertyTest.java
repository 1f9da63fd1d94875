package io.customerpulse.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Purchases in any order, against what the bounds say of all that there are. */
class RecentPurchasesPropertyTest {
  private static final Instant T = Instant.parse("2024-03-01T04:00:00Z");

  static LongStream seeds() {
    return LongStream.of(1, 2, 3, new Random().nextLong());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsTheLatestOfTenDaysAndGivesUpRepeatedOnesFirst(long seed) {
    Random random = new Random(seed);
    RecentPurchases recent = RecentPurchases.NONE;
    boolean dropped = false;
    boolean aged = false;
    for (int i = 0; i < 400; i++) {
      RecentPurchase payment = payment(i, random);
      List<RecentPurchase> expected = new ArrayList<>();
      Stream.concat(recent.all().stream(), Stream.of(payment))
          .sorted(Comparator.comparing(RecentPurchase::at))
          .forEach(expected::add);
      Instant latest = expected.get(expected.size() - 1).at();
      aged |=
          expected.removeIf(
              each ->
                  Duration.between(each.at(), latest).toMillis() >= 864_000_000
                      && !(each.equals(payment) && !payment.repeated()));
      while (expected.size() > 50) {
        dropped = true;
        expected.remove(
            expected.stream().filter(RecentPurchase::repeated).findFirst().orElse(expected.get(0)));
      }

      recent = recent.with(payment);

      assertThat(recent.all()).as("seed %d, purchase %d", seed, i).isEqualTo(expected);
    }
    assertThat(dropped && aged).as("seed %d reaches both bounds", seed).isTrue();
  }

  /** Four in a row lie within days; then there is a leap. */
  private static RecentPurchase payment(int number, Random random) {
    long hours = number / 100 * 30L * 24 + random.nextInt(number % 100 < 70 ? 72 : 400);
    return new RecentPurchase(
        T.plus(Duration.ofHours(hours)),
        "o" + number,
        100,
        null,
        List.of(),
        List.of(),
        random.nextInt(3) == 0);
  }
}
