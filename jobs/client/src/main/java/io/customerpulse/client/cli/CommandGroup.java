package io.customerpulse.client.cli;

import java.util.List;
import java.util.Map;

/**
 * The commands of one module, found by {@link java.util.ServiceLoader}: what stands on the class
 * path can be called, and a class path without brokers and planners has the others.
 */
public interface CommandGroup {
  /** Their classes, each with picocli's {@code @Command}. */
  List<Class<?>> commands();

  /** More words of commands that stand elsewhere: the command's name → their classes. */
  default Map<String, List<Class<?>>> words() {
    return Map.of();
  }
}
