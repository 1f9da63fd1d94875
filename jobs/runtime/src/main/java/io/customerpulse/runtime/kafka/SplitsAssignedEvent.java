package io.customerpulse.runtime.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader that it has been given all splits there are for it: if it has none, it is idle.
 */
final class SplitsAssignedEvent implements SourceEvent {}
