package io.customerpulse.client.submit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What Flink's client is to run.
 *
 * @param jar with everything that a cluster doesn't bring
 * @param mainClass in the jar or under one of the URLs
 * @param classpath URLs of further classes, which every process of the cluster can reach
 * @param parallelism from 1
 * @param from a savepoint or checkpoint, or null to begin afresh
 * @param arguments of the main class
 */
public record FlinkProgram(
    Path jar,
    String mainClass,
    List<URI> classpath,
    int parallelism,
    String from,
    List<String> arguments) {}
