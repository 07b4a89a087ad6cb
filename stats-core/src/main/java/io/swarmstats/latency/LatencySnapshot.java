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
 * <p>Count, minimum, maximum and mean are exact. Percentiles come from the centroids of a t-digest;
 * as long as there are so few samples that each is a centroid of its own (about a hundred at the
 * default compression), they are exact too.
 */
public final class LatencySnapshot {

  /** The distribution of no latency at all. */
  public static final LatencySnapshot EMPTY =
      new LatencySnapshot(new ExactMean(), 0, 0, new double[0], new long[0]);

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ExactMean mean; // not changed any more
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
   * Returns the distribution of all samples of some others, at least one, none of them empty.
   *
   * <p>Has the centroids of all: none is merged with another, so that no accuracy is lost.
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
   * Returns a distribution that was taken apart into its figures: written somewhere, and read
   * again.
   *
   * <p>Equal to the one that the figures are from. Pure; O(centroids).
   *
   * @param min the shortest latency; at least zero, as all of them
   * @param max the longest latency
   * @param mean the mean latency
   * @param centroids what {@link #centroids()} gave; empty if nothing was recorded
   * @return an immutable distribution
   * @throws NullPointerException if a figure or a centroid is null
   * @throws IllegalArgumentException if a figure contradicts another: min above mean, mean above
   *     max, centroids that do not ascend or are not between min and max, a time that is not zero
   *     without a centroid, or one that is beyond 292 years
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
   * Latencies that are close to each other, in the place of each of them.
   *
   * @param nanos their mean in nanoseconds; at least 0, finite
   * @param count how many they are; at least 1
   */
  public record Centroid(double nanos, long count) {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is outside its range
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
   * Returns the centroids of the t-digest, from which the percentiles come: with {@link #min()},
   * {@link #max()} and {@link #mean()} all that there is to know, for {@link #of} to make the
   * distribution again.
   *
   * <p>Allocates the list.
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
   * Returns how many latencies were recorded.
   *
   * @return at least 0
   */
  public long count() {
    return count;
  }

  /**
   * Returns whether none was recorded.
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
   * Returns the latency that a share of all latencies do not exceed: the one of rank
   * {@code ceil(quantile * count())}, counted from 1.
   *
   * <p>Between two centroids it is interpolated over the ranks of their middles. Does not decrease
   * with the quantile, and is between {@link #min()} and {@link #max()}, which are its values at 0
   * and 1. O(centroids).
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
    double rank = Math.ceil(Math.nextDown(quantile * count)); // 0.07 * 100 is a bit above 7
    if (rank <= 1) {
      return min(); // known exactly, which a centroid, a double, is not above 2^53
    }
    if (rank >= count) {
      return max();
    }
    long nanos = Math.round(valueAtRank(rank));
    return Duration.ofNanos(Math.max(minNanos, Math.min(maxNanos, nanos)));
  }

  private double valueAtRank(double rank) {
    double before = 0; // samples in the centroids before this one
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
