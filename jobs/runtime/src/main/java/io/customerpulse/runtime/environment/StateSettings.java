package io.customerpulse.runtime.environment;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where the jobs keep what they know.
 *
 * @param backend rocksdb or hashmap
 * @param checkpointDir a URI; null for what the cluster is configured with
 */
public record StateSettings(String backend, Duration checkpointInterval, String checkpointDir)
    implements Serializable {}
