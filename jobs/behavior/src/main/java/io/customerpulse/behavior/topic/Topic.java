package io.customerpulse.behavior.topic;

import java.util.Optional;

/** The topics of the contract, by the names that the contract gives them. */
public enum Topic {
  TRACKING_EVENTS(0, "tracking-events", Retains.HISTORY),
  BEHAVIOR_EVENTS(1, "behavior-events", Retains.HISTORY),
  CUSTOMER_PROFILES(2, "customer-profiles", Retains.LATEST_PER_KEY),
  CUSTOMER_REDIRECTS(3, "customer-redirects", Retains.LATEST_PER_KEY),
  LIFECYCLE_TRANSITIONS(4, "lifecycle-transitions", Retains.HISTORY),
  MARKETING_TRIGGERS(5, "marketing-triggers", Retains.HISTORY),
  TRIGGER_OUTCOMES(6, "trigger-outcomes", Retains.HISTORY),
  RFM_CUT_POINTS(7, "rfm-cut-points", Retains.LATEST_PER_KEY),
  TRIGGER_RULES(8, "trigger-rules", Retains.LATEST_PER_KEY),
  DEAD_LETTERS(9, "dead-letters", Retains.HISTORY),
  CUSTOMER_MOVES(10, "customer-moves", Retains.HISTORY);

  /** What the broker may forget. */
  public enum Retains {
    /** Everything, for a time. */
    HISTORY,
    /** The last value of each key, for good: a compacted topic. */
    LATEST_PER_KEY
  }

  private static final Topic[] BY_CODE = byCode();

  private final int code;
  private final String wireName;
  private final Retains retains;

  Topic(int code, String wireName, Retains retains) {
    this.code = code;
    this.wireName = wireName;
    this.retains = retains;
  }

  /** The contract's name; a deployment may call the topic otherwise. */
  public String wireName() {
    return wireName;
  }

  public Retains retains() {
    return retains;
  }

  /** The topic of a contract's name, if there is one. */
  public static Optional<Topic> ofWireName(String wireName) {
    for (Topic topic : values()) {
      if (topic.wireName.equals(wireName)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  /** Stands for the topic in serialised records; it never changes and is never used again. */
  int code() {
    return code;
  }

  static Topic ofCode(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("No topic has the code " + code);
    }
    return BY_CODE[code];
  }

  private static Topic[] byCode() {
    Topic[] topics = new Topic[values().length];
    for (Topic topic : values()) {
      topics[topic.code] = topic;
    }
    return topics;
  }
}
