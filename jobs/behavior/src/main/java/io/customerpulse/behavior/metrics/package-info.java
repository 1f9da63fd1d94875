/** What the jobs count, under names that stand in one place. */
package io.customerpulse.behavior.metrics;
