package io.customerpulse.domain.oracle;

import io.customerpulse.domain.event.BehaviorEvent;
import io.customerpulse.domain.event.CustomerKey;
import io.customerpulse.domain.rule.Rule;
import java.time.Instant;

/** One run of one rule, under the version it began with. */
final class NaiveEpisode {
  final NaiveKind kind;
  final Rule rule;
  final String scope;
  final String id;
  final Instant openedAt;

  /** Null where time alone opened it. */
  final BehaviorEvent opener;

  Instant refreshedAt;

  /** Null where time alone opened it. */
  BehaviorEvent refresher;

  boolean live = true;
  final boolean[] used;
  final Instant[] heldUntil;

  NaiveEpisode(NaiveKind kind, String scope, Instant at, BehaviorEvent opener) {
    CustomerKey key = kind.customer.key();
    this.kind = kind;
    this.rule = kind.rule;
    this.scope = scope;
    this.id =
        opener == null
            ? NaiveIds.id(
                "episode", key.tenantId(), rule.id(), scope, at.toString(), key.customerId())
            : NaiveIds.id("episode", key.tenantId(), rule.id(), scope, opener.eventId());
    this.openedAt = at;
    this.opener = opener;
    this.refreshedAt = at;
    this.refresher = opener;
    this.used = new boolean[rule.steps().size()];
    this.heldUntil = new Instant[rule.steps().size()];
  }

  /** What hasn't been judged counts from here; what was held is held no more. */
  void refresh(BehaviorEvent event) {
    refreshedAt = event.eventTime();
    refresher = event;
    for (int i = 0; i < heldUntil.length; i++) {
      heldUntil[i] = null;
    }
  }

  Instant dueAt(int step) {
    return kind.dueAt(this, step);
  }

  boolean isComplete() {
    for (boolean flag : used) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  String triggerId(int step) {
    return NaiveIds.id("trigger", id, Integer.toString(step));
  }
}
