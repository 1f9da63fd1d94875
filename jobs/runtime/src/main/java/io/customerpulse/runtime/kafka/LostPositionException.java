package io.customerpulse.runtime.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Records that were to be read are gone. Flink doesn't restart a job that fails with it: nothing
 * would be different the next time.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class LostPositionException extends RuntimeException {
  /** In the form of one line. */
  LostPositionException(String message) {
    super(message);
  }
}
