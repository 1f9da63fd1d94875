package io.customerpulse.behavior.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of metrics for those who run the jobs names what there is, and nothing else. */
class MetricsDocumentedTest {
  private static final Path DOCUMENT = Path.of("../README.md");
  private static final String CHAPTER = "## 9. Metrics";

  /** Name, kind and unit, labels, meaning, when to look closer. */
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (\\w+), [^|]+ \\| ([^|]+) \\| [^|]{4,} \\| [^|]+ \\|");

  @Test
  void everyMetricIsDocumentedWithItsKindAndLabelsInTheOrderOfTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    List<String> documented = new ArrayList<>();
    Matcher row = ROW.matcher(document.substring(document.indexOf(CHAPTER)));
    while (row.find()) {
      documented.add(row.group(1) + ' ' + row.group(2) + ' ' + row.group(3).replace("`", ""));
    }

    List<String> there = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      String labels = metric.labels().isEmpty() ? "–" : String.join(", ", metric.labels());
      there.add(
          metric.wireName() + ' ' + metric.kind().name().toLowerCase(Locale.ROOT) + ' ' + labels);
    }
    assertThat(documented).isEqualTo(there);
  }
}
