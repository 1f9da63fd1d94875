package io.customerpulse.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.customerpulse.tables.Conversions.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  @Test
  void severalOrdersOfATriggerAreSummedUpAndTheEarliestIsTheFirst() {
    Order late = new Order("o2", 2_000, 500, false);
    Order early = new Order("o3", 1_000, 0, true);
    Order alike = new Order("o1", 2_000, 70, false);
    assertThat(Conversions.of(List.of(late, early, alike)))
        .isEqualTo(new Conversions(3, early, 570, true));
    assertThat(Conversions.of(List.of(late, alike)).first()).isEqualTo(alike);
  }
}
