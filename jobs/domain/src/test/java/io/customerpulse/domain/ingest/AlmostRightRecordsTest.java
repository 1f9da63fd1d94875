package io.customerpulse.domain.ingest;

import static io.customerpulse.domain.ingest.TestRecords.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.domain.oracle.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Of events that are almost right, those are lost that lack what they need: a time without a zone
 * and an amount in yuan, of whose values every twenty-seventh or thirtieth is one.
 */
class AlmostRightRecordsTest {
  private static final int RECORDS = 20_000;
  private static final double MOST_REFUSED = 0.06;
  private static final List<Long> SEEDS = Seeds.of(AlmostRightRecordsTest.class, 1, 1);

  @Test
  void fewOfThemAreRefused() {
    for (long seed : SEEDS) {
      Random random = new Random(seed);
      TrackingEventReader reader = TestRecords.reader();
      Map<String, Integer> codes = new TreeMap<>();
      int refused = 0;
      for (int i = 0; i < RECORDS; i++) {
        String record = AlmostRightRecords.next(random);
        if (parsed(reader, record, null) instanceof ParseResult.Invalid no) {
          refused++;
          codes.merge(no.deadLetter().code().wireName(), 1, Integer::sum);
          assertThat(record)
              .as("seed %d, %s", seed, no.deadLetter().message())
              .containsPattern("2024-03-01 10:00:00\"|\"amount_minor\":19.9[,}]");
        }
      }
      System.out.printf(
          Locale.ROOT,
          "-Dcustomer-pulse.first-seed=%d: %d of %d almost right records are refused, %s%n",
          seed,
          refused,
          RECORDS,
          codes);
      assertThat(refused / (double) RECORDS)
          .as("seed %d, %s", seed, codes)
          .isLessThan(MOST_REFUSED);
    }
  }
}
