package io.swarmstats.examples.recipes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Exposes a swarm, or a fleet, through Prometheus client_java. */
final class SwarmCollector implements MultiCollector {

  private static final int MOST_BUCKETS = 160; // the default of client_java
  private static final double ZERO_THRESHOLD = Math.scalb(1.0, -128); // the same; far below 1 ns

  // The classic buckets end at powers of two, from 2^-7 s (8 ms) to 2^6 s (64 s): these bounds are
  // bounds of native buckets too, so the classic counts are exact.
  private static final int LOWEST_EXPONENT = -7;
  private static final int HIGHEST_EXPONENT = 6;

  private final Supplier<AggregatedStats> snapshots;
  private final Labels labels;

  /**
   * Creates a collector.
   *
   * @param snapshots takes a snapshot, such as a reader of its own does: {@code reader::aggregate}
   * @param labels the labels that tell this swarm from the others of the registry
   */
  SwarmCollector(Supplier<AggregatedStats> snapshots, Map<String, String> labels) {
    this.snapshots = snapshots;
    this.labels = labels(labels);
  }

  /** Takes one snapshot per scrape, so all figures of a scrape belong together. */
  @Override
  public MetricSnapshots collect() {
    AggregatedStats now = snapshots.get();
    long startMillis = now.startTime().toEpochMilli();
    Map<String, List<Figure>> families =
        now.figures().stream().collect(groupingBy(Figure::name, LinkedHashMap::new, toList()));
    return new MetricSnapshots(
        families.values().stream().map(family -> metric(family, startMillis)).toList());
  }

  /**
   * Returns the figures of one name. The start of the epoch is the created timestamp. So Prometheus
   * can count the first errors of a status, although the series of the status begins with these.
   */
  private MetricSnapshot metric(List<Figure> family, long startMillis) {
    String name = PrometheusUnits.name(family.get(0).name(), family.get(0).unit());
    CounterSnapshot.Builder counters = CounterSnapshot.builder();
    GaugeSnapshot.Builder gauges = GaugeSnapshot.builder();
    HistogramSnapshot.Builder histograms = HistogramSnapshot.builder();
    MetricSnapshot.Builder<?> metric = gauges;
    for (Figure figure : family) {
      Labels all = labels.merge(labels(figure.labels()));
      if (figure instanceof Figure.Counter counter) {
        metric = counters.dataPoint(CounterDataPointSnapshot.builder()
            .labels(all)
            .value(counter.value())
            .createdTimestampMillis(startMillis)
            .build());
      } else if (figure instanceof Figure.Gauge gauge) {
        metric = gauges.dataPoint(
            GaugeDataPointSnapshot.builder().labels(all).value(gauge.value()).build());
      } else if (figure instanceof Figure.Distribution distribution) {
        metric = histograms.dataPoint(point(distribution.value())
            .labels(all)
            .createdTimestampMillis(startMillis)
            .build());
      }
    }
    return metric.name(name).help(family.get(0).help()).build();
  }

  private static Labels labels(Map<String, String> labels) {
    return Labels.of(
        labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
  }

  /** Returns one histogram with native and classic buckets. Prometheus stores one kind. */
  private static HistogramDataPointSnapshot.Builder point(LatencySnapshot wall) {
    FoldedBuckets buckets = FoldedBuckets.of(wall);
    FoldedBuckets few = buckets.withAtMost(MOST_BUCKETS);
    return HistogramDataPointSnapshot.builder()
        .nativeSchema(few.schema())
        .nativeZeroThreshold(ZERO_THRESHOLD)
        .nativeZeroCount(few.zeros())
        .nativeBucketsForPositiveValues(nativeBuckets(few))
        .classicHistogramBuckets(classicBuckets(buckets.atSchema(0), wall.count()))
        .sum(PrometheusUnits.seconds(wall.sum()));
  }

  private static NativeHistogramBuckets nativeBuckets(FoldedBuckets buckets) {
    NativeHistogramBuckets.Builder result = NativeHistogramBuckets.builder();
    buckets.counts().forEach(result::bucket); // Prometheus has the same indexes
    return result.build();
  }

  private static ClassicHistogramBuckets classicBuckets(FoldedBuckets octaves, long count) {
    ClassicHistogramBuckets.Builder result = ClassicHistogramBuckets.builder();
    long below = 0;
    for (int exponent = LOWEST_EXPONENT; exponent <= HIGHEST_EXPONENT; exponent++) {
      long upTo = octaves.upTo(exponent);
      result.bucket(Math.scalb(1.0, exponent), upTo - below);
      below = upTo;
    }
    return result.bucket(Double.POSITIVE_INFINITY, count - below).build();
  }
}
