package io.customerpulse.runtime.keyedlogic;

import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * How the elements of a stream wait for the watermark.
 *
 * @param <I> an element, immutable
 */
public interface Buffering<I> extends Serializable {

  /** Of elements that wait in the state backend. */
  TypeSerializer<I> serializer();

  /** When an element happened, epoch milliseconds: it waits for a watermark that reaches this. */
  long eventTimeMillis(I element);

  /** About how much of the heap an element takes. */
  int heapBytes(I element);
}
