package io.customerpulse.domain.kind;

import io.customerpulse.domain.config.Key;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.episode.CustomerChange;
import io.customerpulse.domain.episode.Episode;
import io.customerpulse.domain.episode.EpisodeKind;
import io.customerpulse.domain.episode.EvidenceBuilder;
import io.customerpulse.domain.episode.ExitEvent;
import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.domain.episode.KindContext;
import io.customerpulse.domain.episode.MemoryForm;
import io.customerpulse.domain.event.Payload.Profile;
import io.customerpulse.domain.rule.Rule;
import io.customerpulse.domain.trigger.Evidence;
import io.customerpulse.domain.trigger.TriggerReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A kind that only tests know: a level that begins, such as gold. Opens when the level is told for
 * the first time since another one was; closes with another level. It remembers the level.
 */
public final class LevelReached extends EpisodeKind<String> {
  public static final Key<String> LEVEL =
      Key.required(
          "level", ValueType.text("a level", Pattern.compile(".{1,64}")), "which", "a level");
  public static final Key<Integer> AT_MOST =
      Key.integer("at_most", 1, 9, 5, "no longer than so many days");

  private static final long serialVersionUID = 1;

  public LevelReached() {
    this("level_reached", 200, 1_000);
  }

  /** The same under another name. */
  public LevelReached(String wireName, int code, int place) {
    super(wireName, code, place);
  }

  private enum Form implements MemoryForm<String> {
    INSTANCE;

    @Override
    public String empty() {
      return "";
    }

    @Override
    public int version() {
      return 3;
    }

    @Override
    public void write(String level, FieldWriter out) throws IOException {
      out.text(level);
      out.flag(true);
    }

    @Override
    public String read(int version, FieldReader in) throws IOException {
      String level = in.text();
      return in.flag() ? level : empty();
    }
  }

  @Override
  public String waitsFor() {
    return "a level that begins";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LEVEL, AT_MOST);
  }

  @Override
  public List<Duration> defaultSteps() {
    return List.of(Duration.ofHours(1));
  }

  @Override
  public MemoryForm<String> memoryForm() {
    return Form.INSTANCE;
  }

  @Override
  public boolean concerns(CustomerChange change) {
    return change.event().payload() instanceof Profile profile && profile.level() != null;
  }

  @Override
  public void onEvent(List<Rule> rules, CustomerChange change, KindContext<String> context) {
    String level = ((Profile) change.event().payload()).level();
    if (level.equals(context.memory())) {
      return;
    }
    context.remember(level);
    context.exit(
        new ExitEvent(
            change.at(),
            TriggerReason.CLOSED,
            (rule, episode) -> true,
            (rule, fire) -> !rule.get(LEVEL).equals(level)));
    for (Rule rule : rules) {
      if (rule.get(LEVEL).equals(level)) {
        context.open(rule, Episode.CUSTOMER_SCOPE, change.event(), change.at());
      }
    }
  }

  @Override
  public Evidence evidence(Rule rule, Episode episode, KindContext<String> context, Instant now) {
    return EvidenceBuilder.ofCustomer(episode, context.subject(), now)
        .cartId(context.memory() + " for " + rule.get(AT_MOST) + " days")
        .build();
  }
}
