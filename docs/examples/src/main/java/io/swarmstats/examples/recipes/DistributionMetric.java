package io.swarmstats.examples.recipes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The wall times of a snapshot as a cumulative exponential histogram of OpenTelemetry. */
final class WallTimeMetric implements MetricData {

  private static final int MOST_BUCKETS = 160; // the default of the SDK

  private final Resource resource;
  private final ExponentialHistogramData data;

  WallTimeMetric(Resource resource, AggregatedStats now) {
    this.resource = resource;
    this.data = ExponentialHistogramData.create(
        AggregationTemporality.CUMULATIVE,
        List.of(point(now.segmentWallTimes(), now.startTime(), now.timestamp())));
  }

  private static ExponentialHistogramPointData point(
      LatencySnapshot wall, Instant start, Instant now) {
    FoldedBuckets buckets = FoldedBuckets.of(wall).spanningAtMost(MOST_BUCKETS);
    return ExponentialHistogramPointData.create(
        buckets.schema(),
        seconds(wall.sum()),
        buckets.zeros(),
        !wall.isEmpty(),
        seconds(wall.min()),
        !wall.isEmpty(),
        seconds(wall.max()),
        positive(buckets),
        ExponentialHistogramBuckets.create(buckets.schema(), 0, List.of()),
        epochNanos(start),
        epochNanos(now),
        Attributes.empty(),
        List.of());
  }

  /** Returns the counts from the first occupied bucket to the last one. */
  private static ExponentialHistogramBuckets positive(FoldedBuckets buckets) {
    SortedMap<Integer, Long> counts = buckets.counts();
    if (counts.isEmpty()) {
      return ExponentialHistogramBuckets.create(buckets.schema(), 0, List.of());
    }
    List<Long> dense = IntStream.rangeClosed(counts.firstKey(), counts.lastKey())
        .mapToObj(index -> counts.getOrDefault(index, 0L))
        .toList();
    // OpenTelemetry numbers buckets by their lower bounds, so its indexes are lower by one
    return ExponentialHistogramBuckets.create(buckets.schema(), counts.firstKey() - 1, dense);
  }

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9; // a sum can exceed 292 years
  }

  private static long epochNanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return InstrumentationScopeInfo.create("io.swarmstats");
  }

  @Override
  public String getName() {
    return "swarm.segment.wall_time";
  }

  @Override
  public String getDescription() {
    return "Time to download a segment";
  }

  @Override
  public String getUnit() {
    return "s";
  }

  @Override
  public MetricDataType getType() {
    return MetricDataType.EXPONENTIAL_HISTOGRAM;
  }

  @Override
  public ExponentialHistogramData getData() {
    return data;
  }
}
