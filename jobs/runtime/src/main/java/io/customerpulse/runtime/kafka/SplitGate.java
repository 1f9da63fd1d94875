package io.customerpulse.runtime.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the splits of a reader pass once the broker has shown that their positions are still good,
 * and goes on to see that nobody puts another topic in the place of theirs. A partition that isn't
 * there waits until it is, and holds nothing back. The watching thread looks, the task thread does
 * everything else; neither waits for the other.
 */
final class SplitGate {
  private static final Logger LOG = LoggerFactory.getLogger(SplitGate.class);

  private final LogEnds logEnds;
  private final OnLostPosition onLostPosition;
  private final Supplier<List<SplitProgress>> reading;

  private final Map<TopicPartition, IdentifiedSplit> unchecked = new LinkedHashMap<>();
  private final Map<TopicPartition, IdentifiedSplit> absent = new LinkedHashMap<>();
  private final Map<TopicPartition, IdentifiedSplit> cleared = new LinkedHashMap<>();
  private final Map<TopicPartition, Uuid> handedOn = new HashMap<>();
  private RuntimeException failure;

  /** Of an assignment: what counts for time may be others now. */
  private volatile boolean changed;

  private volatile CompletableFuture<Void> wakeUp = new CompletableFuture<>();

  /**
   * @param logEnds used by the watching thread alone
   * @param reading the splits that were handed on, read anew at each look
   */
  SplitGate(LogEnds logEnds, OnLostPosition onLostPosition, Supplier<List<SplitProgress>> reading) {
    this.logEnds = logEnds;
    this.onLostPosition = onLostPosition;
    this.reading = reading;
  }

  synchronized void hold(Collection<KafkaPartitionSplit> splits) {
    splits.forEach(split -> unchecked.put(split.getTopicPartition(), IdentifiedSplit.of(split)));
    changed = true;
  }

  /** Done when there is something to take, or the reader has to fail. */
  CompletableFuture<Void> wakeUp() {
    return wakeUp;
  }

  /** What may be read from now on. Fails where positions are lost. */
  synchronized List<IdentifiedSplit> take() {
    if (failure != null) {
      throw failure;
    }
    if (wakeUp.isDone()) {
      wakeUp = new CompletableFuture<>();
    }
    List<IdentifiedSplit> taken = List.copyOf(cleared.values());
    cleared.clear();
    taken.forEach(split -> handedOn.put(split.getTopicPartition(), split.topicId().orElse(null)));
    return taken;
  }

  /** Whether {@link #counting} may say something new since this was last asked. */
  boolean takeChange() {
    boolean taken = changed;
    if (taken) {
      changed = false;
    }
    return taken;
  }

  /** The splits that hold time back: all that were assigned but those that aren't there. */
  synchronized Set<String> counting() {
    Set<String> ids = new HashSet<>();
    for (Map<TopicPartition, ?> splits : List.of(unchecked, cleared, handedOn)) {
      splits.keySet().forEach(partition -> ids.add(KafkaPartitionSplit.toSplitId(partition)));
    }
    return ids;
  }

  synchronized boolean hasUnread() {
    return !unchecked.isEmpty() || !cleared.isEmpty();
  }

  /** What a checkpoint has to keep: splits that are held, and those that were handed on. */
  synchronized List<KafkaPartitionSplit> withHeld(List<KafkaPartitionSplit> read) {
    List<KafkaPartitionSplit> all = new ArrayList<>(unchecked.values());
    all.addAll(absent.values());
    all.addAll(cleared.values());
    for (KafkaPartitionSplit split : read) {
      all.add(IdentifiedSplit.of(split).in(handedOn.get(split.getTopicPartition())));
    }
    return all;
  }

  /** One look at the broker; may block for seconds and fails when the broker does. */
  void look() throws InterruptedException {
    List<IdentifiedSplit> waiting;
    Map<TopicPartition, Uuid> ids;
    synchronized (this) {
      waiting = new ArrayList<>(unchecked.values());
      waiting.addAll(absent.values());
      ids = new HashMap<>(handedOn);
    }
    List<IdentifiedSplit> read =
        reading.get().stream()
            .map(
                split ->
                    new IdentifiedSplit(
                        split.partition(),
                        split.position() == SplitProgress.AT_BEGINNING
                            ? KafkaPartitionSplit.EARLIEST_OFFSET
                            : split.position(),
                        ids.get(split.partition())))
            .toList();
    List<IdentifiedSplit> all = new ArrayList<>(waiting);
    all.addAll(read);
    Map<String, TopicLayout> layouts =
        all.isEmpty()
            ? Map.of()
            : logEnds.topics(
                all.stream().map(IdentifiedSplit::getTopic).collect(Collectors.toSet()));
    checkRead(read, layouts);
    admit(waiting, layouts);
  }

  private void checkRead(List<IdentifiedSplit> read, Map<String, TopicLayout> layouts)
      throws InterruptedException {
    List<IdentifiedSplit> replaced =
        read.stream()
            .filter(split -> layouts.containsKey(split.getTopic()))
            .filter(split -> check(split, layouts, Map.of(), Map.of()).isElsewhere(split))
            .toList();
    if (replaced.isEmpty()) {
      return;
    }
    Findings findings = findings(replaced, layouts);
    // To read on elsewhere is a matter of a restart: there every split comes by here again.
    fail(
        onLostPosition == OnLostPosition.EARLIEST
            ? new IllegalStateException("To be read from its beginning: " + findings.text())
            : lost(findings));
  }

  private void admit(List<IdentifiedSplit> waiting, Map<String, TopicLayout> layouts)
      throws InterruptedException {
    List<IdentifiedSplit> known =
        placed(waiting.stream().filter(split -> layouts.containsKey(split.getTopic())).toList());
    if (known.isEmpty()) {
      return;
    }
    Findings findings = findings(known, layouts);
    if (!findings.problems().isEmpty()) {
      if (onLostPosition != OnLostPosition.EARLIEST) {
        fail(lost(findings));
        return;
      }
      LOG.warn("Read from the beginning, for records are lost: {}", findings.text());
    }
    apply(known, layouts, findings);
  }

  /** Those that begin where the group last committed, with the offset that this is. */
  private List<IdentifiedSplit> placed(List<IdentifiedSplit> splits) throws InterruptedException {
    List<TopicPartition> goingOn =
        splits.stream()
            .filter(split -> split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET)
            .map(IdentifiedSplit::getTopicPartition)
            .toList();
    if (goingOn.isEmpty()) {
      return splits;
    }
    Map<TopicPartition, Long> committed = logEnds.committed(goingOn);
    return splits.stream()
        .map(
            split ->
                goingOn.contains(split.getTopicPartition())
                    ? split.at(
                        committed.getOrDefault(
                            split.getTopicPartition(), KafkaPartitionSplit.EARLIEST_OFFSET))
                    : split)
        .toList();
  }

  private synchronized void apply(
      List<IdentifiedSplit> known, Map<String, TopicLayout> layouts, Findings findings) {
    boolean news = false;
    for (IdentifiedSplit split : known) {
      TopicPartition partition = split.getTopicPartition();
      TopicLayout layout = layouts.get(split.getTopic());
      IdentifiedSplit next =
          (findings.problems().containsKey(partition)
                  ? split.at(KafkaPartitionSplit.EARLIEST_OFFSET)
                  : split)
              .in(layout.id());
      boolean isThere = layout.partitions().contains(split.getPartition());
      news |= isThere || !absent.containsKey(partition);
      unchecked.remove(partition);
      absent.remove(partition);
      (isThere ? cleared : absent).put(partition, next);
    }
    if (news) {
      changed = true;
      wakeUp.complete(null);
    }
  }

  private Findings findings(List<IdentifiedSplit> splits, Map<String, TopicLayout> layouts)
      throws InterruptedException {
    List<TopicPartition> there =
        splits.stream()
            .filter(split -> check(split, layouts, Map.of(), Map.of()).isThere(split))
            .map(IdentifiedSplit::getTopicPartition)
            .toList();
    Map<TopicPartition, Long> beginnings = there.isEmpty() ? Map.of() : logEnds.beginnings(there);
    Map<TopicPartition, Long> ends = there.isEmpty() ? Map.of() : logEnds.ends(there);
    Map<TopicPartition, String> problems = new LinkedHashMap<>();
    for (IdentifiedSplit split : splits) {
      check(split, layouts, beginnings, ends)
          .problem(split)
          .ifPresent(problem -> problems.put(split.getTopicPartition(), problem));
    }
    return new Findings(problems);
  }

  private PositionCheck check(
      IdentifiedSplit split,
      Map<String, TopicLayout> layouts,
      Map<TopicPartition, Long> beginnings,
      Map<TopicPartition, Long> ends) {
    return new PositionCheck(
        layouts.get(split.getTopic()),
        onLostPosition == OnLostPosition.ACCEPT_COPY,
        beginnings,
        ends);
  }

  private static LostPositionException lost(Findings findings) {
    return new LostPositionException(
        "Records that were to be read are lost: "
            + findings.text()
            + ". The job stops; with kafka.on_lost_position: earliest it reads these partitions"
            + " from their beginning");
  }

  private synchronized void fail(RuntimeException with) {
    failure = with;
    wakeUp.complete(null);
  }

  private record Findings(Map<TopicPartition, String> problems) {
    String text() {
      return String.join("; ", problems.values());
    }
  }
}
