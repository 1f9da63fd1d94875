/** Jobs: what is submitted to a cluster, and how its environment is set. */
package io.customerpulse.behavior.job;
