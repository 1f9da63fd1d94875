package io.customerpulse.behavior.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SymbolsTest {

  @Test
  void everyValueHasItsSymbolAndEverySymbolButTheDefaultItsValue() {
    assertComplete(Symbols.STAGE, Stage.class, LifecycleStage.UNKNOWN);
    assertComplete(Symbols.ACTION, TriggerAction.class, MarketingAction.UNKNOWN);
    assertComplete(Symbols.OUTCOME, Outcome.class, StepOutcome.UNKNOWN);
    assertComplete(Symbols.PHASE, Payload.Phase.class, BrowsePhase.unknown);
    assertComplete(Symbols.CART_ACTION, Payload.CartAction.class, CartOperation.unknown);
    assertComplete(Symbols.ORDER_STATUS, Payload.OrderStatus.class, PurchaseStatus.unknown);
    assertComplete(Symbols.MESSAGE_STATUS, Payload.MessageStatus.class, DeliveryStatus.unknown);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Symbols.STAGE.symbol(null)).isNull();
    assertThat(Symbols.STAGE.value(null)).isNull();
  }

  @Test
  void aDomainValueWithoutASymbolIsFoundAtOnce() {
    assertThatThrownBy(() -> new Symbols<>(Stage.class, StepOutcome.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("StepOutcome has no symbol for PROSPECT");
  }

  private static <D extends Enum<D>, A extends Enum<A>> void assertComplete(
      Symbols<D, A> symbols, Class<D> domain, A unknown) {
    Set<A> used = EnumSet.of(unknown);
    for (D value : domain.getEnumConstants()) {
      assertThat(symbols.value(symbols.symbol(value))).isEqualTo(value);
      used.add(symbols.symbol(value));
    }
    assertThat(used).isEqualTo(EnumSet.allOf(unknown.getDeclaringClass()));
    assertThatThrownBy(() -> symbols.value(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only a newer release knows");
  }
}
