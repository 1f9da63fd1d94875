package io.customerpulse.runtime.kafka;

import java.util.SortedSet;
import org.apache.kafka.common.Uuid;

/**
 * A topic as the broker has it.
 *
 * @param id Kafka's own: a topic that is deleted and created again gets another
 * @param partitions their numbers
 */
record TopicLayout(Uuid id, SortedSet<Integer> partitions) {}
