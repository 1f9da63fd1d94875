package io.customerpulse.lab.simulator;

/** Who comes: of all customers those who are awake, a few of them much more often than most. */
record Population(SimulatorSettings settings, SeededRandom random) {
  /** Half of the customers are always awake in the end: more tries than that are never needed. */
  private static final int TRIES = 24;

  Customer visitor(long visit, long nanosSinceStart) {
    long customer = 0;
    for (int i = 0; i < TRIES; i++) {
      double unit = random.unit(RandomPurpose.VISITOR, visit * TRIES + i);
      // The square sends a tenth of all visits to a hundredth of the customers: the loyal ones.
      customer = (long) (settings.customers() * unit * unit);
      if (Habit.of(customer, random).isAwake(customer, nanosSinceStart, random)) {
        break;
      }
    }
    return Customer.of(customer, settings, random);
  }
}
