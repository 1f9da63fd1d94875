package io.customerpulse.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

  @Test
  void everyRoundHasEachFaultOnce() {
    FaultPlan plan = new FaultPlan(ALL, 7);
    for (int round = 0; round < 5; round++) {
      assertThat(Stream.generate(plan::next).limit(ALL.size()))
          .containsExactlyInAnyOrderElementsOf(ALL);
    }
  }

  @Test
  void theSeedDecides() {
    assertThat(first(20, 7)).isEqualTo(first(20, 7));
    Set<List<Fault>> orders = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      orders.add(first(20, seed));
    }
    assertThat(orders).hasSizeGreaterThan(5);
  }

  private static List<Fault> first(int count, long seed) {
    FaultPlan plan = new FaultPlan(ALL, seed);
    return Stream.generate(plan::next).limit(count).toList();
  }
}
