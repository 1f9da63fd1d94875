/** The behaviour job as it is submitted, under visits at the time it is: {@code bench --live}. */
package io.customerpulse.lab.live;
