package io.customerpulse.lab.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.client.CustomerPulseCommand;
import io.customerpulse.history.replay.BootstrapCommand;
import io.customerpulse.lab.simulator.Simulator;
import io.customerpulse.lab.simulator.SimulatorSettings;
import io.customerpulse.runtime.keyedlogic.StateSchema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;

/**
 * A savepoint of a job that knows all customers, made once by the product's own bootstrap and kept.
 * It is made anew when it is older than a week, as too much would fall due at once then, and when
 * this release keeps its state in other forms.
 *
 * @param folder where it is kept
 */
record KnownCustomers(Path folder) {
  private static final Duration OLDEST = Duration.ofDays(7);
  private static final String MADE = "made.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** Between the first sights of two customers; they end when the savepoint is made. */
  private static final Duration APART = Duration.ofMillis(1);

  /** The shop whose customers they are. */
  static SimulatorSettings shop(long customers) {
    return shop(customers, SimulatorSettings.defaults().start());
  }

  private static SimulatorSettings shop(long customers, Instant start) {
    return SimulatorSettings.builder().customers(customers).interval(APART).start(start).build();
  }

  /**
   * The savepoint.
   *
   * @param config that leads to a broker, whose topics it is to be followed by
   * @param rules as the job will have them
   * @param out is told that it is being made
   * @throws IOException if the bootstrap fails
   */
  Path savepoint(long customers, Path config, Path rules, PrintWriter out) throws IOException {
    Path savepoint = folder.resolve("savepoint");
    if (isUsable(customers)) {
      return savepoint;
    }
    out.println("Making a savepoint of a job that knows all customers; it is kept in " + folder);
    FileUtils.deleteDirectory(folder.toFile());
    Files.createDirectories(folder);
    Instant now = Instant.now();
    Path history = folder.resolve("history.jsonl.gz");
    writeHistory(history, shop(customers, now));
    CommandLine bootstrap =
        CustomerPulseCommand.configured(new CommandLine(new BootstrapCommand()), out).setOut(out);
    int exitCode =
        bootstrap.execute(
            "--input",
            history.toString(),
            "--out",
            savepoint.toString(),
            "--as-of",
            now.toString(),
            "--config",
            config.toString(),
            "--rules",
            rules.toString());
    if (exitCode != CommandLine.ExitCode.OK) {
      throw new IOException("The savepoint of known customers came to nothing");
    }
    Files.delete(history);
    JSON.writeValue(
        folder.resolve(MADE).toFile(),
        JSON.createObjectNode()
            .put("customers", customers)
            .put("state_schema", StateSchema.NUMBER)
            .put("as_of_millis", now.toEpochMilli()));
    return savepoint;
  }

  private boolean isUsable(long customers) throws IOException {
    Path file = folder.resolve(MADE);
    if (!Files.exists(file)) {
      return false;
    }
    JsonNode made = JSON.readTree(file.toFile());
    Instant asOf = Instant.ofEpochMilli(made.path("as_of_millis").asLong());
    return made.path("customers").asLong() == customers
        && made.path("state_schema").asInt() == StateSchema.NUMBER
        && Instant.now().isBefore(asOf.plus(OLDEST));
  }

  private static void writeHistory(Path file, SimulatorSettings shop) throws IOException {
    Simulator simulator = new Simulator(shop);
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      for (long customer = 0; customer < shop.customers(); customer++) {
        out.write(simulator.introduction(customer).value());
        out.write('\n');
      }
    }
  }
}
