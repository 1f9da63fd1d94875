package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.BoundedKeys;
import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.SectionKeys;
import io.customerpulse.domain.config.ValueType;
import java.time.Duration;
import java.util.Map;

/** Settings of what holds for all rules. */
final class TriggerKeys {
  private static final Key<Cap> CAP =
      new Key<>(
          "cap",
          null,
          CapReader::read,
          "at most so many messages of all rules together for one customer in a rolling window",
          "`none`",
          CapReader.ALLOWED);

  private static final Key<Duration> PRECEDENCE =
      BoundedKeys.duration(
          "precedence",
          Duration.ZERO,
          Duration.ofHours(24),
          "for so long after a message, kinds of lower precedence stay quiet; which"
              + " they are says [config/README.md](#rules)");

  private static final Key<Duration> CONVERSION =
      BoundedKeys.duration(
          "conversion",
          Duration.ofMillis(1),
          Duration.ofDays(7),
          "an order so soon after a message counts as its success");

  private static final Key<Boolean> CONSENT_DEFAULT =
      Key.of(
              "consent_default",
              ValueType.choice(Map.of("allow", true, "deny", false)),
              true,
              "whether a customer who never said may be addressed",
              "`allow`, `deny`")
          .described("`allow`", "`allow`, `deny`");

  static final SectionKeys TRIGGERS =
      SectionKeys.of("triggers", CAP, PRECEDENCE, CONVERSION, CONSENT_DEFAULT);

  private TriggerKeys() {}

  static Settings.Triggers read(Section root) {
    Section section = TRIGGERS.in(root);
    Settings.Triggers triggers =
        new Settings.Triggers(
            CAP.read(section),
            PRECEDENCE.read(section),
            CONVERSION.read(section),
            CONSENT_DEFAULT.read(section));
    section.refuseUnknownKeys();
    return triggers;
  }
}
