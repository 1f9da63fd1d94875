package io.customerpulse.domain.event;

/**
 * Where a record was read. What stood there is known to its reader alone, for plain phones may
 * stand in it.
 *
 * @param source a file's name, or topic-partition
 * @param position the line from 1, or the offset
 */
public record Origin(String source, long position) {}
