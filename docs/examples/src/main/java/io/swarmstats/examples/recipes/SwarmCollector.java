package io.swarmstats.examples.recipes;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.swarmstats.StatsReader;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Exposes a swarm through Prometheus client_java. */
final class SwarmCollector implements MultiCollector {

  private static final int MOST_BUCKETS = 160; // the default of client_java
  private static final double ZERO_THRESHOLD = Math.scalb(1.0, -128); // the same; far below 1 ns

  // The classic buckets end at powers of two, from 2^-7 s (8 ms) to 2^6 s (64 s): these bounds are
  // bounds of native buckets too, so the classic counts are exact.
  private static final int LOWEST_EXPONENT = -7;
  private static final int HIGHEST_EXPONENT = 6;

  private final StatsReader reader;

  SwarmCollector(StatsReader reader) {
    this.reader = reader;
  }

  /** Takes one snapshot per scrape, so all figures of a scrape belong together. */
  @Override
  public MetricSnapshots collect() {
    AggregatedStats now = reader.aggregate();
    Errors errors = now.errors();
    Counters counters = new Counters(now.startTime().toEpochMilli());
    return MetricSnapshots.of(
        counters.requests(now.requests()),
        counters.total(
            "swarm_output_bytes",
            "Size of FFmpeg's output as flushed (total_size); 0 for outputs without a file",
            now.totalBytes()),
        counters.total(
            "swarm_downloaded_bytes", "Size of the downloaded segments", now.downloadedBytes()),
        counters.httpErrors(errors),
        counters.total("swarm_timeouts", "Requests timed out", errors.timeouts()),
        counters.total("swarm_reconnections", "Reconnections", errors.reconnections()),
        counters.total("swarm_process_starts", "FFmpeg processes started", now.processStarts()),
        counters.total(
            "swarm_stalls",
            "Stalls that ended: media was missing or too slow for longer than the stall duration",
            now.playback().stalls()),
        counters.seconds(
            "swarm_stalled_seconds",
            "Time that viewers waited for media",
            now.playback().stalledTime()),
        gauge("swarm_clients", "Live clients", now.clients().active()),
        gauge(
            "swarm_stalled_clients",
            "Live clients that are stalled",
            now.clients().stalled()),
        gauge(
            "swarm_silent_clients",
            "Live clients whose process reports nothing",
            now.clients().silent()),
        gauge(
            "swarm_high_drift_clients",
            "Live clients with high drift",
            now.clients().highDrift()),
        wallTimes(now.segmentWallTimes(), now.startTime().toEpochMilli()));
  }

  /**
   * Makes counters whose created timestamp is the start of the epoch. Prometheus can then count the
   * first errors of a status, although the series of the status begins with these errors.
   *
   * @param startMillis the start of the epoch
   */
  private record Counters(long startMillis) {

    CounterSnapshot requests(Requests requests) {
      return counter(
          "swarm_requests",
          "Requests by kind",
          List.of(
              point(Labels.of("kind", "manifest"), requests.manifest()),
              point(Labels.of("kind", "segment"), requests.segment()),
              point(Labels.of("kind", "init"), requests.init()),
              point(Labels.of("kind", "unknown"), requests.unknown())));
    }

    CounterSnapshot httpErrors(Errors errors) {
      List<CounterDataPointSnapshot> points = new ArrayList<>();
      errors
          .http()
          .forEach(
              (code, count) -> points.add(point(Labels.of("status", Errors.label(code)), count)));
      return counter("swarm_http_errors", "HTTP errors by status", points);
    }

    CounterSnapshot total(String name, String help, long value) {
      return counter(name, help, List.of(point(Labels.EMPTY, value)));
    }

    CounterSnapshot seconds(String name, String help, Duration value) {
      return counter(name, help, List.of(point(Labels.EMPTY, SwarmCollector.seconds(value))));
    }

    private CounterDataPointSnapshot point(Labels labels, long value) {
      return point(labels, (double) value);
    }

    private CounterDataPointSnapshot point(Labels labels, double value) {
      return CounterDataPointSnapshot.builder()
          .labels(labels)
          .value(value)
          .createdTimestampMillis(startMillis)
          .build();
    }

    private static CounterSnapshot counter(
        String name, String help, List<CounterDataPointSnapshot> points) {
      CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
      points.forEach(counter::dataPoint);
      return counter.build();
    }
  }

  /** Returns one histogram with native and classic buckets. Prometheus stores one kind. */
  private static HistogramSnapshot wallTimes(LatencySnapshot wall, long startMillis) {
    FoldedBuckets buckets = FoldedBuckets.of(wall);
    FoldedBuckets few = buckets.withAtMost(MOST_BUCKETS);
    HistogramDataPointSnapshot.Builder point = HistogramDataPointSnapshot.builder()
        .nativeSchema(few.schema())
        .nativeZeroThreshold(ZERO_THRESHOLD)
        .nativeZeroCount(few.zeros())
        .nativeBucketsForPositiveValues(nativeBuckets(few))
        .classicHistogramBuckets(classicBuckets(buckets.atSchema(0), wall.count()));
    point.sum(seconds(wall.sum())).createdTimestampMillis(startMillis);
    return HistogramSnapshot.builder()
        .name("swarm_segment_wall_time_seconds")
        .help("Time to download a segment")
        .dataPoint(point.build())
        .build();
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

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9; // a sum can exceed 292 years
  }

  private static GaugeSnapshot gauge(String name, String help, long clients) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value((double) clients).build())
        .build();
  }
}
