package io.customerpulse.lab.simulator;

/**
 * One person of one merchant. What a customer is known by never changes, and the strongest
 * identifier is on every event.
 *
 * @param tenant index of the merchant
 * @param homeApp the one mini-program used by who is known there only
 */
record Customer(long number, int tenant, KnownBy knownBy, int homeApp) {

  enum KnownBy {
    /** A device: has never logged in. */
    DEVICE,
    /** The platform, within one mini-program. */
    APP,
    /** The platform, in all mini-programs of the merchant. */
    PLATFORM,
    /** The merchant's own membership. */
    MEMBERSHIP
  }

  static Customer of(long number, SimulatorSettings settings, SeededRandom random) {
    int percent = random.below(100, RandomPurpose.KNOWN_BY, number);
    KnownBy knownBy =
        percent < 15
            ? KnownBy.DEVICE
            : percent < 35 ? KnownBy.APP : percent < 60 ? KnownBy.PLATFORM : KnownBy.MEMBERSHIP;
    return new Customer(
        number,
        (int) (number % settings.tenants().size()),
        knownBy,
        random.below(settings.appsPerTenant(), RandomPurpose.HOME_APP, number));
  }

  boolean usesAllApps() {
    return knownBy.compareTo(KnownBy.PLATFORM) >= 0;
  }

  boolean isAnonymous() {
    return knownBy == KnownBy.DEVICE;
  }

  String anonymousId() {
    return "device-" + number;
  }

  /** Null for who has never logged in. */
  String openid(int app) {
    return isAnonymous() ? null : "o" + app + "-" + number;
  }

  /** Null for who isn't known in all mini-programs. */
  String unionid() {
    return usesAllApps() ? "u-" + number : null;
  }

  /** Null for who is no member. */
  String userId() {
    return knownBy == KnownBy.MEMBERSHIP ? "m-" + number : null;
  }
}
