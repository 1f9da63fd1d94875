package io.customerpulse.history.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both public logs with their ready mappings, where the logs are at hand. */
class PublicLogsTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path DATA = ROOT.resolve("../shared/data");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void everyRowOfTheCosmeticsLogIsAccountedFor() throws IOException {
    ConvertReport report = convert("rees46-cosmetics");

    assertThat(report.rows()).isEqualTo(4_995);
    assertThat(report.fates())
        .isEqualTo(
            Map.of(
                "alone", 4_672L, "grouped", 323L, "duplicate", 0L, "ignored", 0L, "refused", 0L));
    assertThat(report.events())
        .isEqualTo(Map.of("browse", 2_321L, "cart", 2_351L, "purchase", 26L));
    List<JsonNode> events = events();
    assertThat(events).hasSize(4_698);
    // Rows that say the same twice say it in events that differ in nothing but their place.
    Set<JsonNode> distinct = new HashSet<>();
    events.forEach(event -> distinct.add(((ObjectNode) event.deepCopy()).without("seq")));
    assertThat(events.size() - distinct.size()).isEqualTo(291);
    assertThat(
            events.stream().mapToLong(event -> event.at("/properties/amount_minor").asLong()).sum())
        .isEqualTo(134_606);
  }

  @Test
  void everyRowOfTheTaobaoLogIsAccountedForAndTheDamagedOneRefused() throws IOException {
    ConvertReport report = convert("taobao");

    assertThat(report.rows()).isEqualTo(96_169);
    assertThat(report.fates())
        .isEqualTo(
            Map.of(
                "alone",
                94_024L,
                "grouped",
                2_144L,
                "duplicate",
                0L,
                "ignored",
                0L,
                "refused",
                1L));
    assertThat(report.events())
        .isEqualTo(Map.of("browse", 85_773L, "cart", 5_292L, "custom", 2_959L, "purchase", 2_111L));
    assertThat(events()).hasSize(96_135);
    StringWriter said = new StringWriter();
    report.print(new PrintWriter(said));
    assertThat(said.toString())
        .contains("UserBehavior-slice.csv:96169: time: '15' is not allowed; allowed: times from");
  }

  private ConvertReport convert(String log) throws IOException {
    Path folder = DATA.resolve(log);
    assumeTrue(Files.isDirectory(folder), "the log is not here: " + folder.toAbsolutePath());
    try (Stream<Path> files = Files.list(folder)) {
      return ConvertCommand.convert(
          ROOT.resolve("config/mappings/" + log + ".yaml"),
          files.filter(file -> file.toString().endsWith(".csv")).sorted().toList(),
          out);
    }
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : (Iterable<String>) out.toString(StandardCharsets.UTF_8).lines()::iterator) {
      events.add(JSON.readTree(line));
    }
    return events;
  }
}
