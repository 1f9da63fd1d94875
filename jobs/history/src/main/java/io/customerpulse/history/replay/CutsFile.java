package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.Cuts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the cuts that the first run of a replay has written. */
final class CutsFile {
  private CutsFile() {}

  static List<CutPoints> read(Path file) throws IOException {
    JsonMapper json = new JsonMapper();
    List<CutPoints> all = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(cutPoints(json.readTree(line)));
      }
    }
    return all;
  }

  private static CutPoints cutPoints(JsonNode record) {
    return new CutPoints(
        record.get("tenant_id").asText(),
        Instant.parse(record.get("taken_at").asText()),
        Instant.parse(record.get("effective_at").asText()),
        new Cuts(
            record.get("version").asText(),
            values(record.get("recency_days"), JsonNode::asInt),
            values(record.get("frequency"), JsonNode::asInt),
            values(record.get("monetary_minor"), JsonNode::asLong)));
  }

  private static <T> List<T> values(JsonNode array, Function<JsonNode, T> value) {
    List<T> values = new ArrayList<>();
    array.forEach(each -> values.add(value.apply(each)));
    return List.copyOf(values);
  }
}
