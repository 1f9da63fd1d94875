package io.customerpulse.history.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The outputs of a scenario's replay, compared with what its expected.yaml names of them. */
final class ScenarioOutputs {
  private static final List<String> IDENTIFIERS =
      List.of("user_id", "unionid", "openid", "anonymous_id");

  private final Path out;

  /** Customer id → the strongest identifier of the customer's events. */
  private final Map<String, String> names = new HashMap<>();

  ScenarioOutputs(Path out) throws IOException {
    this.out = out;
    for (JsonNode event : ReplayRunner.lines(out, OutputFile.BEHAVIOR_EVENTS)) {
      IDENTIFIERS.stream()
          .filter(kind -> event.path(kind).isTextual())
          .findFirst()
          .ifPresent(
              kind -> names.put(event.get("customer_id").asText(), event.get(kind).asText()));
    }
  }

  /** What differs, a sentence each. */
  List<String> differencesFrom(JsonNode expected) throws IOException {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      String name = entry.getKey();
      if (name.equals("summary")) {
        JsonNode summary = ReplayRunner.JSON.readTree(out.resolve(OutputFolder.SUMMARY).toFile());
        compare("summary", entry.getValue(), summary, differences);
      } else {
        compareLists(name, entry.getValue(), actual(name), differences);
      }
    }
    return differences;
  }

  private List<JsonNode> actual(String name) throws IOException {
    return switch (name) {
      case "triggers" ->
          sorted(OutputFile.TRIGGERS, "fired_at", this::ofCustomer, byRule("action", "FIRE"));
      case "outcomes" ->
          sorted(OutputFile.TRIGGER_OUTCOMES, "at", this::ofCustomer, byRule("outcome", ""));
      case "transitions" ->
          // Of one instant: what leads from nothing, then what leads on.
          sorted(
              OutputFile.LIFECYCLE_TRANSITIONS,
              "at",
              this::ofCustomer,
              Comparator.comparing(line -> !line.get("from").isNull()));
      case "profiles" ->
          sorted(
              OutputFile.CUSTOMER_PROFILES,
              "as_of",
              this::ofCustomer,
              Comparator.comparing(line -> line.get("first_seen_at").asText()));
      case "events" ->
          sorted(
              OutputFile.BEHAVIOR_EVENTS,
              "event_time",
              this::ofCustomer,
              Comparator.comparing(line -> line.get("tenant_id").asText()));
      case "cuts" ->
          sorted(
              OutputFile.RFM_CUT_POINTS,
              "taken_at",
              Function.identity(),
              Comparator.comparing(line -> line.get("tenant_id").asText()));
      case "dead_letters" ->
          sorted(
              OutputFile.DEAD_LETTERS,
              null,
              Function.identity(),
              Comparator.comparingLong(line -> line.get("position").asLong()));
      default -> throw new IllegalArgumentException("Nothing is called " + name);
    };
  }

  private static Comparator<JsonNode> byRule(String last, String first) {
    return Comparator.<JsonNode, String>comparing(line -> line.get("rule_id").asText())
        .thenComparing(line -> line.get("step").asInt())
        .thenComparing(line -> !line.get(last).asText().equals(first));
  }

  private List<JsonNode> sorted(
      OutputFile file,
      String time,
      Function<ObjectNode, ObjectNode> naming,
      Comparator<JsonNode> further)
      throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode line : ReplayRunner.lines(out, file)) {
      ObjectNode named = naming.apply((ObjectNode) line);
      if (time != null) {
        named.set("at", line.get(time));
      }
      lines.add(named);
    }
    lines.sort(
        Comparator.<JsonNode, Instant>comparing(
                line -> time == null ? Instant.EPOCH : Instant.parse(line.get("at").asText()))
            .thenComparing(line -> line.path("who").asText())
            .thenComparing(further));
    return lines;
  }

  private ObjectNode ofCustomer(ObjectNode line) {
    line.put("who", names.get(line.get("customer_id").asText()));
    if (line.has("rule_id")) {
      line.set("rule", line.get("rule_id"));
    }
    return line;
  }

  private static void compareLists(
      String path, JsonNode expected, List<JsonNode> actual, List<String> differences) {
    if (expected.size() != actual.size()) {
      StringBuilder all = new StringBuilder();
      actual.forEach(line -> all.append("\n    ").append(line));
      differences.add(
          path + ": " + expected.size() + " expected, " + actual.size() + " found:" + all);
      return;
    }
    for (int i = 0; i < actual.size(); i++) {
      compare(path + "[" + i + "]", expected.get(i), actual.get(i), differences);
    }
  }

  private static void compare(
      String path, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject() && actual.isObject()) {
      expected
          .properties()
          .forEach(
              field ->
                  compare(
                      path + "." + field.getKey(),
                      field.getValue(),
                      actual.path(field.getKey()),
                      differences));
    } else if (expected.isArray() && actual.isArray()) {
      List<JsonNode> elements = new ArrayList<>();
      for (Iterator<JsonNode> it = actual.elements(); it.hasNext(); ) {
        elements.add(it.next());
      }
      compareLists(path, expected, elements, differences);
    } else if (!isSame(expected, actual)) {
      differences.add(path + ": expected " + expected + ", found " + shown(actual));
    }
  }

  private static String shown(JsonNode actual) {
    return actual.isMissingNode() ? "no such field" : actual.toString();
  }

  private static boolean isSame(JsonNode expected, JsonNode actual) {
    if (expected.isTextual() && actual.isTextual() && !expected.equals(actual)) {
      try {
        return ScenarioEvents.time(expected.asText()).equals(Instant.parse(actual.asText()));
      } catch (DateTimeException e) {
        return false;
      }
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }
}
