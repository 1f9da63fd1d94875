package io.customerpulse.domain.customer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything one event, wake-up or merge does to one customer: decided here, applied by the caller.
 *
 * @param next the state from now on; empty where nothing is left to remember
 * @param outputs in the order in which they came about
 * @param wakeAt when time alone has something to decide next; replaces every earlier wake
 */
public record Decision(
    Optional<CustomerState> next, List<Output> outputs, Optional<Instant> wakeAt) {}
