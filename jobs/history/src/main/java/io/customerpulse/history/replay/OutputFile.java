package io.customerpulse.history.replay;

import io.customerpulse.behavior.topic.Topic;
import java.util.Optional;

/** The files that a replay writes, each with the records of one topic, a JSON object per line. */
public enum OutputFile {
  CUSTOMER_PROFILES("customer_profiles.jsonl", Topic.CUSTOMER_PROFILES),
  LIFECYCLE_TRANSITIONS("lifecycle_transitions.jsonl", Topic.LIFECYCLE_TRANSITIONS),
  TRIGGERS("triggers.jsonl", Topic.MARKETING_TRIGGERS),
  TRIGGER_OUTCOMES("trigger_outcomes.jsonl", Topic.TRIGGER_OUTCOMES),
  DEAD_LETTERS("dead_letters.jsonl", Topic.DEAD_LETTERS),
  BEHAVIOR_EVENTS("behavior_events.jsonl", Topic.BEHAVIOR_EVENTS),
  CUSTOMER_REDIRECTS("customer_redirects.jsonl", Topic.CUSTOMER_REDIRECTS),
  RFM_CUT_POINTS("rfm_cut_points.jsonl", Topic.RFM_CUT_POINTS);

  private final String fileName;
  private final Topic topic;

  OutputFile(String fileName, Topic topic) {
    this.fileName = fileName;
    this.topic = topic;
  }

  public String fileName() {
    return fileName;
  }

  public Topic topic() {
    return topic;
  }

  /** The file of a topic, if it has one. */
  static Optional<OutputFile> of(Topic topic) {
    for (OutputFile file : values()) {
      if (file.topic == topic) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
