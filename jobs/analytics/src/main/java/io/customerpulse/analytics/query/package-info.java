/** SQL over the output tables, from this machine and without a cluster. */
package io.customerpulse.analytics.query;
