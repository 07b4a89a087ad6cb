package io.swarmstats.jmh.peers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Micrometer's in-memory registry, without a composite around it. It is walked by
 * {@link MeterRegistry#forEachMeter}, as {@link MeterRegistry#getMeters()} copies it first. What a
 * meter counts has to be told by its name.
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
