package io.customerpulse.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.runtime.kafka.LogEnds.Range;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SplitGateTest {
  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final FakeBroker broker = new FakeBroker();
  private final List<SplitProgress> reading = new ArrayList<>();
  private final Uuid id = broker.create("t", new Range(2, 9), new Range(0, 0));
  private SplitGate gate = gate(OnLostPosition.STOP);

  @Test
  void nothingPassesUnseen() throws Exception {
    gate.hold(List.of(plain(FIRST, 5), plain(SECOND, KafkaPartitionSplit.EARLIEST_OFFSET)));
    assertThat(gate.take()).isEmpty();
    assertThat(gate.wakeUp()).isNotDone();
    assertThat(gate.counting()).containsExactlyInAnyOrder("t-0", "t-1");
    assertThat(gate.hasUnread()).isTrue();
    assertThat(texts(gate.withHeld(List.of()))).containsExactly("t-0@5", "t-1@-2");

    gate.look();

    assertThat(gate.wakeUp()).isDone();
    assertThat(texts(gate.take())).containsExactly("t-0@5 " + id, "t-1@-2 " + id);
    assertThat(gate.hasUnread()).isFalse();
    assertThat(gate.counting()).containsExactlyInAnyOrder("t-0", "t-1");
    assertThat(texts(gate.withHeld(List.of(plain(FIRST, 7))))).containsExactly("t-0@7 " + id);
  }

  @Test
  void aTopicThatIsNotThereIsWaitedFor() throws Exception {
    broker.delete("t");
    gate.hold(List.of(in(id, FIRST, 5)));
    gate.look();
    assertThat(gate.take()).isEmpty();
    assertThat(gate.counting()).containsExactly("t-0");
  }

  @Test
  void theEdgesOfALogAreWithinIt() throws Exception {
    gate.hold(List.of(in(id, FIRST, 2), in(id, SECOND, 0)));
    gate.look();
    assertThat(gate.take()).hasSize(2);
    gate.hold(List.of(in(id, FIRST, 9)));
    gate.look();
    assertThat(gate.take()).hasSize(1);
  }

  @Test
  void aPositionOutsideOfALogIsLost() throws Exception {
    gate.hold(List.of(plain(FIRST, 1), plain(SECOND, 1)));
    gate.look();
    assertThatThrownBy(gate::take)
        .isInstanceOf(LostPositionException.class)
        .hasMessage(
            "Records that were to be read are lost: t-0: position 1, end 9, but the records before"
                + " 2 are deleted; t-1: position 1, end 0: it lies beyond the end. The job stops;"
                + " with kafka.on_lost_position: earliest it reads these partitions from their"
                + " beginning");
  }

  @Test
  void soAreThoseOfATopicThatIsGone() throws Exception {
    broker.create("t", new Range(0, 9));
    gate.hold(List.of(in(id, FIRST, 5), in(id, SECOND, KafkaPartitionSplit.EARLIEST_OFFSET)));
    gate.look();
    assertThatThrownBy(gate::take)
        .hasMessageContaining("t-0: position 5, end 9, but the topic has been deleted and created")
        .hasMessageContaining("t-1: position at the beginning, but there is no such partition");
  }

  @Test
  void anotherIdIsSeenWhileReading() throws Exception {
    read(FIRST, 5);
    gate.look();
    assertThat(gate.take()).isEmpty();
    broker.create("t", new Range(0, 9));
    gate.look();
    assertThatThrownBy(gate::take)
        .isInstanceOf(LostPositionException.class)
        .hasMessageContaining("t-0: position 5, end 9, but the topic");
  }

  @Test
  void toReadOnElsewhereTheReaderRestarts() throws Exception {
    gate = gate(OnLostPosition.EARLIEST);
    read(FIRST, 5);
    broker.create("t", new Range(0, 9));
    gate.look();
    assertThatThrownBy(gate::take)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("t-0: position 5, end 9");
  }

  @Test
  void whatIsLostIsReadFromTheBeginning() throws Exception {
    gate = gate(OnLostPosition.EARLIEST);
    Uuid next = broker.create("t", new Range(0, 9), new Range(4, 4));
    gate.hold(List.of(in(id, FIRST, 5), in(next, SECOND, 4)));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-0@-2 " + next, "t-1@4 " + next);
  }

  @Test
  void aPartitionThatIsGoneHoldsNothingBackAndIsReadWhenItIsBack() throws Exception {
    gate = gate(OnLostPosition.EARLIEST);
    Uuid next = broker.create("t", new Range(0, 9));
    gate.hold(List.of(in(id, FIRST, 5), in(id, SECOND, 7)));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-0@-2 " + next);
    assertThat(gate.takeChange()).isTrue();
    assertThat(gate.counting()).containsExactly("t-0");
    assertThat(gate.hasUnread()).isFalse();
    assertThat(texts(gate.withHeld(List.of()))).containsExactly("t-1@-2 " + next);
    gate.look();
    assertThat(gate.takeChange()).isFalse();

    broker.add("t", new Range(0, 3));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-1@-2 " + next);
    assertThat(gate.takeChange()).isTrue();
    assertThat(gate.counting()).containsExactlyInAnyOrder("t-0", "t-1");
  }

  @Test
  void aPartitionOfWhichTheBrokerHasYetToHearIsNotGone() throws Exception {
    TopicPartition third = new TopicPartition("t", 2);
    gate.hold(List.of(plain(third, KafkaPartitionSplit.EARLIEST_OFFSET)));
    gate.look();
    assertThat(gate.take()).isEmpty();
    broker.add("t", new Range(0, 3));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-2@-2 " + id);
  }

  @Test
  void ofAnOlderSavepointItIsGone() throws Exception {
    gate.hold(List.of(plain(new TopicPartition("t", 2), 0)));
    gate.look();
    assertThatThrownBy(gate::take).hasMessageContaining("t-2: position 0, but there is no such");
  }

  @Test
  void aCopyHasOtherIdsAndTheSameOffsets() throws Exception {
    gate = gate(OnLostPosition.ACCEPT_COPY);
    read(SECOND, 0);
    Uuid next = broker.create("t", new Range(0, 9), new Range(0, 0));
    gate.hold(List.of(in(id, FIRST, 5)));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-0@5 " + next);

    broker.create("t", new Range(0, 9));
    gate.look();
    assertThatThrownBy(gate::take).hasMessageContaining("t-1: position 0, but there is no such");
  }

  @Test
  void aBrokerWithoutIdsProvesNothing() throws Exception {
    gate.hold(List.of(in(Uuid.ZERO_UUID, FIRST, 5)));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-0@5 " + id);
  }

  @Test
  void aGroupGoesOnWhereItCommitted() throws Exception {
    broker.commit(FIRST, 4);
    gate.hold(
        List.of(
            plain(FIRST, KafkaPartitionSplit.COMMITTED_OFFSET),
            plain(SECOND, KafkaPartitionSplit.COMMITTED_OFFSET)));
    gate.look();
    assertThat(texts(gate.take())).containsExactly("t-0@4 " + id, "t-1@-2 " + id);
  }

  /** Lets a split through and reads it up to an offset. */
  private void read(TopicPartition partition, long position) throws InterruptedException {
    gate.hold(List.of(in(id, partition, position)));
    gate.look();
    gate.take();
    reading.add(new SplitProgress(partition.toString(), partition, position));
  }

  private SplitGate gate(OnLostPosition onLostPosition) {
    return new SplitGate(broker, onLostPosition, () -> reading);
  }

  private static KafkaPartitionSplit plain(TopicPartition partition, long offset) {
    return new KafkaPartitionSplit(partition, offset);
  }

  private static KafkaPartitionSplit in(Uuid topic, TopicPartition partition, long offset) {
    return new IdentifiedSplit(partition, offset, topic);
  }

  private static List<String> texts(List<? extends KafkaPartitionSplit> splits) {
    return splits.stream()
        .map(
            split ->
                split.splitId()
                    + '@'
                    + split.getStartingOffset()
                    + IdentifiedSplit.of(split).topicId().map(topic -> " " + topic).orElse(""))
        .toList();
  }
}
