package io.swarmstats.jmh.peers;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;

/**
 * Prometheus client_java. Its guide to performance recommends that a program looks up a data point
 * once and keeps the data point.
 *
 * <p>This class reads the registry through {@link PrometheusRegistry#scrape()}, which copies and
 * sorts all data points. The writer of the text format starts from the same copy.
 */
final class PrometheusPeer extends HandlePeer<CounterDataPoint> {

  private final PrometheusRegistry registry;

  PrometheusPeer(int clients) {
    this(clients, new PrometheusRegistry());
  }

  private PrometheusPeer(int clients, PrometheusRegistry registry) {
    this(clients, registry, countersIn(registry));
  }

  private PrometheusPeer(int clients, PrometheusRegistry registry, Counter[] counters) {
    super(
        clients,
        CounterDataPoint[]::new,
        client -> kind -> counters[kind.index()].labelValues(client));
    this.registry = registry;
  }

  private static Counter[] countersIn(PrometheusRegistry registry) {
    return Arrays.stream(CounterKind.values())
        .map(kind -> Counter.builder()
            .name(kind.metricName())
            .labelNames("client")
            .withoutExemplars()
            .register(registry))
        .toArray(Counter[]::new);
  }

  @Override
  void add(CounterDataPoint handle, long count) {
    handle.inc(count);
  }

  @Override
  long count(CounterDataPoint handle) {
    return handle.getLongValue();
  }

  @Override
  public long[] totalsByRegistry() {
    long[] totals = new long[CounterKind.COUNT];
    for (MetricSnapshot metric : registry.scrape()) {
      if (metric instanceof CounterSnapshot counter) {
        long total = 0;
        for (CounterSnapshot.CounterDataPointSnapshot point : counter.getDataPoints()) {
          total += (long) point.getValue();
        }
        totals[CounterKind.ofMetric(counter.getMetadata().getName()).index()] = total;
      }
    }
    return totals;
  }
}
