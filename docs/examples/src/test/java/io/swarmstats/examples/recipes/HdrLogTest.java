package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

/** What HdrHistogram's own reader finds in the log. */
class HdrLogTest {

  /** Half a bucket, and HdrHistogram's three digits. */
  private static final double ERROR = 0.0055 + 0.001;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  private static List<Histogram> read(byte[] log) {
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log));
    List<Histogram> histograms = new ArrayList<>();
    while (reader.hasNext()) {
      histograms.add((Histogram) reader.nextIntervalHistogram());
    }
    return histograms;
  }

  @Test
  void log_readBack_hasTheIntervals() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StatsReader reader = swarm.newReader();
    List<Interval> intervals = new ArrayList<>();
    AggregatedStats before = reader.aggregate();
    Instant start = before.startTime();
    try (HdrLog log = new HdrLog(file, start)) {
      for (int i = 1; i <= 3; i++) {
        long[] latencies = ExactBuckets.random(i, 1_000 * i);
        Arrays.stream(latencies)
            .map(nanos -> nanos % 60_000_000_000L)
            .forEach(swarm::recordSegmentWallTime);
        clock.advance(Duration.ofSeconds(10));
        AggregatedStats now = reader.aggregate();
        log.write(now.since(before));
        intervals.add(now.since(before));
        before = now;
      }
    }

    List<Histogram> histograms = read(file.toByteArray());

    assertThat(histograms).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Histogram histogram = histograms.get(i);
      requireSame(histogram, intervals.get(i).segmentWallTimes());
      assertThat(Instant.ofEpochMilli(histogram.getStartTimeStamp()))
          .isEqualTo(start.plusSeconds(10L * i));
      assertThat(Instant.ofEpochMilli(histogram.getEndTimeStamp()))
          .isEqualTo(start.plusSeconds(10L * (i + 1)));
    }
  }

  private static void requireSame(Histogram histogram, LatencySnapshot wall) {
    assertThat(histogram.getTotalCount()).isEqualTo(wall.count());
    for (double quantile : new double[] {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1}) {
      double ours = wall.percentile(quantile).toNanos();
      assertThat((double) histogram.getValueAtPercentile(100 * quantile))
          .as("percentile %s", quantile)
          .isCloseTo(ours, within(1 + ours * 0.001));
    }
    assertThat(histogram.getMean() / wall.mean().toNanos()).isCloseTo(1, within(ERROR));
  }

  @Test
  void percentiles_areWithinBothErrorsOfTheLatencies() {
    long[] latencies = ExactBuckets.random(7, 10_001);
    Histogram histogram = HdrLog.histogramOf(ExactBuckets.snapshot(latencies));
    Arrays.sort(latencies);

    for (int rank = 1; rank <= latencies.length; rank += 100) {
      double exact = latencies[rank - 1];
      assertThat((double) histogram.getValueAtPercentile(100.0 * rank / latencies.length))
          .isCloseTo(exact, within(1 + exact * ERROR));
    }
  }

  @Test
  void everyBucket_isCountedInside() {
    for (long nanos : ExactBuckets.bounds()) {
      // between two others, so that the extremes do not help
      LatencySnapshot wall = ExactBuckets.snapshot(0, nanos, Long.MAX_VALUE);
      LatencySnapshot.Bounds bounds = wall.percentileBounds(0.5);

      Histogram histogram = HdrLog.histogramOf(wall);

      assertThat(histogram.getTotalCount()).isEqualTo(3);
      assertThat((double) histogram.getValueAtPercentile(50))
          .isBetween(bounds.lower().toNanos() * 0.999, bounds.upper().toNanos() * 1.001);
    }
  }

  @Test
  void nothing_isAnEmptyLine() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AggregatedStats now = swarm.aggregate();
    try (HdrLog log = new HdrLog(file, now.startTime())) {
      log.write(now.since(now));
    }

    assertThat(read(file.toByteArray()))
        .singleElement()
        .satisfies(histogram -> assertThat(histogram.getTotalCount()).isZero());
  }
}
