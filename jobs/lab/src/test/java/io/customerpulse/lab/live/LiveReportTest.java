package io.customerpulse.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveReportTest {
  private final LiveReport report = new LiveReport(LivePlan.shortened());

  @Test
  void aFigureStandsInBothForms() {
    report.add("cpu_micros_per_event", 412.345, "µs");
    report.add("cpu_over_stateless", 2.5, "");

    assertThat(report.json().path("live.cpu_micros_per_event").asDouble()).isEqualTo(412.345);
    assertThat(report.figure("cpu_over_stateless")).isEqualTo(2.5);
    assertThat(printed().lines())
        .anyMatch(line -> line.matches("cpu_micros_per_event +412 +µs"))
        .anyMatch(line -> line.matches("cpu_over_stateless +2.50"));
  }

  @Test
  void saysWhatItDoesNotKnow() {
    report.add("waiting_bytes", OptionalDouble.empty(), "B");

    assertThat(report.json().has("live.waiting_bytes")).isTrue();
    assertThat(report.json().path("live.waiting_bytes").isNull()).isTrue();
    assertThat(printed()).containsPattern("waiting_bytes +n/a +B");
  }

  @Test
  void theShortFormIsMarked() {
    assertThat(report.json().path("live.quick").asBoolean()).isTrue();
    assertThat(printed()).contains("QUICK");

    LiveReport full = new LiveReport(LivePlan.full());
    assertThat(full.json().path("live.quick").isBoolean()).isTrue();
    assertThat(full.json().path("live.quick").asBoolean()).isFalse();
  }

  private String printed() {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text));
    return text.toString();
  }
}
