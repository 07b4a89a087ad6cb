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

  private static final String OUTPUT =
      "Size of FFmpeg's output as flushed (total_size); 0 for outputs without a file";
  private static final String STALLS =
      "Stalls that ended: media was missing or too slow for longer than the stall duration";

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
    requests("manifest", stats -> stats.requests().manifest());
    requests("segment", stats -> stats.requests().segment());
    requests("init", stats -> stats.requests().init());
    requests("unknown", stats -> stats.requests().unknown());
    counter("swarm.output", OUTPUT, stats -> stats.totalBytes())
        .baseUnit("bytes")
        .register(registry);
    counter("swarm.downloaded", "Size of the downloaded segments", stats -> stats.downloadedBytes())
        .baseUnit("bytes")
        .register(registry);
    counter("swarm.timeouts", "Requests timed out", stats -> stats.errors().timeouts())
        .register(registry);
    counter("swarm.reconnections", "Reconnections", stats -> stats.errors().reconnections())
        .register(registry);
    counter("swarm.process.starts", "FFmpeg processes started", stats -> stats.processStarts())
        .register(registry);
    counter("swarm.stalls", STALLS, stats -> stats.playback().stalls()).register(registry);
    counter(
            "swarm.stalled",
            "Time that viewers waited for media",
            stats -> seconds(stats.playback().stalledTime()))
        .baseUnit("seconds")
        .register(registry);
    gauge("swarm.clients", "Live clients", stats -> stats.clients().active());
    gauge(
        "swarm.stalled.clients",
        "Live clients that are stalled",
        stats -> stats.clients().stalled());
    gauge(
        "swarm.silent.clients",
        "Live clients whose process reports nothing",
        stats -> stats.clients().silent());
    gauge(
        "swarm.high.drift.clients",
        "Live clients with high drift",
        stats -> stats.clients().highDrift());
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
                "HTTP errors by status",
                stats -> stats.errors().http().getOrDefault(code, 0L))
            .tag("status", Errors.label(code))
            .register(registry));
    shown = new Shown(taken, taken.since(shown.now()));
  }

  private void requests(String kind, ToDoubleFunction<AggregatedStats> figure) {
    counter("swarm.requests", "Requests by kind", figure).tag("kind", kind).register(registry);
  }

  private FunctionCounter.Builder<SwarmMeters> counter(
      String name, String description, ToDoubleFunction<AggregatedStats> figure) {
    return FunctionCounter.builder(name, this, meters -> figure.applyAsDouble(meters.shown.now()))
        .description(description);
  }

  private void gauge(String name, String description, ToDoubleFunction<AggregatedStats> figure) {
    Gauge.builder(name, this, meters -> figure.applyAsDouble(meters.shown.now()))
        .description(description)
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
