package io.swarmstats.examples.recipes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Exposes a swarm through OpenTelemetry: counters and gauges as asynchronous instruments, wall
 * times as an exponential histogram. No instrument takes a histogram that is already counted, so
 * this class produces it.
 */
final class SwarmInstruments implements MetricProducer {

  /** The SDK asks for these separately. */
  private enum Part {
    INSTRUMENTS,
    HISTOGRAM
  }

  private final Supplier<AggregatedStats> snapshots;
  private final Map<String, String> labels;
  private final Set<Part> unread = EnumSet.noneOf(Part.class);
  private AggregatedStats taken;

  /**
   * Creates instruments.
   *
   * @param snapshots takes a snapshot, such as a reader of its own does: {@code reader::aggregate}
   * @param labels the attributes that tell this swarm from the others of the provider
   */
  SwarmInstruments(Supplier<AggregatedStats> snapshots, Map<String, String> labels) {
    this.snapshots = snapshots;
    this.labels = labels;
    this.taken = snapshots.get();
  }

  /** Registers counters and gauges. Closing the result removes them. */
  BatchCallback register(Meter meter) {
    Map<String, ObservableDoubleMeasurement> instruments = new LinkedHashMap<>();
    for (Figure figure : taken.figures()) { // every snapshot has the same names
      if (figure instanceof Figure.Counter) {
        instruments.computeIfAbsent(
            figure.name(),
            name -> meter
                .counterBuilder(name)
                .ofDoubles()
                .setUnit(figure.unit())
                .setDescription(figure.help())
                .buildObserver());
      } else if (figure instanceof Figure.Gauge) {
        instruments.computeIfAbsent(
            figure.name(),
            name -> meter
                .gaugeBuilder(name)
                .setUnit(figure.unit())
                .setDescription(figure.help())
                .buildObserver());
      }
    }
    List<ObservableMeasurement> all = new ArrayList<>(instruments.values());
    return meter.batchCallback(
        () -> record(instruments),
        all.get(0),
        all.subList(1, all.size()).toArray(ObservableMeasurement[]::new));
  }

  private void record(Map<String, ObservableDoubleMeasurement> instruments) {
    for (Figure figure : snapshotFor(Part.INSTRUMENTS).figures()) {
      ObservableDoubleMeasurement instrument = instruments.get(figure.name());
      if (instrument != null && figure instanceof Figure.Counter counter) {
        instrument.record(counter.value(), attributes(counter));
      } else if (instrument != null && figure instanceof Figure.Gauge gauge) {
        instrument.record(gauge.value(), attributes(gauge));
      }
    }
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    AggregatedStats now = snapshotFor(Part.HISTOGRAM);
    return now.figures().stream()
        .filter(Figure.Distribution.class::isInstance)
        .map(Figure.Distribution.class::cast)
        .<MetricData>map(figure -> new DistributionMetric(
            resource, figure, attributes(figure), now.startTime(), now.timestamp()))
        .toList();
  }

  private Attributes attributes(Figure figure) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(attributes::put);
    figure.labels().forEach(attributes::put);
    return attributes.build();
  }

  /**
   * Takes one snapshot per collection, so all figures of a collection belong together: the part
   * that the SDK asks for first takes the snapshot, and the other part gets the same one.
   */
  private synchronized AggregatedStats snapshotFor(Part part) {
    if (!unread.remove(part)) {
      taken = snapshots.get();
      unread.addAll(EnumSet.complementOf(EnumSet.of(part)));
    }
    return taken;
  }
}
