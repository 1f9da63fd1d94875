/** One HTML file of charts over the output tables. */
package io.customerpulse.analytics.report;
