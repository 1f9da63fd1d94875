/** Jobs on a Flink cluster: brought onto it, stopped, continued, replaced. */
package io.customerpulse.client.submit;
