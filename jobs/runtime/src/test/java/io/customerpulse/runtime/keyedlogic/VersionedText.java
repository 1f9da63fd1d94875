package io.customerpulse.runtime.keyedlogic;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A text with the version of its form before it, as the product's states have it: of one release,
 * or of the next, which writes a part more and reads both.
 */
final class VersionedText extends TypeSerializerSingleton<String> {
  static final VersionedText FIRST = new VersionedText(1);
  static final VersionedText SECOND = new VersionedText(2);

  /** The versions that were read, in order. */
  static final List<Integer> READ = new CopyOnWriteArrayList<>();

  private final int version;

  private VersionedText(int version) {
    this.version = version;
  }

  /** Says the class alone: both releases have it under one name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<String> {
    public Snapshot() {
      super(() -> SECOND);
    }
  }

  @Override
  public void serialize(String text, DataOutputView target) throws IOException {
    target.writeByte(version);
    target.writeUTF(text);
    if (version == 2) {
      target.writeUTF("more");
    }
  }

  @Override
  public String deserialize(DataInputView source) throws IOException {
    int written = source.readByte();
    READ.add(written);
    String text = source.readUTF();
    if (written == 2) {
      source.readUTF();
    }
    return text;
  }

  @Override
  public String deserialize(String reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<String> snapshotConfiguration() {
    return new Snapshot();
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public String createInstance() {
    return "";
  }

  @Override
  public String copy(String from) {
    return from;
  }

  @Override
  public String copy(String from, String reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }
}
