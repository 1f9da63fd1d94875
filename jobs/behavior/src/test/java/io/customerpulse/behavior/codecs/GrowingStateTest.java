package io.customerpulse.behavior.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.customerpulse.domain.customer.CustomerState;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** How a release that remembers more reads what this one has written: the way that is laid out. */
class GrowingStateTest {
  /** A customer as a later release might know it. */
  private record NextCustomer(CustomerState known, String shoeSize) {}

  /** What that release's codec would be: a version more, and a reader for each. */
  private static final class NextCodec extends Codec<NextCustomer> {
    private static final Codec<CustomerState> PRESENT = CustomerStateCodec.INSTANCE;

    @Override
    public int version() {
      return PRESENT.version() + 1;
    }

    @Override
    public void write(NextCustomer value, CompactWriter out) throws IOException {
      PRESENT.write(value.known(), out);
      out.text(value.shoeSize());
    }

    @Override
    public NextCustomer read(int version, CompactReader in) throws IOException {
      CustomerState known = PRESENT.read(Math.min(version, PRESENT.version()), in);
      return new NextCustomer(known, version == version() ? in.text() : null);
    }
  }

  /** Stages as an older release had them, and as a newer one declares them in another order. */
  private enum OldStage {
    NEW,
    LOST
  }

  private enum NextStage {
    SLEEPING,
    LOST,
    NEW
  }

  private final NextCodec next = new NextCodec();

  @Test
  void whatTheOldReleaseWroteIsReadAndWrittenAnewInTheNewestForm() throws IOException {
    byte[] old = golden();
    CustomerState before = decode(CustomerStateCodec.INSTANCE, old);

    NextCustomer read = decode(next, old);

    assertThat(read).isEqualTo(new NextCustomer(before, null));
    byte[] anew = encode(next, new NextCustomer(read.known(), "43"));
    assertThat(anew[0]).isEqualTo((byte) next.version());
    assertThat(decode(next, anew)).isEqualTo(new NextCustomer(before, "43"));
  }

  @Test
  void theOldReleaseRefusesWhatTheNewOneWrote() {
    assertThatThrownBy(
            () ->
                decode(
                    CustomerStateCodec.INSTANCE,
                    encode(next, new NextCustomer(decode(next, golden()).known(), "43"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written by a newer release");
  }

  @Test
  void aFieldThatIsGoneIsNoticed() throws IOException {
    NextCustomer customer = new NextCustomer(decode(CustomerStateCodec.INSTANCE, golden()), "43");

    assertThat(Leaves.of(customer))
        .contains(
            ".shoeSize = 43", ".known.stage.bySilence = " + customer.known().stage().bySilence());
    assertThat(Leaves.of(new WithoutIt(customer.known())))
        .doesNotContain(".shoeSize = 43")
        .hasSize(Leaves.of(customer).size() - 1);
  }

  private record WithoutIt(CustomerState known) {}

  @Test
  void aNewConstantIsAppendedAndTheOldOnesKeepTheirCodes() throws IOException {
    EnumCodes<OldStage> old = EnumCodes.of(OldStage.class, OldStage.NEW, OldStage.LOST);
    EnumCodes<NextStage> codes =
        EnumCodes.of(NextStage.class, NextStage.NEW, NextStage.LOST, NextStage.SLEEPING);

    assertThat(codes.constantOf(old.codeOf(OldStage.LOST))).isEqualTo(NextStage.LOST);
    assertThatThrownBy(() -> old.constantOf(codes.codeOf(NextStage.SLEEPING)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer release");
  }

  @Test
  void aConstantWithoutACodeIsRefusedAtOnce() {
    assertThatThrownBy(() -> EnumCodes.of(NextStage.class, NextStage.NEW, NextStage.LOST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("NextStage.SLEEPING has no code");
  }

  private static byte[] golden() throws IOException {
    return HexFormat.of()
        .parseHex(
            Files.readString(Path.of("src/test/resources/golden/CustomerStateCodec-1.hex"))
                .strip());
  }

  private static <T> byte[] encode(Codec<T> codec, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.encode(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> T decode(Codec<T> codec, byte[] bytes) throws IOException {
    return codec.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
