package io.customerpulse.history.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.history.replay.ReplaySummary.RuleCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of summary.json are those that schemas/README.md explains. */
class SummaryDocumentationTest {
  private static final Path README = Path.of("../../schemas/README.md");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z_.]+)` \\| .+ \\|");

  @Test
  void everyKeyThatIsWrittenIsExplainedAndNoOther(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("summary.json");
    new ReplaySummary(
            1,
            1,
            1,
            1,
            1,
            Map.of("CODE", 1L),
            Map.of("STAGE", 1L),
            Map.of("RULE", new RuleCounts(1, 1, 1, 1, 1, 1, 1)),
            Map.of("FILE", 1L),
            1)
        .write(file);
    Set<String> written = new TreeSet<>();
    addKeys("", new JsonMapper().readTree(file.toFile()), written);

    assertThat(explained()).isEqualTo(written);
  }

  private static void addKeys(String path, JsonNode node, Set<String> keys) {
    if (!node.isObject()) {
      keys.add(path);
    }
    node.properties()
        .forEach(
            child ->
                addKeys(
                    path.isEmpty() ? child.getKey() : path + '.' + child.getKey(),
                    child.getValue(),
                    keys));
  }

  private static Set<String> explained() throws IOException {
    List<String> lines = Files.readAllLines(README);
    Set<String> keys = new TreeSet<>();
    for (String line : lines.subList(lines.indexOf("### summary.json") + 1, lines.size())) {
      if (line.startsWith("#")) {
        break;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        keys.add(row.group(1));
      }
    }
    return keys;
  }
}
