package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.Identifier;
import io.customerpulse.domain.event.IdentifierKind;
import io.customerpulse.domain.lifecycle.StageTransition;
import io.customerpulse.domain.profile.CustomerProfile;
import io.customerpulse.domain.profile.KnownIdentifiers;
import io.customerpulse.domain.rfm.Scores;
import io.customerpulse.schemas.CustomerIdentifiers;
import io.customerpulse.schemas.CustomerProfileRecord;
import io.customerpulse.schemas.LifecycleTransitionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of topics customer-profiles and lifecycle-transitions. */
final class CustomerRecords {
  private CustomerRecords() {}

  static CustomerProfileRecord profile(CustomerProfile profile) {
    Scores scores = profile.scores();
    return new CustomerProfileRecord(
        profile.tenantId(),
        profile.customerId(),
        identifiers(profile.identifiers()),
        profile.firstSeenAt(),
        profile.lastSeenAt(),
        profile.firstOrderAt(),
        profile.lastOrderAt(),
        profile.orders(),
        profile.netSpendMinor(),
        profile.ordersInWindow(),
        profile.netSpendInWindowMinor(),
        profile.unmatchedRefundsMinor(),
        profile.currency(),
        profile.recencyDays(),
        scores == null ? null : scores.r(),
        scores == null ? null : scores.f(),
        scores == null ? null : scores.m(),
        scores == null ? null : scores.cutsVersion(),
        profile.segment(),
        profile.segmentZh(),
        Symbols.STAGE.symbol(profile.stage()),
        profile.stageSince(),
        profile.probabilityAlive(),
        profile.expectedOrders90d(),
        profile.cartValueMinor(),
        profile.cartLines(),
        profile.favouriteCategory(),
        profile.birthday(),
        profile.zone(),
        profile.level(),
        profile.city(),
        profile.marketingConsent(),
        EventProperties.sorted(profile.attributes()),
        profile.asOf());
  }

  static LifecycleTransitionRecord transition(StageTransition transition) {
    return new LifecycleTransitionRecord(
        transition.tenantId(),
        transition.customerId(),
        Symbols.STAGE.symbol(transition.from()),
        Symbols.STAGE.symbol(transition.to()),
        transition.at(),
        transition.reason().wireName());
  }

  static CustomerIdentifiers identifiers(KnownIdentifiers known) {
    return new CustomerIdentifiers(
        first(known, IdentifierKind.USER_ID),
        first(known, IdentifierKind.UNIONID),
        all(known, IdentifierKind.PHONE_HASH),
        openids(known),
        all(known, IdentifierKind.ANONYMOUS_ID));
  }

  private static String first(KnownIdentifiers known, IdentifierKind kind) {
    List<Identifier> ofKind = known.ofKind(kind);
    return ofKind.isEmpty() ? null : ofKind.get(0).value();
  }

  private static List<String> all(KnownIdentifiers known, IdentifierKind kind) {
    List<Identifier> ofKind = known.ofKind(kind);
    return ofKind.isEmpty() ? null : ofKind.stream().map(Identifier::value).toList();
  }

  private static Map<String, List<String>> openids(KnownIdentifiers known) {
    Map<String, List<String>> byApp = new TreeMap<>();
    for (Identifier openid : known.ofKind(IdentifierKind.OPENID)) {
      byApp.computeIfAbsent(openid.scope(), app -> new ArrayList<>()).add(openid.value());
    }
    return byApp.isEmpty() ? null : byApp;
  }
}
