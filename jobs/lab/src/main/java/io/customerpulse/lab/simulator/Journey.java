package io.customerpulse.lab.simulator;

import io.customerpulse.lab.simulator.Step.Action;
import io.customerpulse.lab.simulator.Storyline.Ending;
import java.util.Optional;

/** What happens at each number if all goes well on the way. */
final class Journey {
  private static final double REGISTERING = 0.12;
  private static final int LAST_ITEM = 2;

  private final SimulatorSettings settings;
  private final SeededRandom random;
  private final Schedule schedule;
  private final Population population;

  Journey(SimulatorSettings settings, SeededRandom random, Schedule schedule) {
    this.settings = settings;
    this.random = random;
    this.schedule = schedule;
    population = new Population(settings, random);
  }

  SimulatedAction at(long number) {
    long visit = schedule.visit(number);
    int step = schedule.step(number);
    if (step < Schedule.OWN_STEPS) {
      return ofVisit(visit(visit), step);
    }
    int followUp = step - Schedule.OWN_STEPS;
    long earlier = schedule.followedUp(visit, followUp);
    if (earlier >= 0) {
      Visit followed = visit(earlier);
      Optional<Step> consequence =
          followUp == 0 ? firstConsequence(followed) : secondConsequence(followed);
      if (consequence.isPresent()) {
        return new SimulatedAction(followed, consequence.get(), followUp + 1);
      }
    }
    return new SimulatedAction(visit(visit), filler(visit, followUp), 0);
  }

  private Visit visit(long number) {
    long begin = schedule.nanosSinceStart(schedule.firstNumber(number));
    Customer customer = population.visitor(number, begin);
    int app =
        customer.usesAllApps()
            ? random.below(settings.appsPerTenant(), RandomPurpose.APP, number)
            : customer.homeApp();
    return new Visit(number, customer, app, Storyline.of(number, random));
  }

  private SimulatedAction ofVisit(Visit visit, int step) {
    boolean registers =
        step < 2
            && !visit.customer().isAnonymous()
            && random.chance(REGISTERING, RandomPurpose.REGISTERS, visit.number());
    if (registers) {
      return new SimulatedAction(
          visit, new Step(step == 0 ? Action.IDENTIFY : Action.DESCRIBE, 0), 0);
    }
    return new SimulatedAction(visit, visit.storyline().steps().get(step), 0);
  }

  /** Hours later: some come back for the cart they left, orders are paid or closed. */
  private Optional<Step> firstConsequence(Visit visit) {
    int percent = random.below(100, RandomPurpose.FIRST_FOLLOW_UP, visit.number());
    return switch (visit.storyline().ending()) {
      case CART_LEFT -> {
        if (percent < 30) {
          yield step(Action.PAY);
        }
        if (percent < 40) {
          yield step(Action.CLEAR);
        }
        yield percent < 50 ? step(Action.REMOVE) : Optional.empty();
      }
      case ORDER_UNPAID -> step(percent < 40 ? Action.PAY : Action.CLOSE);
      case ORDER_PAID, NOTHING_OPEN -> Optional.empty();
    };
  }

  /** Days later: what was bought is kept or sent back. */
  private Optional<Step> secondConsequence(Visit visit) {
    if (!isPaid(visit)) {
      return Optional.empty();
    }
    int percent = random.below(100, RandomPurpose.SECOND_FOLLOW_UP, visit.number());
    if (percent < 8) {
      return step(Action.REFUND_ALL);
    }
    if (percent < 12) {
      return step(Action.REFUND_PART);
    }
    return percent < 85 ? step(Action.COMPLETE) : Optional.empty();
  }

  private boolean isPaid(Visit visit) {
    return visit.storyline().ending() == Ending.ORDER_PAID
        || firstConsequence(visit).filter(step -> step.action() == Action.PAY).isPresent();
  }

  private static Optional<Step> step(Action action) {
    return Optional.of(new Step(action, 0));
  }

  /** The visit goes on for another moment. */
  private Step filler(long visit, int followUp) {
    if (followUp == 0
        && random.chance(settings.proportions().messages(), RandomPurpose.MESSAGE, visit)) {
      return new Step(Action.MESSAGE, 0);
    }
    if (followUp == 1
        && random.chance(settings.proportions().erasures(), RandomPurpose.ERASURE, visit)) {
      return new Step(Action.ERASE, 0);
    }
    boolean looks =
        random.chance(0.6, RandomPurpose.FILLER, visit * Schedule.FOLLOW_UPS + followUp);
    return new Step(looks ? Action.VIEW : Action.CLICK, LAST_ITEM);
  }
}
