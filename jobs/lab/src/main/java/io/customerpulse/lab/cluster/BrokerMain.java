package io.customerpulse.lab.cluster;

import io.customerpulse.lab.broker.LocalBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own: {@code BrokerMain DIRECTORY PORT}, until it is told to end. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Runs until the process is told to end; 0 then, 1 if the broker doesn't come up. */
  public static void main(String[] args) throws Exception {
    LocalBroker broker = LocalBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
    new CountDownLatch(1).await();
  }
}
