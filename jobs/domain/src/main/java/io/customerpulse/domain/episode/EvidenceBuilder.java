package io.customerpulse.domain.episode;

import io.customerpulse.domain.event.Line;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.domain.trigger.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Evidence in the making: what every kind tells of the customer, and what one kind adds to it. */
public final class EvidenceBuilder {
  private final Episode episode;
  private final Stage stage;
  private final Scores scores;
  private String appId;
  private String cartId;
  private Long valueMinor;
  private List<Line> lines;
  private String productId;
  private Integer views;
  private Long daysSilent;
  private String orderId;

  private EvidenceBuilder(Episode episode, Stage stage, Scores scores) {
    this.episode = episode;
    this.stage = stage;
    this.scores = scores;
  }

  /** With the stage, the scores, and the events that opened and refreshed the episode. */
  public static EvidenceBuilder ofCustomer(Episode episode, Subject subject, Instant now) {
    return new EvidenceBuilder(episode, subject.stage(), subject.scoresAt(now));
  }

  public EvidenceBuilder appId(String value) {
    appId = value;
    return this;
  }

  public EvidenceBuilder cartId(String value) {
    cartId = value;
    return this;
  }

  public EvidenceBuilder valueMinor(Long value) {
    valueMinor = value;
    return this;
  }

  public EvidenceBuilder lines(List<Line> value) {
    lines = value;
    return this;
  }

  public EvidenceBuilder product(String id, int viewCount) {
    productId = id;
    views = viewCount;
    return this;
  }

  /** The order of the event that refreshed the episode. */
  public EvidenceBuilder order() {
    appId = episode.refreshedBy().appId();
    cartId = episode.refreshedBy().cartId();
    orderId = episode.refreshedBy().orderId();
    valueMinor = episode.refreshedBy().amountMinor();
    return this;
  }

  /** Whole days of 24 h since the last counting order. */
  public EvidenceBuilder daysSilent(Subject subject, Instant now) {
    Instant last = subject.lastOrderAt();
    daysSilent = last == null ? null : (Long) Duration.between(last, now).toDays();
    return this;
  }

  public Evidence build() {
    return new Evidence(
        appId,
        cartId,
        valueMinor,
        lines,
        productId,
        views,
        daysSilent,
        stage,
        scores == null ? null : scores.r(),
        scores == null ? null : scores.f(),
        scores == null ? null : scores.m(),
        scores == null ? null : scores.cutsVersion(),
        episode.openedBy(),
        episode.refreshedBy() == null ? null : episode.refreshedBy().eventId(),
        orderId);
  }
}
