package io.customerpulse.domain.customer;

import io.customerpulse.domain.customer.Effect.Note;
import java.util.ArrayList;
import java.util.List;

/** What one decision brings about, in the order in which it comes about. */
final class Effects {
  private final List<Effect> all = new ArrayList<>(2);

  List<Effect> all() {
    return all;
  }

  void add(Effect effect) {
    all.add(effect);
  }

  void note(Note note, int times) {
    for (int i = 0; i < times; i++) {
      all.add(new Effect.Noted(note));
    }
  }

  /** However often it happens within the decision. */
  void noteOnce(Note note) {
    Effect noted = new Effect.Noted(note);
    if (!all.contains(noted)) {
      all.add(noted);
    }
  }
}
