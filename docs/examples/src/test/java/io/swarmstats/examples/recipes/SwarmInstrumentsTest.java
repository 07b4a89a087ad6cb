package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The exponential histogram of the wall times, against the one that the SDK would have made. */
class SwarmInstrumentsTest {

  private static final String NAME = "swarm.segment.wall_time";

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  private MetricData wallTimes() {
    InMemoryMetricReader collector = InMemoryMetricReader.create();
    SdkMeterProvider provider = SdkMeterProvider.builder()
        .registerMetricProducer(new SwarmInstruments(swarm.newReader()::aggregate, Map.of()))
        .registerMetricReader(collector)
        .build();
    try (provider) {
      return only(collector);
    }
  }

  private ExponentialHistogramPointData point() {
    return wallTimes().getExponentialHistogramData().getPoints().iterator().next();
  }

  private static MetricData only(InMemoryMetricReader collector) {
    return collector.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(NAME))
        .findFirst()
        .orElseThrow();
  }

  /** Records the latencies through a histogram of the SDK. */
  private static ExponentialHistogramPointData ofTheSdk(long... latencies) {
    InMemoryMetricReader collector = InMemoryMetricReader.create();
    SdkMeterProvider provider = SdkMeterProvider.builder()
        .registerMetricReader(collector)
        .registerView(
            InstrumentSelector.builder().setName(NAME).build(),
            View.builder()
                .setAggregation(Aggregation.base2ExponentialBucketHistogram(
                    Base2ExponentialHistogramOptions.builder().setMaxScale(6).build()))
                .build())
        .build();
    try (provider) {
      DoubleHistogram histogram = provider.get("test").histogramBuilder(NAME).build();
      for (long nanos : latencies) {
        histogram.record(nanos / 1e9);
      }
      return only(collector)
          .getExponentialHistogramData()
          .getPoints()
          .iterator()
          .next();
    }
  }

  private static SortedMap<Integer, Long> counts(ExponentialHistogramBuckets buckets) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (int i = 0; i < buckets.getBucketCounts().size(); i++) {
      if (buckets.getBucketCounts().get(i) > 0) {
        counts.put(buckets.getOffset() + i, buckets.getBucketCounts().get(i));
      }
    }
    return counts;
  }

  /**
   * Random latencies that are not next to a bound. The SDK indexes by floating-point logarithms,
   * which can be wrong by one bucket there.
   */
  private static long[] awayFromBounds(long seed, double lowest, double highest) {
    Random random = new Random(seed);
    return LongStream.generate(
            () -> (long) (lowest * Math.pow(highest / lowest, random.nextDouble())))
        .filter(nanos -> ExactBuckets.indexOf(nanos - 1, 6) == ExactBuckets.indexOf(nanos + 1, 6))
        .limit(2_000)
        .toArray();
  }

  private void requireAsTheSdk(int scale, long... latencies) {
    for (long nanos : latencies) {
      swarm.recordSegmentWallTime(nanos);
    }

    ExponentialHistogramPointData ours = point();
    ExponentialHistogramPointData theirs = ofTheSdk(latencies);

    assertThat(ours.getScale()).isEqualTo(theirs.getScale()).isEqualTo(scale);
    assertThat(counts(ours.getPositiveBuckets())).isEqualTo(counts(theirs.getPositiveBuckets()));
    assertThat(ours.getNegativeBuckets().getTotalCount()).isZero();
    assertThat(ours.getZeroCount()).isEqualTo(theirs.getZeroCount());
    assertThat(ours.getCount()).isEqualTo(theirs.getCount());
    assertThat(ours.getMin()).isEqualTo(theirs.getMin());
    assertThat(ours.getMax()).isEqualTo(theirs.getMax());
    assertThat(ours.getSum()).isCloseTo(theirs.getSum(), within(theirs.getSum() * 1e-9));
  }

  @Test
  void latenciesOfTwoOctaves_haveTheBucketsOfTheSdk() {
    requireAsTheSdk(6, awayFromBounds(1, 2e8, 8e8));
  }

  @Test
  void latenciesOfManyOctaves_areFoldedAsTheSdkFolds() {
    requireAsTheSdk(2, awayFromBounds(2, 1e4, 1e11));
  }

  @Test
  void zeros_areCountedAsTheSdkCountsThem() {
    requireAsTheSdk(
        6,
        LongStream.concat(LongStream.of(0, 0, 0), Arrays.stream(awayFromBounds(3, 2e8, 8e8)))
            .toArray());
  }

  /** At a bound, exact arithmetic decides: OpenTelemetry's buckets include their upper bounds. */
  @Test
  void latenciesAtBounds_areInTheExactBucket() {
    long[] bounds = Arrays.stream(ExactBuckets.bounds())
        .filter(nanos -> nanos > 1_000_000_000 && nanos < 4_000_000_000L)
        .toArray();
    for (long nanos : bounds) {
      swarm.recordSegmentWallTime(nanos);
    }

    SortedMap<Integer, Long> exact = new TreeMap<>();
    ExactBuckets.counts(bounds, 6).forEach((index, count) -> exact.put(index - 1, count));
    assertThat(counts(point().getPositiveBuckets())).isEqualTo(exact);
  }

  @Test
  void histogram_isCumulativeSinceTheEpochBegan() {
    clock.advance(Duration.ofSeconds(5));
    swarm.reset();
    clock.advance(Duration.ofSeconds(7));
    swarm.recordSegmentWallTime(250_000_000);
    Instant start = swarm.aggregate().startTime();

    MetricData metric = wallTimes();
    ExponentialHistogramPointData point =
        metric.getExponentialHistogramData().getPoints().iterator().next();

    assertThat(metric.getUnit()).isEqualTo("s");
    assertThat(metric.getExponentialHistogramData().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.CUMULATIVE);
    assertThat(Instant.ofEpochSecond(0, point.getStartEpochNanos())).isEqualTo(start);
    assertThat(Instant.ofEpochSecond(0, point.getEpochNanos())).isEqualTo(start.plusSeconds(7));
  }

  @Test
  void twoSwarmsOfOneProvider_areBothInOneCollection() {
    InMemoryMetricReader collector = InMemoryMetricReader.create();
    SwarmInstruments live =
        new SwarmInstruments(swarm.newReader()::aggregate, Map.of("swarm", "live"));
    SwarmInstruments vod =
        new SwarmInstruments(new StatsAggregator().newReader()::aggregate, Map.of("swarm", "vod"));
    try (SdkMeterProvider provider = SdkMeterProvider.builder()
        .registerMetricReader(collector)
        .registerMetricProducer(live)
        .registerMetricProducer(vod)
        .build()) {
      live.register(provider.get("io.swarmstats"));
      vod.register(provider.get("io.swarmstats"));
      List<MetricData> metrics = List.copyOf(collector.collectAllMetrics());

      for (String name : List.of("swarm.clients", NAME)) {
        assertThat(metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getData().getPoints().stream())
                .map(point -> point.getAttributes().get(AttributeKey.stringKey("swarm"))))
            .containsExactlyInAnyOrder("live", "vod");
      }
    }
  }

  @Test
  void nothingRecorded_isAnEmptyPoint() {
    ExponentialHistogramPointData point = point();

    assertThat(point.getCount()).isZero();
    assertThat(point.getSum()).isZero();
    assertThat(point.hasMin()).isFalse();
    assertThat(point.hasMax()).isFalse();
  }

  @Test
  void latenciesOfAllOctaves_fitIntoTheLimitOfTheSdk() {
    long[] bounds = ExactBuckets.bounds();
    for (long nanos : bounds) {
      swarm.recordSegmentWallTime(nanos);
    }

    assertThat(point().getPositiveBuckets().getBucketCounts()).hasSizeBetween(81, 160);
    assertThat(point().getCount()).isEqualTo(bounds.length);
  }
}
