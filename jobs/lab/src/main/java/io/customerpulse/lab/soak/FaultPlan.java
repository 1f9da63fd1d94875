package io.customerpulse.lab.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * The order of the faults, which a seed decides: rounds of all of them, each round shuffled, so
 * that whatever follows upon whatever, none is left out.
 */
final class FaultPlan implements Iterator<Fault> {
  private final List<Fault> faults;
  private final Random random;
  private final List<Fault> round = new ArrayList<>();

  FaultPlan(Collection<Fault> faults, long seed) {
    this.faults = List.copyOf(faults);
    this.random = new Random(seed);
  }

  @Override
  public boolean hasNext() {
    return !faults.isEmpty();
  }

  @Override
  public Fault next() {
    if (round.isEmpty()) {
      round.addAll(faults);
      Collections.shuffle(round, random);
    }
    return round.remove(round.size() - 1);
  }
}
