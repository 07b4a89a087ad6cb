package io.swarmstats.examples.recipes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.swarmstats.StatsReader;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;

/** Exposes a swarm through OpenTelemetry. */
final class SwarmInstruments {

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
  private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

  private final StatsReader reader;
  private final ObservableLongMeasurement requests;
  private final ObservableLongMeasurement bytes;
  private final ObservableLongMeasurement httpErrors;
  private final ObservableLongMeasurement timeouts;
  private final ObservableLongMeasurement reconnections;
  private final ObservableLongMeasurement clients;
  private final ObservableLongMeasurement stalled;
  private final ObservableLongMeasurement highDrift;
  private final ObservableDoubleMeasurement wallTime;

  private SwarmInstruments(StatsReader reader, Meter meter) {
    this.reader = reader;
    requests = meter.counterBuilder("swarm.requests").buildObserver();
    bytes = meter.counterBuilder("swarm.received").setUnit("By").buildObserver();
    httpErrors = meter.counterBuilder("swarm.http.errors").buildObserver();
    timeouts = meter.counterBuilder("swarm.timeouts").buildObserver();
    reconnections = meter.counterBuilder("swarm.reconnections").buildObserver();
    clients = meter.gaugeBuilder("swarm.clients").ofLongs().buildObserver();
    stalled = meter.gaugeBuilder("swarm.stalled.clients").ofLongs().buildObserver();
    highDrift = meter.gaugeBuilder("swarm.high_drift.clients").ofLongs().buildObserver();
    wallTime = meter.gaugeBuilder("swarm.segment.wall_time").setUnit("s").buildObserver();
  }

  /** Registers the instruments of a swarm. Closing the result removes the instruments. */
  static BatchCallback register(StatsReader reader, Meter meter) {
    SwarmInstruments swarm = new SwarmInstruments(reader, meter);
    return meter.batchCallback(
        swarm::observe,
        swarm.requests,
        swarm.bytes,
        swarm.httpErrors,
        swarm.timeouts,
        swarm.reconnections,
        swarm.clients,
        swarm.stalled,
        swarm.highDrift,
        swarm.wallTime);
  }

  /** Takes one snapshot per collection, so all figures of a collection belong together. */
  private void observe() {
    AggregatedStats now = reader.aggregate();
    requests.record(now.requests().manifest(), Attributes.of(KIND, "manifest"));
    requests.record(now.requests().segment(), Attributes.of(KIND, "segment"));
    requests.record(now.requests().init(), Attributes.of(KIND, "init"));
    requests.record(now.requests().unknown(), Attributes.of(KIND, "unknown"));
    bytes.record(now.totalBytes());
    now.errors()
        .http()
        .forEach(
            (code, count) -> httpErrors.record(count, Attributes.of(STATUS, Errors.label(code))));
    timeouts.record(now.errors().timeouts());
    reconnections.record(now.errors().reconnections());
    clients.record(now.clients().active());
    stalled.record(now.clients().stalled());
    highDrift.record(now.clients().highDrift());
    LatencySnapshot wall = now.segmentWallTimes();
    if (!wall.isEmpty()) {
      wallTime.record(wall.p50().toNanos() / 1e9, Attributes.of(QUANTILE, "0.5"));
      wallTime.record(wall.p95().toNanos() / 1e9, Attributes.of(QUANTILE, "0.95"));
      wallTime.record(wall.p99().toNanos() / 1e9, Attributes.of(QUANTILE, "0.99"));
    }
  }
}
