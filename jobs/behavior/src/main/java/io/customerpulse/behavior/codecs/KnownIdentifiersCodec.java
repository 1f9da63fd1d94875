package io.customerpulse.behavior.codecs;

import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.runtime.codec.Codec;
import io.customerpulse.runtime.codec.CompactReader;
import io.customerpulse.runtime.codec.CompactWriter;
import io.customerpulse.runtime.codec.EnumCodes;
import java.io.IOException;

/** The binary form of the identifiers of a customer. */
final class KnownIdentifiersCodec extends Codec<KnownIdentifiers> {
  static final KnownIdentifiersCodec INSTANCE = new KnownIdentifiersCodec();

  private static final EnumCodes<IdentifierKind> IDENTIFIER_KINDS =
      EnumCodes.of(
          IdentifierKind.class,
          IdentifierKind.USER_ID,
          IdentifierKind.UNIONID,
          IdentifierKind.PHONE_HASH,
          IdentifierKind.OPENID,
          IdentifierKind.ANONYMOUS_ID);

  private KnownIdentifiersCodec() {}

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(KnownIdentifiers known, CompactWriter out) throws IOException {
    out.list(known.all(), KnownIdentifiersCodec::writeIdentifier);
  }

  @Override
  public KnownIdentifiers read(int version, CompactReader in) throws IOException {
    return new KnownIdentifiers(in.list(KnownIdentifiersCodec::readIdentifier));
  }

  private static void writeIdentifier(Identifier identifier, CompactWriter out) throws IOException {
    out.constant(IDENTIFIER_KINDS, identifier.kind());
    out.text(identifier.scope());
    out.text(identifier.value());
  }

  private static Identifier readIdentifier(CompactReader in) throws IOException {
    return new Identifier(in.constant(IDENTIFIER_KINDS), in.text(), in.text());
  }
}
