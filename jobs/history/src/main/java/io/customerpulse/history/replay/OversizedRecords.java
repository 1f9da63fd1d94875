package io.customerpulse.history.replay;

import io.customerpulse.behavior.avro.JsonRendering;
import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.history.replay.sort.EventTimeOrder.OversizedLines;
import io.customerpulse.history.replay.sort.InputLine;
import io.customerpulse.schemas.DeadLetterRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Dead letters of records that no memory should be asked to hold. They can't travel through the
 * topologies as others do, and nothing would be decided about them there, so they are written at
 * once.
 */
final class OversizedRecords implements OversizedLines, AutoCloseable {
  private final JsonRendering json = new JsonRendering();
  private final BufferedWriter out;

  /** Writes to a new file. */
  OversizedRecords(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  @Override
  public void take(String source, InputLine line) throws IOException {
    String message =
        "The record has "
            + line.length()
            + " bytes; at most "
            + TrackingEventReader.MAX_RECORD_BYTES
            + " are taken";
    DeadLetter head =
        DeadLetter.of(
            new Origin(source, line.number()),
            wholeCharacters(line.bytes()),
            DeadLetterCode.TOO_LARGE,
            message);
    out.write(
        json.line(
            new DeadLetterRecord(
                head.code().wireName(),
                head.message(),
                head.raw(),
                head.rawForm().wireName(),
                head.rawEncoding(),
                line.length(),
                line.sha256(),
                source,
                line.number())));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Without a character that the cut went through. */
  private static byte[] wholeCharacters(byte[] utf8) {
    int end = utf8.length;
    while (end > 0 && utf8.length - end < 3 && (utf8[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    boolean begunBefore = end > 0 && (utf8[end - 1] & 0xC0) == 0xC0;
    return begunBefore ? Arrays.copyOf(utf8, end - 1) : utf8;
  }
}
