/** A broker and a Flink cluster on this machine, each process one of its own. */
package io.customerpulse.lab.cluster;
