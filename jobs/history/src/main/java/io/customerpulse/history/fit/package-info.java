/** The purchase model's parameters by maximum likelihood, from histories of orders. */
package io.customerpulse.history.fit;
