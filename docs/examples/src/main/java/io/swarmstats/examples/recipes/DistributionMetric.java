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
import io.swarmstats.snapshot.Figure;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A distribution of a snapshot as a cumulative exponential histogram of OpenTelemetry. */
final class DistributionMetric implements MetricData {

  private static final int MOST_BUCKETS = 160; // the default of the SDK

  private final Resource resource;
  private final Figure.Distribution figure;
  private final ExponentialHistogramData data;

  DistributionMetric(
      Resource resource,
      Figure.Distribution figure,
      Attributes attributes,
      Instant start,
      Instant now) {
    this.resource = resource;
    this.figure = figure;
    this.data = ExponentialHistogramData.create(
        AggregationTemporality.CUMULATIVE, List.of(point(figure.value(), attributes, start, now)));
  }

  private static ExponentialHistogramPointData point(
      LatencySnapshot wall, Attributes attributes, Instant start, Instant now) {
    FoldedBuckets buckets = FoldedBuckets.of(wall).spanningAtMost(MOST_BUCKETS);
    return ExponentialHistogramPointData.create(
        buckets.schema(),
        PrometheusUnits.seconds(wall.sum()),
        buckets.zeros(),
        !wall.isEmpty(),
        PrometheusUnits.seconds(wall.min()),
        !wall.isEmpty(),
        PrometheusUnits.seconds(wall.max()),
        positive(buckets),
        ExponentialHistogramBuckets.create(buckets.schema(), 0, List.of()),
        epochNanos(start),
        epochNanos(now),
        attributes,
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
    return figure.name();
  }

  @Override
  public String getDescription() {
    return figure.help();
  }

  @Override
  public String getUnit() {
    return figure.unit();
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
