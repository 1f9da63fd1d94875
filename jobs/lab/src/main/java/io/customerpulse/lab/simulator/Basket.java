package io.customerpulse.lab.simulator;

import io.customerpulse.lab.simulator.Storyline.BasketItem;

/** Products and prices, and which of them a visit is about. */
record Basket(SimulatorSettings settings, SeededRandom random) {
  private static final int ITEMS = 3;
  private static final int CATEGORIES = 12;
  private static final int VARIANTS = 3;
  private static final int MAX_QUANTITY = 3;
  private static final int MAX_PRICE = 600;
  private static final int MINOR_UNITS = 100;
  private static final double COUPONS = 0.1;

  /** Different ones for the items of a visit. */
  int product(long visit, int item) {
    double unit = random.unit(RandomPurpose.PRODUCT, visit);
    int first = (int) (settings.products() * unit * unit);
    // Three items lie less than a whole round of the shelf apart.
    int stride = 1 + random.below(settings.products() / ITEMS, RandomPurpose.NEXT_PRODUCT, visit);
    return (first + item * stride) % settings.products();
  }

  String productId(int product) {
    return "P" + product;
  }

  String skuId(long visit, int item) {
    return "K"
        + product(visit, item)
        + '-'
        + random.below(VARIANTS, RandomPurpose.VARIANT, itemId(visit, item));
  }

  String categoryId(int product) {
    return "C" + product % CATEGORIES;
  }

  /** One price for all its variants: 0.90 to 599.90 with hundredths. */
  long priceMinor(int product) {
    return (long) random.below(MAX_PRICE, RandomPurpose.PRICE, product) * MINOR_UNITS + 90;
  }

  /** How many pieces are added. */
  long quantity(long visit, int item) {
    return random.between(1, MAX_QUANTITY + 1L, RandomPurpose.QUANTITY, itemId(visit, item));
  }

  long quantity(long visit, BasketItem item) {
    return quantity(visit, item.item()) + (item.raised() ? 1 : 0);
  }

  boolean hasCoupon(long visit) {
    return random.chance(COUPONS, RandomPurpose.COUPON, visit);
  }

  /** What is paid: with a coupon a tenth less. */
  long amountMinor(Visit visit) {
    long sum = 0;
    for (BasketItem item : visit.storyline().basket()) {
      sum += quantity(visit.number(), item) * priceMinor(product(visit.number(), item.item()));
    }
    return hasCoupon(visit.number()) ? sum - sum / 10 : sum;
  }

  private static long itemId(long visit, int item) {
    return visit * ITEMS + item;
  }
}
