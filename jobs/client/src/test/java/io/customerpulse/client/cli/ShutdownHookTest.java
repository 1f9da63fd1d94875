package io.customerpulse.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShutdownHookTest {

  @Test
  void stopsOnce() {
    AtomicInteger stops = new AtomicInteger();
    ShutdownHook atExit = new ShutdownHook("stop it", stops::incrementAndGet);
    atExit.close();
    atExit.close();

    assertThat(stops).hasValue(1);
  }
}
