package io.swarmstats.examples.recipes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Interval;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Exposes a swarm through Micrometer. */
final class SwarmMeters {

  /**
   * The figures that the meters show.
   *
   * @param now the last snapshot: totals
   * @param last the interval that ends with the snapshot: percentiles
   */
  private record Shown(AggregatedStats now, Interval last) {}

  private final StatsReader reader;
  private final MeterRegistry registry;
  private final Set<Integer> knownCodes = new HashSet<>();
  private volatile Shown shown;

  SwarmMeters(StatsReader reader, MeterRegistry registry) {
    this.reader = reader;
    this.registry = registry;
    AggregatedStats first = reader.aggregate();
    this.shown = new Shown(first, first.since(first));
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
    wallTimes();
    percentile("0.5", last -> last.segmentWallTimes().p50().toNanos());
    percentile("0.95", last -> last.segmentWallTimes().p95().toNanos());
    percentile("0.99", last -> last.segmentWallTimes().p99().toNanos());
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
    shown = new Shown(taken, taken.since(shown.now()));
  }

  private void counter(
      String name, String tag, String value, ToDoubleFunction<AggregatedStats> figure) {
    FunctionCounter.Builder<SwarmMeters> counter =
        FunctionCounter.builder(name, this, meters -> figure.applyAsDouble(meters.shown.now()));
    (tag.isEmpty() ? counter : counter.tag(tag, value)).register(registry);
  }

  private void gauge(String name, ToDoubleFunction<AggregatedStats> figure) {
    Gauge.builder(name, this, meters -> figure.applyAsDouble(meters.shown.now()))
        .register(registry);
  }

  /** Count and sum over the epoch. */
  private void wallTimes() {
    FunctionTimer.builder(
            "swarm.segment.wall.time",
            this,
            meters -> meters.shown.now().segmentWallTimes().count(),
            meters -> seconds(meters.shown.now().segmentWallTimes().sum()),
            TimeUnit.SECONDS)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9; // a sum can exceed 292 years
  }

  /** A percentile over the last interval. */
  private void percentile(String quantile, ToDoubleFunction<Interval> nanos) {
    TimeGauge.builder(
            "swarm.segment.wall.time.last",
            this,
            TimeUnit.NANOSECONDS,
            meters -> nanos.applyAsDouble(meters.shown.last()))
        .tag("quantile", quantile)
        .register(registry);
  }
}
