/** Faults on real processes under load, and whether they cost anything. */
package io.customerpulse.lab.soak;
