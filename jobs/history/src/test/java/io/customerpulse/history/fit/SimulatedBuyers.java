package io.customerpulse.history.fit;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Customers as a model says they are: the times of all their purchases, in units, from the first.
 */
final class SimulatedBuyers {
  private final PurchaseModel model;
  private final Parameters parameters;
  private final RandomDataGenerator random;

  SimulatedBuyers(PurchaseModel model, Parameters parameters, long seed) {
    this.model = model;
    this.parameters = parameters;
    this.random = new RandomDataGenerator(seed);
  }

  /** The purchases of one more customer, up to an age. */
  List<Double> next(double age) {
    double rate = random.nextGamma(parameters.r(), 1 / parameters.alpha());
    double leaves = random.nextBeta(parameters.a(), parameters.b());
    List<Double> times = new ArrayList<>();
    times.add(0.0);
    boolean stays = model == PurchaseModel.BG_NBD || random.nextDouble() >= leaves;
    double time = 0;
    while (stays && rate > 0) {
      time += random.nextExponential(1 / rate);
      if (time > age) {
        break;
      }
      times.add(time);
      stays = random.nextDouble() >= leaves;
    }
    return times;
  }

  /** The histories of some customers, whose ages lie evenly between two. */
  Sample sample(int size, double youngest, double oldest) {
    int[] repeats = new int[size];
    double[] recencies = new double[size];
    double[] ages = new double[size];
    int[] customers = new int[size];
    for (int i = 0; i < size; i++) {
      ages[i] = youngest + (oldest - youngest) * i / size;
      List<Double> times = next(ages[i]);
      repeats[i] = times.size() - 1;
      recencies[i] = times.get(times.size() - 1);
      customers[i] = 1;
    }
    return new Sample(repeats, recencies, ages, customers);
  }
}
