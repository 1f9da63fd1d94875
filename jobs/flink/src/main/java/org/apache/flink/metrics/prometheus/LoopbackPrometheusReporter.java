package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Flink's reporter for Prometheus, on the loopback interface alone. Flink's own listens on every
 * interface and can't be told otherwise; what it makes of metrics is taken as it is, which is what
 * this class stands in Flink's package for.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {
  /** The key of the port to listen on. */
  static final String PORT = "port";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private HTTPServer server;

  /** What Flink is configured with; it finds the factory as a service. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public LoopbackPrometheusReporter createMetricReporter(Properties properties) {
      return new LoopbackPrometheusReporter();
    }
  }

  @Override
  public void open(MetricConfig config) {
    super.open(config);
    int port = config.getInteger(PORT, 0);
    try {
      server =
          new HTTPServer(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), registry);
    } catch (IOException e) {
      throw new UncheckedIOException("Metrics can't be shown on port " + port, e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
    super.close();
  }
}
