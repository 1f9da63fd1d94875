/** Files of records in any order, larger than memory, into the order of their event times. */
package io.customerpulse.history.replay.sort;
