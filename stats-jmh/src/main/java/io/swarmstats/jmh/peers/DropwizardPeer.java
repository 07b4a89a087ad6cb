package io.swarmstats.jmh.peers;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;

/**
 * Dropwizard Metrics. The library has no labels, so the client is a part of the name.
 *
 * <p>This class reads the registry through {@link MetricRegistry#getMetrics()}, a view of its map.
 * The better known {@link MetricRegistry#getCounters()} sorts all names into a new map with each
 * call.
 */
final class DropwizardPeer extends HandlePeer<Counter> {

  private final MetricRegistry registry;

  DropwizardPeer(int clients) {
    this(clients, new MetricRegistry());
  }

  private DropwizardPeer(int clients, MetricRegistry registry) {
    super(
        clients,
        Counter[]::new,
        client -> kind -> registry.counter(MetricRegistry.name(kind.metricName(), client)));
    this.registry = registry;
  }

  @Override
  void add(Counter handle, long count) {
    handle.inc(count);
  }

  @Override
  long count(Counter handle) {
    return handle.getCount();
  }

  @Override
  public long[] totalsByRegistry() {
    long[] totals = new long[CounterKind.COUNT];
    for (Map.Entry<String, Metric> entry : registry.getMetrics().entrySet()) {
      if (entry.getValue() instanceof Counter counter) {
        totals[CounterKind.ofPrefix(entry.getKey()).index()] += count(counter);
      }
    }
    return totals;
  }
}
