package io.customerpulse.lab.simulator;

import io.customerpulse.lab.simulator.Step.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a visit goes.
 *
 * @param percent share of the visits
 * @param steps exactly {@link Schedule#OWN_STEPS}; the first two never touch the cart, as they make
 *     room for who registers
 * @param basket what is in the cart, or is ordered, at the end
 */
record Storyline(int percent, List<Step> steps, List<BasketItem> basket, Ending ending) {

  /** One of the products of a visit: with one more piece than was added, or as it was added. */
  record BasketItem(int item, boolean raised) {}

  /** What is open when the visit is over. */
  enum Ending {
    NOTHING_OPEN,
    CART_LEFT,
    ORDER_UNPAID,
    ORDER_PAID
  }

  private static final Pattern SPACE = Pattern.compile(" ");

  /** A letter for the action (see {@link Action}), a digit for the product. */
  private static final List<Storyline> ALL =
      List.of(
          storyline(32, "V0 L0 V1 C1 L1 V2 L2 X2 V0 C0"),
          storyline(14, "V0 C0 A0 V1 A1 L1 V2 C2 L2 X2"),
          storyline(8, "V0 C0 A0 V1 A1 S0 R1 V2 L2 C2"),
          storyline(6, "V0 C0 A0 V1 A1 R0 R1 V2 L2 C2"),
          storyline(4, "V0 C0 A0 V1 A1 K0 V2 L2 C2 V0"),
          storyline(18, "V0 C0 A0 V1 A1 O0 P0 V2 C2 L2"),
          storyline(6, "V0 C0 A0 S0 O0 P0 V1 L1 X1 C1"),
          storyline(8, "V0 C0 A0 V1 A1 O0 L1 V2 C2 L2"),
          // Takes out of the cart what a log that begins too late has never seen put in.
          storyline(4, "V0 C0 R2 V1 L1 V2 C2 L2 X2 V0"));

  private static final List<Storyline> BY_PERCENT = byPercent();

  static Storyline of(long visit, SeededRandom random) {
    return BY_PERCENT.get(random.below(100, RandomPurpose.STORYLINE, visit));
  }

  private static Ending ending(List<Step> steps, List<BasketItem> basket) {
    if (has(steps, Action.PAY)) {
      return Ending.ORDER_PAID;
    }
    if (has(steps, Action.ORDER)) {
      return Ending.ORDER_UNPAID;
    }
    return basket.isEmpty() ? Ending.NOTHING_OPEN : Ending.CART_LEFT;
  }

  private static boolean has(List<Step> steps, Action action) {
    return steps.stream().anyMatch(step -> step.action() == action);
  }

  private static Storyline storyline(int percent, String text) {
    List<Step> steps =
        SPACE
            .splitAsStream(text)
            .map(t -> new Step(Action.of(t.charAt(0)), t.charAt(1) - '0'))
            .toList();
    List<BasketItem> basket = basketAfter(steps);
    return new Storyline(percent, steps, basket, ending(steps, basket));
  }

  private static List<BasketItem> basketAfter(List<Step> steps) {
    List<BasketItem> basket = new ArrayList<>();
    for (Step step : steps) {
      switch (step.action()) {
        case ADD -> basket.add(new BasketItem(step.item(), false));
        case RAISE -> basket.replaceAll(b -> b.item() == step.item() ? raised(b) : b);
        case REMOVE -> basket.removeIf(b -> b.item() == step.item());
        case CLEAR -> basket.clear();
        default -> {
          // Looking, ordering and paying leave what is in the basket as it is.
        }
      }
    }
    return List.copyOf(basket);
  }

  private static BasketItem raised(BasketItem item) {
    return new BasketItem(item.item(), true);
  }

  private static List<Storyline> byPercent() {
    List<Storyline> hundred = new ArrayList<>();
    ALL.forEach(journey -> hundred.addAll(Collections.nCopies(journey.percent(), journey)));
    if (hundred.size() != 100) {
      throw new IllegalStateException("The storylines are " + hundred.size() + " percent");
    }
    return List.copyOf(hundred);
  }
}
