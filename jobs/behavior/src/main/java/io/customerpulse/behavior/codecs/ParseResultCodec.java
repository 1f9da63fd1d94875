package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.deadletter.DeadLetter;
import io.customerpulse.domain.deadletter.DeadLetterCode;
import io.customerpulse.domain.deadletter.RawForm;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;

/** The binary form of a parsed record: an event or a dead letter. It travels, and rests nowhere. */
final class ParseResultCodec extends Codec<ParseResult> {
  static final ParseResultCodec INSTANCE = new ParseResultCodec();

  private static final int TAKEN = 1;
  private static final int REFUSED = 2;

  private static final EnumCodes<DeadLetterCode> CODES =
      EnumCodes.of(
          DeadLetterCode.class,
          DeadLetterCode.NOT_JSON,
          DeadLetterCode.INVALID_UTF8,
          DeadLetterCode.TOO_LARGE,
          DeadLetterCode.WRONG_SHAPE,
          DeadLetterCode.UNKNOWN_TYPE,
          DeadLetterCode.MISSING_FIELD,
          DeadLetterCode.BAD_VALUE,
          DeadLetterCode.NO_IDENTIFIER,
          DeadLetterCode.EVENT_TIME_OUT_OF_RANGE,
          DeadLetterCode.WRONG_CURRENCY,
          DeadLetterCode.RATE_LIMITED,
          DeadLetterCode.ERASED,
          DeadLetterCode.RULE_INVALID);

  private static final EnumCodes<RawForm> FORMS =
      EnumCodes.of(RawForm.class, RawForm.RECORD, RawForm.EVENT);

  private ParseResultCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(ParseResult parsed, CompactWriter out) throws IOException {
    if (parsed instanceof ParseResult.Valid valid) {
      out.oneByte(TAKEN);
      EventCodec.INSTANCE.write(valid.event(), out);
    } else if (parsed instanceof ParseResult.Invalid invalid) {
      out.oneByte(REFUSED);
      DeadLetter letter = invalid.deadLetter();
      out.constant(CODES, letter.code());
      out.text(letter.message());
      out.text(letter.raw());
      out.constant(FORMS, letter.rawForm());
      out.text(letter.rawEncoding());
      out.count(letter.rawLength());
      out.text(letter.rawSha256());
      out.text(letter.source());
      out.number(letter.position());
    }
  }

  @Override
  public ParseResult read(int version, CompactReader in) throws IOException {
    int kind = in.oneByte();
    return switch (kind) {
      case TAKEN ->
          new ParseResult.Valid(EventCodec.INSTANCE.read(EventCodec.INSTANCE.version(), in));
      case REFUSED ->
          new ParseResult.Invalid(
              new DeadLetter(
                  in.constant(CODES),
                  in.text(),
                  in.text(),
                  in.constant(FORMS),
                  in.text(),
                  in.size(),
                  in.text(),
                  in.text(),
                  in.number()));
      default -> throw new IOException("No parsed record has kind " + kind);
    };
  }
}
