package io.customerpulse.lab.simulator;

import io.customerpulse.domain.event.EventType;

/**
 * Something that happens in a visit or as a consequence of one.
 *
 * @param item which of the visit's products it is about, 0 to 2
 */
record Step(Action action, int item) {

  enum Action {
    VIEW('V', EventType.BROWSE),
    LEAVE('L', EventType.BROWSE),
    CLICK('C', EventType.CLICK),
    ADD('A', EventType.CART),
    /** One more piece of what is in the cart. */
    RAISE('S', EventType.CART),
    REMOVE('R', EventType.CART),
    CLEAR('K', EventType.CART),
    ORDER('O', EventType.PURCHASE),
    PAY('P', EventType.PURCHASE),
    CLOSE('-', EventType.PURCHASE),
    COMPLETE('-', EventType.PURCHASE),
    REFUND_PART('-', EventType.REFUND),
    REFUND_ALL('-', EventType.REFUND),
    SHARE('X', EventType.CUSTOM),
    IDENTIFY('-', EventType.IDENTIFY),
    DESCRIBE('-', EventType.PROFILE),
    MESSAGE('-', EventType.MESSAGE),
    ERASE('-', EventType.ERASE);

    private final char letter;
    private final EventType type;

    Action(char letter, EventType type) {
      this.letter = letter;
      this.type = type;
    }

    EventType type() {
      return type;
    }

    /** The action that a storyline writes as a letter. */
    static Action of(char letter) {
      for (Action action : values()) {
        if (action.letter == letter) {
          return action;
        }
      }
      throw new IllegalArgumentException("No action is written " + letter);
    }
  }
}
