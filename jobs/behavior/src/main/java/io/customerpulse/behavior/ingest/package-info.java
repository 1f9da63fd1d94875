/** From parsed records to clean events, each once: the first half of the streaming job. */
package io.customerpulse.behavior.ingest;
