package io.swarmstats.latency;

import io.swarmstats.internal.ExactMean;
import io.swarmstats.internal.Saturating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of latencies at one moment. Immutable.
 *
 * <p>Count, minimum, maximum and mean are exact. Percentiles come from the centroids of a t-digest.
 * Up to about 100 samples at the default compression, each sample is a centroid, and percentiles
 * are exact too. {@link LatencyDigest} states the error beyond that.
 */
public final class LatencySnapshot {

  /** The distribution of no latencies. */
  public static final LatencySnapshot EMPTY =
      new LatencySnapshot(new ExactMean(), 0, 0, new double[0], new long[0]);

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ExactMean mean; // never changes
  private final long count;
  private final long minNanos;
  private final long maxNanos;
  private final long meanNanos;
  private final double[] values; // of the centroids, ascending
  private final long[] weights;

  LatencySnapshot(ExactMean mean, long minNanos, long maxNanos, double[] values, long[] weights) {
    this.mean = mean;
    this.count = mean.count();
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.meanNanos = mean.floor();
    this.values = values;
    this.weights = weights;
  }

  /**
   * Returns the distribution of the samples of all parts. There is at least one part, and no part
   * is empty.
   *
   * <p>The result has all centroids of the parts. Merging centroids would lose accuracy.
   */
  static LatencySnapshot union(LatencySnapshot... parts) {
    if (parts.length == 1) {
      return parts[0];
    }
    ExactMean mean = new ExactMean();
    long min = Long.MAX_VALUE;
    long max = 0;
    List<Centroid> centroids = new ArrayList<>();
    for (LatencySnapshot part : parts) {
      mean.addAll(part.mean);
      min = Math.min(min, part.minNanos);
      max = Math.max(max, part.maxNanos);
      part.addCentroidsTo(centroids);
    }
    centroids.sort(Comparator.comparingDouble(Centroid::nanos));
    return new LatencySnapshot(
        mean,
        min,
        max,
        centroids.stream().mapToDouble(Centroid::nanos).toArray(),
        centroids.stream().mapToLong(Centroid::count).toArray());
  }

  /**
   * Returns a distribution with the given figures, for example after reading them from JSON.
   *
   * <p>The figures of a distribution give a distribution that equals the original. The figures must
   * fit together:
   *
   * <ul>
   *   <li>Each time is between zero and 292 years, and {@code min <= mean <= max}.
   *   <li>The centroids ascend from min to max. Without centroids, all times are zero.
   *   <li>The sum of all latencies is below 2^95 nanoseconds.
   * </ul>
   *
   * <p>A pure function. O(centroids), in time and allocation.
   *
   * @param min the shortest latency; at least zero
   * @param max the longest latency
   * @param mean the mean latency
   * @param centroids the result of {@link #centroids()}; empty for no latencies
   * @return an immutable distribution
   * @throws NullPointerException if a figure or a centroid is null
   * @throws IllegalArgumentException if the figures do not fit together
   */
  public static LatencySnapshot of(
      Duration min, Duration max, Duration mean, List<Centroid> centroids) {
    long minNanos = nanos("min", min);
    long maxNanos = nanos("max", max);
    long meanNanos = nanos("mean", mean);
    require(minNanos <= meanNanos, "min must be at most mean", min + " > " + mean);
    require(meanNanos <= maxNanos, "mean must be at most max", mean + " > " + max);
    List<Centroid> copy =
        List.copyOf(Objects.requireNonNull(centroids, "centroids must not be null"));
    require(maxNanos == 0 || !copy.isEmpty(), "max must be zero where there are no centroids", max);
    double last = minNanos;
    long count = 0;
    for (Centroid centroid : copy) {
      require(centroid.nanos >= last, "centroids must ascend from min", centroid);
      require(centroid.nanos <= maxNanos, "centroids must not be above max", centroid);
      last = centroid.nanos;
      count = Saturating.add(count, centroid.count);
    }
    require(
        Math.multiplyHigh(meanNanos, count) < 1L << 31,
        "mean must be below 2^95 / count nanoseconds",
        mean);
    return new LatencySnapshot(
        ExactMean.of(meanNanos, count),
        minNanos,
        maxNanos,
        copy.stream().mapToDouble(Centroid::nanos).toArray(),
        copy.stream().mapToLong(Centroid::count).toArray());
  }

  private static long nanos(String name, Duration duration) {
    Objects.requireNonNull(duration, name + " must not be null");
    require(!duration.isNegative(), name + " must not be negative", duration);
    require(duration.compareTo(LONGEST) <= 0, name + " must be at most " + LONGEST, duration);
    return duration.toNanos();
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * Latencies close to each other, represented by their mean.
   *
   * @param nanos the mean in nanoseconds; at least 0 and finite
   * @param count the number of latencies; at least 1
   */
  public record Centroid(double nanos, long count) {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a component is outside its range
     */
    public Centroid {
      if (!(nanos >= 0 && nanos < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("nanos must be at least 0 and finite: " + nanos);
      }
      if (count < 1) {
        throw new IllegalArgumentException("count must be at least 1: " + count);
      }
    }
  }

  /**
   * Returns the centroids from which the percentiles are computed.
   *
   * <p>The centroids, {@link #min()}, {@link #max()} and {@link #mean()} are the complete data of a
   * distribution. {@link #of} makes an equal distribution from these data. O(centroids); allocates
   * the list.
   *
   * @return in ascending order, unmodifiable
   */
  public List<Centroid> centroids() {
    List<Centroid> centroids = new ArrayList<>(values.length);
    addCentroidsTo(centroids);
    return Collections.unmodifiableList(centroids);
  }

  private void addCentroidsTo(List<Centroid> centroids) {
    for (int i = 0; i < values.length; i++) {
      centroids.add(new Centroid(values[i], weights[i]));
    }
  }

  /**
   * Returns the number of recorded latencies.
   *
   * @return at least 0
   */
  public long count() {
    return count;
  }

  /**
   * Returns whether there are no latencies.
   *
   * @return true if the count is 0
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the shortest latency.
   *
   * @return exact; zero when empty
   */
  public Duration min() {
    return Duration.ofNanos(minNanos);
  }

  /**
   * Returns the longest latency.
   *
   * @return exact; zero when empty
   */
  public Duration max() {
    return Duration.ofNanos(maxNanos);
  }

  /**
   * Returns the mean latency.
   *
   * @return exact, rounded down to the nanosecond; zero when empty
   */
  public Duration mean() {
    return Duration.ofNanos(meanNanos);
  }

  /**
   * Returns the latency at rank {@code ceil(quantile * count())}, where rank 1 is the shortest
   * latency.
   *
   * <p>A share {@code quantile} of all latencies is at most the result. Between two centroids the
   * result is interpolated. The result never decreases as the quantile grows. The result is
   * {@link #min()} at 0 and {@link #max()} at 1. O(centroids), no allocation except the result.
   *
   * @param quantile the share, 0..1
   * @return the latency; zero when empty
   * @throws IllegalArgumentException if the quantile is NaN or outside 0..1
   */
  public Duration percentile(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be between 0 and 1: " + quantile);
    }
    if (isEmpty()) {
      return Duration.ZERO;
    }
    double rank = Math.ceil(Math.nextDown(quantile * count)); // 0.07 * 100 is slightly above 7
    if (rank <= 1) {
      return min(); // exact; the value of a centroid is a double, which rounds above 2^53
    }
    if (rank >= count) {
      return max();
    }
    long nanos = Math.round(valueAtRank(rank));
    return Duration.ofNanos(Math.max(minNanos, Math.min(maxNanos, nanos)));
  }

  private double valueAtRank(double rank) {
    double before = 0; // the number of samples in the centroids before i
    double lastMiddle = 1;
    double lastValue = values[0];
    for (int i = 0; i < values.length; i++) {
      double middle = before + (weights[i] + 1) / 2.0;
      if (rank <= middle) {
        double share = middle == lastMiddle ? 1 : (rank - lastMiddle) / (middle - lastMiddle);
        return Math.min(values[i], lastValue + share * (values[i] - lastValue));
      }
      before += weights[i];
      lastMiddle = middle;
      lastValue = values[i];
    }
    return lastValue;
  }

  /**
   * Returns the first quartile.
   *
   * @return {@code percentile(0.25)}
   */
  public Duration p25() {
    return percentile(0.25);
  }

  /**
   * Returns the median.
   *
   * @return {@code percentile(0.50)}
   */
  public Duration p50() {
    return percentile(0.50);
  }

  /**
   * Returns the third quartile.
   *
   * @return {@code percentile(0.75)}
   */
  public Duration p75() {
    return percentile(0.75);
  }

  /**
   * Returns the 95th percentile.
   *
   * @return {@code percentile(0.95)}
   */
  public Duration p95() {
    return percentile(0.95);
  }

  /**
   * Returns the 99th percentile.
   *
   * @return {@code percentile(0.99)}
   */
  public Duration p99() {
    return percentile(0.99);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LatencySnapshot that
        && count == that.count
        && minNanos == that.minNanos
        && maxNanos == that.maxNanos
        && meanNanos == that.meanNanos
        && Arrays.equals(values, that.values)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(count) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return isEmpty()
        ? "LatencySnapshot[count=0]"
        : String.format(
            Locale.ROOT,
            "LatencySnapshot[count=%d, min=%s, p50=%s, p95=%s, p99=%s, max=%s]",
            count,
            min(),
            p50(),
            p95(),
            p99(),
            max());
  }
}
