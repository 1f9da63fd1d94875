package io.customerpulse.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.rfm.SegmentNames;
import io.customerpulse.domain.settings.SettingsReader;
import io.customerpulse.domain.settings.SettingsText;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCheckTest {
  private static final SegmentNames DEFAULT = SettingsReader.defaults().rfm().segmentNames();

  @Test
  void rulesMayNameEverySegment() {
    assertThatCode(
            () -> {
              check("[champions, at_risk, prospect, unscored]", DEFAULT);
              check("[重要价值, 潜在客户, 尚未评分]", DEFAULT);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void namesOfTheSettingsReplaceTheDefaults() {
    SegmentNames own =
        SettingsText.read("rfm: {segments: {r5: [a, b, c, d, vip], prospect: nobody}}")
            .rfm()
            .segmentNames();
    assertThatCode(() -> check("[vip, nobody]", own)).doesNotThrowAnyException();
    assertThat(problems("[vip, new]", own))
        .singleElement()
        .satisfies(problem -> assertThat(problem.value()).isEqualTo("new"));
  }

  @Test
  void refusesUnknownNamesAndMixedMaps() {
    assertThat(problems("[champion, champions]", DEFAULT))
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("rules: rule a: segments: 'champion' is no segment; allowed: about_to_sleep,");
    assertThat(problems("[champions, 重要价值]", DEFAULT))
        .extracting(Problem::toString)
        .containsExactly(
            "rules: rule a: segments: mixes two maps; allowed: names of the 25 cells or of the"
                + " Chinese eight");
  }

  private static List<Problem> problems(String segments, SegmentNames names) {
    return catchThrowableOfType(ConfigurationException.class, () -> check(segments, names))
        .problems();
  }

  private static void check(String segments, SegmentNames names) {
    String rule = "{id: a, kind: segment_entered, segments: " + segments + "}";
    SegmentCheck.check("rules", RuleReader.read("x.yaml", rule), names);
  }
}
