package io.customerpulse.history.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple2;

/** Appends lines to the output files. At a parallelism of one: each file has one writer. */
final class OutputFilesSink implements Sink<Tuple2<String, byte[]>> {
  private static final int BUFFER_BYTES = 128 << 10;

  private final String work;

  /**
   * A sink that appends to files that exist.
   *
   * @param work the folder with the drafts
   */
  OutputFilesSink(String work) {
    this.work = work;
  }

  @Override
  public SinkWriter<Tuple2<String, byte[]>> createWriter(WriterInitContext context)
      throws IOException {
    return new Writer(Path.of(work));
  }

  private static final class Writer implements SinkWriter<Tuple2<String, byte[]>> {
    private final Map<String, OutputStream> streams = new HashMap<>();

    Writer(Path work) throws IOException {
      for (OutputFile file : OutputFile.values()) {
        Path draft = OutputFolder.draft(work, file.fileName());
        OutputStream stream = Files.newOutputStream(draft, StandardOpenOption.APPEND);
        streams.put(file.fileName(), new BufferedOutputStream(stream, BUFFER_BYTES));
      }
    }

    @Override
    public void write(Tuple2<String, byte[]> line, Context context) throws IOException {
      streams.get(line.f0).write(line.f1);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      for (OutputStream stream : streams.values()) {
        stream.flush();
      }
    }

    @Override
    public void close() throws IOException {
      for (OutputStream stream : streams.values()) {
        stream.close();
      }
    }
  }
}
