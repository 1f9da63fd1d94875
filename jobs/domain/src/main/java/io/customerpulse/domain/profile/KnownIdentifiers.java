package io.customerpulse.domain.profile;

import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.event.Identifiers;
import java.util.ArrayList;
import java.util.List;

/**
 * The identifiers that are known of one customer, in the order in which they were first seen; at
 * most {@value #LIMIT}. What comes beyond is not kept, and counted.
 */
public record KnownIdentifiers(List<Identifier> all) {
  public static final int LIMIT = 50;
  public static final KnownIdentifiers NONE = new KnownIdentifiers(List.of());

  /**
   * These and the new ones among those given, as far as the limit allows; itself if none is new.
   */
  public KnownIdentifiers with(List<Identifier> seen) {
    List<Identifier> grown = null;
    for (Identifier identifier : seen) {
      List<Identifier> present = grown == null ? all : grown;
      if (present.size() < LIMIT && !present.contains(identifier)) {
        if (grown == null) {
          grown = new ArrayList<>(all);
        }
        grown.add(identifier);
      }
    }
    return grown == null ? this : new KnownIdentifiers(List.copyOf(grown));
  }

  /** Whether everything that an event carries is known: so it is with nearly every event. */
  public boolean containAll(Identifiers carried, String appId) {
    int known = 0;
    for (Identifier identifier : all) {
      if (carried.contains(identifier, appId)) {
        known++;
      }
    }
    return known == carried.count();
  }

  public List<Identifier> ofKind(IdentifierKind kind) {
    return all.stream().filter(identifier -> identifier.kind() == kind).toList();
  }
}
