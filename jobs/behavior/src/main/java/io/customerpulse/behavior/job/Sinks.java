package io.customerpulse.behavior.job;

/** Where the pipeline ends: what becomes of the records of all topics. */
@FunctionalInterface
public interface Sinks {

  void write(Outputs outputs);

  /** These, and then others. */
  default Sinks andThen(Sinks others) {
    return outputs -> {
      write(outputs);
      others.write(outputs);
    };
  }
}
