/** Files through the same topologies as production, bounded, without a broker. */
package io.customerpulse.history.replay;
