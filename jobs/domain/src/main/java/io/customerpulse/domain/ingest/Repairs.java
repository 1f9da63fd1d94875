package io.customerpulse.domain.ingest;

import io.customerpulse.domain.deadletter.PhoneMask;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects what is mended in one record; each repair is noted once, however often it was made. */
final class Repairs {
  private final Set<Repair> made = EnumSet.noneOf(Repair.class);

  void note(Repair repair) {
    made.add(repair);
  }

  /** The text with phone numbers masked, which is noted; null stays null. */
  String maskPhones(String text) {
    if (text == null) {
      return null;
    }
    String masked = PhoneMask.maskNumbers(text);
    if (!masked.equals(text)) {
      note(Repair.PHONE_MASKED);
    }
    return masked;
  }

  List<String> wireNames() {
    return made.isEmpty() ? List.of() : made.stream().map(Repair::wireName).toList();
  }
}
