package io.swarmstats.jmh.peers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * The in-memory registry of Micrometer, without a composite registry around it.
 *
 * <p>This class reads the registry through {@link MeterRegistry#forEachMeter}, because
 * {@link MeterRegistry#getMeters()} copies all meters first. Only the name of a meter says what the
 * meter counts.
 */
final class MicrometerPeer extends HandlePeer<Counter> {

  private final MeterRegistry registry;

  MicrometerPeer(int clients) {
    this(clients, new SimpleMeterRegistry());
  }

  private MicrometerPeer(int clients, MeterRegistry registry) {
    super(clients, Counter[]::new, client -> {
      Tags tags = Tags.of("client", client);
      return kind -> registry.counter(kind.metricName(), tags);
    });
    this.registry = registry;
  }

  @Override
  void add(Counter handle, long count) {
    handle.increment((double) count);
  }

  @Override
  long count(Counter handle) {
    return (long) handle.count();
  }

  @Override
  public long[] totalsByRegistry() {
    long[] totals = new long[CounterKind.COUNT];
    registry.forEachMeter(meter -> {
      if (meter instanceof Counter counter) {
        totals[CounterKind.ofMetric(meter.getId().getName()).index()] += count(counter);
      }
    });
    return totals;
  }
}
