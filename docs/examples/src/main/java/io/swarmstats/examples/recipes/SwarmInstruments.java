package io.swarmstats.examples.recipes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Exposes a swarm through OpenTelemetry: counters and gauges as asynchronous instruments, wall
 * times as an exponential histogram. No instrument takes a histogram that is already counted, so
 * this class produces it.
 */
final class SwarmInstruments implements MetricProducer {

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");

  /** The SDK asks for these separately. */
  private enum Part {
    INSTRUMENTS,
    HISTOGRAM
  }

  private final StatsReader reader;
  private final Set<Part> unread = EnumSet.noneOf(Part.class);
  private AggregatedStats taken;

  SwarmInstruments(StatsReader reader) {
    this.reader = reader;
    this.taken = reader.aggregate();
  }

  /** Registers counters and gauges. Closing the result removes them. */
  BatchCallback register(Meter meter) {
    ObservableLongMeasurement requests = counter(meter, "swarm.requests", "");
    ObservableLongMeasurement bytes = counter(meter, "swarm.received", "By");
    ObservableLongMeasurement httpErrors = counter(meter, "swarm.http.errors", "");
    ObservableLongMeasurement timeouts = counter(meter, "swarm.timeouts", "");
    ObservableLongMeasurement reconnections = counter(meter, "swarm.reconnections", "");
    ObservableLongMeasurement clients = gauge(meter, "swarm.clients");
    ObservableLongMeasurement stalled = gauge(meter, "swarm.stalled.clients");
    ObservableLongMeasurement highDrift = gauge(meter, "swarm.high_drift.clients");
    return meter.batchCallback(
        () -> {
          AggregatedStats now = snapshotFor(Part.INSTRUMENTS);
          requests.record(now.requests().manifest(), Attributes.of(KIND, "manifest"));
          requests.record(now.requests().segment(), Attributes.of(KIND, "segment"));
          requests.record(now.requests().init(), Attributes.of(KIND, "init"));
          requests.record(now.requests().unknown(), Attributes.of(KIND, "unknown"));
          bytes.record(now.totalBytes());
          now.errors()
              .http()
              .forEach((code, count) ->
                  httpErrors.record(count, Attributes.of(STATUS, Errors.label(code))));
          timeouts.record(now.errors().timeouts());
          reconnections.record(now.errors().reconnections());
          clients.record(now.clients().active());
          stalled.record(now.clients().stalled());
          highDrift.record(now.clients().highDrift());
        },
        requests,
        bytes,
        httpErrors,
        timeouts,
        reconnections,
        clients,
        stalled,
        highDrift);
  }

  private static ObservableLongMeasurement counter(Meter meter, String name, String unit) {
    return meter.counterBuilder(name).setUnit(unit).buildObserver();
  }

  private static ObservableLongMeasurement gauge(Meter meter, String name) {
    return meter.gaugeBuilder(name).ofLongs().buildObserver();
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    return List.of(new WallTimeMetric(resource, snapshotFor(Part.HISTOGRAM)));
  }

  /**
   * Takes one snapshot per collection, so all figures of a collection belong together: the part
   * that the SDK asks for first takes the snapshot, and the other part gets the same one.
   */
  private synchronized AggregatedStats snapshotFor(Part part) {
    if (!unread.remove(part)) {
      taken = reader.aggregate();
      unread.addAll(EnumSet.complementOf(EnumSet.of(part)));
    }
    return taken;
  }
}
