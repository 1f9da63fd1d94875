package io.customerpulse.behavior.avro;

import io.customerpulse.domain.event.Payload;
import io.customerpulse.domain.lifecycle.Stage;
import io.customerpulse.domain.trigger.Outcome;
import io.customerpulse.domain.trigger.TriggerAction;
import io.customerpulse.schemas.BrowsePhase;
import io.customerpulse.schemas.CartOperation;
import io.customerpulse.schemas.DeliveryStatus;
import io.customerpulse.schemas.LifecycleStage;
import io.customerpulse.schemas.MarketingAction;
import io.customerpulse.schemas.PurchaseStatus;
import io.customerpulse.schemas.StepOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The symbols of an Avro enum for the values of one of the domain, by name, whatever the case. A
 * domain value that has no symbol is found when the class is loaded, not by the first record that
 * needs it.
 *
 * @param <D> the enum of the domain
 * @param <A> the enum of the schema; its default symbol stands for no value of the domain
 */
final class Symbols<D extends Enum<D>, A extends Enum<A>> {
  static final Symbols<Stage, LifecycleStage> STAGE =
      new Symbols<>(Stage.class, LifecycleStage.class);
  static final Symbols<TriggerAction, MarketingAction> ACTION =
      new Symbols<>(TriggerAction.class, MarketingAction.class);
  static final Symbols<Outcome, StepOutcome> OUTCOME =
      new Symbols<>(Outcome.class, StepOutcome.class);
  static final Symbols<Payload.Phase, BrowsePhase> PHASE =
      new Symbols<>(Payload.Phase.class, BrowsePhase.class);
  static final Symbols<Payload.CartAction, CartOperation> CART_ACTION =
      new Symbols<>(Payload.CartAction.class, CartOperation.class);
  static final Symbols<Payload.OrderStatus, PurchaseStatus> ORDER_STATUS =
      new Symbols<>(Payload.OrderStatus.class, PurchaseStatus.class);
  static final Symbols<Payload.MessageStatus, DeliveryStatus> MESSAGE_STATUS =
      new Symbols<>(Payload.MessageStatus.class, DeliveryStatus.class);

  private final Map<D, A> symbols;
  private final Map<A, D> values;

  Symbols(Class<D> domain, Class<A> schema) {
    symbols = new EnumMap<>(domain);
    values = new EnumMap<>(schema);
    for (D value : domain.getEnumConstants()) {
      A symbol = named(value.name(), schema);
      symbols.put(value, symbol);
      values.put(symbol, value);
    }
  }

  /** The symbol of a value; null for null. */
  A symbol(D value) {
    return value == null ? null : symbols.get(value);
  }

  /**
   * The value of a symbol; null for null.
   *
   * @throws IllegalArgumentException for the default symbol: a newer release wrote what this one
   *     doesn't know
   */
  D value(A symbol) {
    D value = symbol == null ? null : values.get(symbol);
    if (value == null && symbol != null) {
      throw new IllegalArgumentException(
          symbol.getDeclaringClass().getSimpleName()
              + ": the record has a value that only a newer release knows");
    }
    return value;
  }

  private static <A extends Enum<A>> A named(String name, Class<A> schema) {
    for (A symbol : schema.getEnumConstants()) {
      if (symbol.name().toUpperCase(Locale.ROOT).equals(name)) {
        return symbol;
      }
    }
    throw new IllegalStateException(schema.getSimpleName() + " has no symbol for " + name);
  }
}
