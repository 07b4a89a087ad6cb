package io.swarmstats.examples.recipes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Exposes a swarm through Micrometer. */
final class SwarmMeters {

  private final StatsReader reader;
  private final MeterRegistry registry;
  private final Set<Integer> knownCodes = new HashSet<>();
  private volatile AggregatedStats now;

  SwarmMeters(StatsReader reader, MeterRegistry registry) {
    this.reader = reader;
    this.registry = registry;
    this.now = reader.aggregate();
    counter("swarm.requests", "kind", "manifest", stats -> stats.requests().manifest());
    counter("swarm.requests", "kind", "segment", stats -> stats.requests().segment());
    counter("swarm.requests", "kind", "init", stats -> stats.requests().init());
    counter("swarm.requests", "kind", "unknown", stats -> stats.requests().unknown());
    counter("swarm.received.bytes", "", "", stats -> stats.totalBytes());
    counter("swarm.timeouts", "", "", stats -> stats.errors().timeouts());
    counter("swarm.reconnections", "", "", stats -> stats.errors().reconnections());
    gauge("swarm.clients", stats -> stats.clients().active());
    gauge("swarm.stalled.clients", stats -> stats.clients().stalled());
    gauge("swarm.high.drift.clients", stats -> stats.clients().highDrift());
    wallTime("0.5", stats -> stats.segmentWallTimes().p50().toNanos());
    wallTime("0.95", stats -> stats.segmentWallTimes().p95().toNanos());
    wallTime("0.99", stats -> stats.segmentWallTimes().p99().toNanos());
  }

  /**
   * Takes the snapshot that all meters show from now on. Micrometer reads each meter separately, so
   * call this method before each scrape, from one thread at a time.
   */
  void refresh() {
    AggregatedStats taken = reader.aggregate();
    taken.errors().http().keySet().stream()
        .filter(knownCodes::add)
        .forEach(code -> counter(
            "swarm.http.errors",
            "status",
            Errors.label(code),
            stats -> stats.errors().http().getOrDefault(code, 0L)));
    now = taken;
  }

  private void counter(
      String name, String tag, String value, ToDoubleFunction<AggregatedStats> figure) {
    FunctionCounter.Builder<SwarmMeters> counter =
        FunctionCounter.builder(name, this, meters -> figure.applyAsDouble(meters.now));
    (tag.isEmpty() ? counter : counter.tag(tag, value)).register(registry);
  }

  private void gauge(String name, ToDoubleFunction<AggregatedStats> figure) {
    Gauge.builder(name, this, meters -> figure.applyAsDouble(meters.now)).register(registry);
  }

  private void wallTime(String quantile, ToDoubleFunction<AggregatedStats> nanos) {
    TimeGauge.builder(
            "swarm.segment.wall.time",
            this,
            TimeUnit.NANOSECONDS,
            meters -> nanos.applyAsDouble(meters.now))
        .tag("quantile", quantile)
        .register(registry);
  }
}
