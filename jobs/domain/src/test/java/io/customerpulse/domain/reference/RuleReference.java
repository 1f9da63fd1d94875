package io.customerpulse.domain.reference;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.rule.RuleKeys;
import io.customerpulse.domain.rule.RuleKinds;
import io.customerpulse.domain.rule.TriggerKind;

/** What config/README.md says of rules, as the code has it. */
public final class RuleReference {
  private RuleReference() {}

  /** The keys of every rule. */
  public static String keys(RuleKinds kinds) {
    MarkdownTable table = new MarkdownTable("key", "meaning", "default", "allowed");
    for (Key<?> key : RuleKeys.all(kinds)) {
      table.row(Key.words(key.name()), key.meaning(), key.unsaid(), key.allowed());
    }
    return table.toString();
  }

  /** The kinds, and the keys that are theirs. */
  public static String kinds(RuleKinds kinds) {
    MarkdownTable table = new MarkdownTable("kind", "waits for", "steps", "cooldown");
    MarkdownTable keys =
        new MarkdownTable("kind", "key of its own", "meaning", "default", "allowed");
    for (TriggerKind kind : kinds.all()) {
      String name = Key.words(kind);
      table.row(
          name,
          kind.waitsFor(),
          kind.defaultSteps().isEmpty() ? "required" : Key.words(kind.defaultSteps()),
          kind.defaultCooldown().isZero() ? "none" : Key.words(kind.defaultCooldown()));
      for (Key<?> key : kind.keys()) {
        keys.row(name, Key.words(key.name()), key.meaning(), key.unsaid(), key.allowed());
      }
    }
    return table + "\n\n" + keys;
  }
}
