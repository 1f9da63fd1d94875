/** Simulated traffic on its way to the topic of tracking events. */
package io.customerpulse.lab.traffic;
