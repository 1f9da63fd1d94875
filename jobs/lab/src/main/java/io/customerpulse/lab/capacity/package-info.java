/**
 * {@code scripts/capacity}: whether the behaviour job holds so many customers at such a rate, and
 * what it needs for that.
 */
package io.customerpulse.lab.capacity;
