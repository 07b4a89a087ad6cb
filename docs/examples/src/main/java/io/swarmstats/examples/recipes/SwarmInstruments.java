package io.swarmstats.examples.recipes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
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

  private static final String OUTPUT =
      "Size of FFmpeg's output as flushed (total_size); 0 for outputs without a file";
  private static final String STALLS =
      "Stalls that ended: media was missing or too slow for longer than the stall duration";

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
    ObservableLongMeasurement requests =
        counter(meter, "swarm.requests", "{request}", "Requests by kind");
    ObservableLongMeasurement output = counter(meter, "swarm.output", "By", OUTPUT);
    ObservableLongMeasurement downloaded =
        counter(meter, "swarm.downloaded", "By", "Size of the downloaded segments");
    ObservableLongMeasurement httpErrors =
        counter(meter, "swarm.http.errors", "{error}", "HTTP errors by status");
    ObservableLongMeasurement timeouts =
        counter(meter, "swarm.timeouts", "{timeout}", "Requests timed out");
    ObservableLongMeasurement reconnections =
        counter(meter, "swarm.reconnections", "{reconnection}", "Reconnections");
    ObservableLongMeasurement processStarts =
        counter(meter, "swarm.process.starts", "{start}", "FFmpeg processes started");
    ObservableLongMeasurement stalls = counter(meter, "swarm.stalls", "{stall}", STALLS);
    ObservableDoubleMeasurement stalledTime = meter
        .counterBuilder("swarm.stalled")
        .ofDoubles()
        .setUnit("s")
        .setDescription("Time that viewers waited for media")
        .buildObserver();
    ObservableLongMeasurement clients = gauge(meter, "swarm.clients", "Live clients");
    ObservableLongMeasurement stalled =
        gauge(meter, "swarm.stalled_clients", "Live clients that are stalled");
    ObservableLongMeasurement silent =
        gauge(meter, "swarm.silent_clients", "Live clients whose process reports nothing");
    ObservableLongMeasurement highDrift =
        gauge(meter, "swarm.high_drift_clients", "Live clients with high drift");
    return meter.batchCallback(
        () -> {
          AggregatedStats now = snapshotFor(Part.INSTRUMENTS);
          requests.record(now.requests().manifest(), Attributes.of(KIND, "manifest"));
          requests.record(now.requests().segment(), Attributes.of(KIND, "segment"));
          requests.record(now.requests().init(), Attributes.of(KIND, "init"));
          requests.record(now.requests().unknown(), Attributes.of(KIND, "unknown"));
          output.record(now.totalBytes());
          downloaded.record(now.downloadedBytes());
          now.errors()
              .http()
              .forEach((code, count) ->
                  httpErrors.record(count, Attributes.of(STATUS, Errors.label(code))));
          timeouts.record(now.errors().timeouts());
          reconnections.record(now.errors().reconnections());
          processStarts.record(now.processStarts());
          stalls.record(now.playback().stalls());
          stalledTime.record(WallTimeMetric.seconds(now.playback().stalledTime()));
          clients.record(now.clients().active());
          stalled.record(now.clients().stalled());
          silent.record(now.clients().silent());
          highDrift.record(now.clients().highDrift());
        },
        requests,
        output,
        downloaded,
        httpErrors,
        timeouts,
        reconnections,
        processStarts,
        stalls,
        stalledTime,
        clients,
        stalled,
        silent,
        highDrift);
  }

  private static ObservableLongMeasurement counter(
      Meter meter, String name, String unit, String description) {
    return meter.counterBuilder(name).setUnit(unit).setDescription(description).buildObserver();
  }

  private static ObservableLongMeasurement gauge(Meter meter, String name, String description) {
    return meter
        .gaugeBuilder(name)
        .ofLongs()
        .setUnit("{client}")
        .setDescription(description)
        .buildObserver();
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
