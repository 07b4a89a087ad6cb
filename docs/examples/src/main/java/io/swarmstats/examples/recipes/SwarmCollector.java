package io.swarmstats.examples.recipes;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.swarmstats.StatsReader;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;

/** Exposes a swarm through Prometheus client_java. */
final class SwarmCollector implements MultiCollector {

  private final StatsReader reader;

  SwarmCollector(StatsReader reader) {
    this.reader = reader;
  }

  /** Takes one snapshot per scrape, so all figures of a scrape belong together. */
  @Override
  public MetricSnapshots collect() {
    AggregatedStats now = reader.aggregate();
    return MetricSnapshots.of(
        requests(now.requests()),
        counter("swarm_received_bytes", "Bytes received", Labels.EMPTY, now.totalBytes()),
        httpErrors(now.errors()),
        counter(
            "swarm_timeouts", "Requests timed out", Labels.EMPTY, now.errors().timeouts()),
        counter(
            "swarm_reconnections", "Reconnections", Labels.EMPTY, now.errors().reconnections()),
        gauge("swarm_clients", "Live clients", now.clients().active()),
        gauge(
            "swarm_stalled_clients",
            "Live clients that are stalled",
            now.clients().stalled()),
        gauge(
            "swarm_high_drift_clients",
            "Live clients with high drift",
            now.clients().highDrift()),
        wallTimes(now.segmentWallTimes()));
  }

  private static CounterSnapshot requests(Requests requests) {
    return CounterSnapshot.builder()
        .name("swarm_requests")
        .help("Requests by kind")
        .dataPoint(point(Labels.of("kind", "manifest"), requests.manifest()))
        .dataPoint(point(Labels.of("kind", "segment"), requests.segment()))
        .dataPoint(point(Labels.of("kind", "init"), requests.init()))
        .dataPoint(point(Labels.of("kind", "unknown"), requests.unknown()))
        .build();
  }

  private static CounterSnapshot httpErrors(Errors errors) {
    CounterSnapshot.Builder http =
        CounterSnapshot.builder().name("swarm_http_errors").help("HTTP errors by status");
    errors
        .http()
        .forEach(
            (code, count) -> http.dataPoint(point(Labels.of("status", Errors.label(code)), count)));
    return http.build();
  }

  private static SummarySnapshot wallTimes(LatencySnapshot wall) {
    SummaryDataPointSnapshot.Builder point = SummaryDataPointSnapshot.builder().count(wall.count());
    if (!wall.isEmpty()) {
      point.quantiles(Quantiles.of(
          new Quantile(0.5, wall.p50().toNanos() / 1e9),
          new Quantile(0.95, wall.p95().toNanos() / 1e9),
          new Quantile(0.99, wall.p99().toNanos() / 1e9)));
    }
    return SummarySnapshot.builder()
        .name("swarm_segment_wall_time_seconds")
        .help("Time to download a segment")
        .dataPoint(point.build())
        .build();
  }

  private static CounterSnapshot counter(String name, String help, Labels labels, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(point(labels, value))
        .build();
  }

  private static CounterDataPointSnapshot point(Labels labels, long value) {
    return CounterDataPointSnapshot.builder()
        .labels(labels)
        .value((double) value)
        .build();
  }

  private static GaugeSnapshot gauge(String name, String help, int clients) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(clients).build())
        .build();
  }
}
