package io.swarmstats.latency;

import io.swarmstats.internal.Saturating;
import io.swarmstats.internal.WideSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable distribution of latencies: all latencies up to a moment, or only the latencies of a
 * window between two moments.
 *
 * <p>The latencies are counted in buckets. Bucket {@code i} holds the latencies above 2^((i-1)/64)
 * and up to 2^(i/64) seconds; one more bucket holds zero. So a bucket is at most 1.1 % wide. These
 * are the buckets of Prometheus' native histograms of schema 6. OpenTelemetry's exponential
 * histograms of scale 6 have the same bounds and give each bucket an index that is lower by one.
 *
 * <p>Count and buckets are exact. Sum, minimum and maximum are exact once no thread records.
 * {@link #plus} adds snapshots without loss. {@link #since} subtracts them: buckets, count and sum
 * stay exact, and each extreme is off by at most the width of a bucket. All methods are pure
 * functions.
 */
public final class LatencySnapshot {

  /** The schema of the buckets: 2^6 of them for each power of two. */
  public static final int SCHEMA = Buckets.SCHEMA;

  /** The distribution of no latency at all. */
  public static final LatencySnapshot EMPTY =
      new LatencySnapshot(0, new long[0], BigInteger.ZERO, 0, 0);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int first; // bucket of counts[0]
  private final long[] counts; // neither the first nor the last is 0
  private final long count;
  private final BigInteger sum;
  private final long min;
  private final long max;

  private LatencySnapshot(int first, long[] counts, BigInteger sum, long min, long max) {
    this.first = first;
    this.counts = counts;
    this.sum = sum;
    this.min = min;
    this.max = max;
    long count = 0;
    for (long inBucket : counts) {
      count = Saturating.add(count, inBucket);
    }
    this.count = count;
  }

  /**
   * Returns a snapshot of figures that were read while other threads may have recorded. The sum and
   * the extremes can include latencies that no bucket counts yet. This method cuts both down to
   * what the buckets allow.
   */
  static LatencySnapshot read(int first, long[] counts, BigInteger sum, long min, long max) {
    LatencySnapshot read = ofBuckets(first, counts, sum, min, max);
    return read.isEmpty()
        ? EMPTY
        : new LatencySnapshot(
            read.first, read.counts, sum.min(read.greatestSum()), read.min, read.max);
  }

  /** Drops empty buckets at both ends, and takes extremes that lie in the buckets that remain. */
  private static LatencySnapshot ofBuckets(
      int first, long[] counts, BigInteger sum, long min, long max) {
    int from = 0;
    int to = counts.length;
    while (from < to && counts[from] == 0) {
      from++;
    }
    while (from < to && counts[to - 1] == 0) {
      to--;
    }
    if (from == to) {
      return new LatencySnapshot(0, EMPTY.counts, sum, 0, 0);
    }
    long shortest = Math.max(min, Buckets.lower(first + from) + 1);
    long longest = Math.min(max, Buckets.upper(first + to - 1));
    return new LatencySnapshot(
        first + from, Arrays.copyOfRange(counts, from, to), sum, shortest, longest);
  }

  private BigInteger greatestSum() {
    WideSum greatest = new WideSum();
    for (int i = 0; i < counts.length; i++) {
      greatest.addProduct(counts[i], Math.min(max, Buckets.upper(first + i)));
    }
    return greatest.value();
  }

  /**
   * Builds a distribution from the figures that {@link #buckets}, {@link #sum}, {@link #min} and
   * {@link #max} of another distribution returned, in this JVM or in another.
   *
   * @param buckets the occupied buckets, ascending by index
   * @param sum the sum of all latencies; at least zero. The sum of a difference ({@link #since})
   *     can lie outside what the buckets allow, so this method accepts every sum
   * @param min the shortest latency, which lies in the first bucket; zero without buckets
   * @param max the longest latency, which lies in the last bucket; zero without buckets
   * @return a distribution that is equal to the other one
   * @throws NullPointerException if an argument or a bucket is null
   * @throws IllegalArgumentException if the figures contradict each other; the message has the rule
   *     and the value
   */
  public static LatencySnapshot of(List<Bucket> buckets, Duration sum, Duration min, Duration max) {
    List<Bucket> copy = List.copyOf(Objects.requireNonNull(buckets, "buckets must not be null"));
    require(
        !Objects.requireNonNull(sum, "sum must not be null").isNegative(),
        "sum must be at least zero",
        sum);
    long minNanos = nanos("min", min);
    long maxNanos = nanos("max", max);
    BigInteger sumNanos = BigInteger.valueOf(sum.getSeconds())
        .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
        .add(BigInteger.valueOf(sum.getNano()));
    if (copy.isEmpty()) {
      require(minNanos == 0, "min must be zero without buckets", min);
      require(maxNanos == 0, "max must be zero without buckets", max);
      return new LatencySnapshot(0, EMPTY.counts, sumNanos, 0, 0);
    }
    int first = copy.get(0).index - Buckets.ZERO_INDEX;
    int last = copy.get(copy.size() - 1).index - Buckets.ZERO_INDEX;
    long[] counts = new long[Math.max(0, last - first) + 1];
    int before = first - 1;
    for (Bucket bucket : copy) {
      int at = bucket.index - Buckets.ZERO_INDEX;
      require(at > before && at <= last, "buckets must ascend by index", bucket);
      counts[at - first] = bucket.count;
      before = at;
    }
    require(Buckets.of(minNanos) == first, "min must lie in the first bucket", min);
    require(Buckets.of(maxNanos) == last, "max must lie in the last bucket", max);
    require(minNanos <= maxNanos, "min must be at most max", min + " > " + max);
    return new LatencySnapshot(first, counts, sumNanos, minNanos, maxNanos);
  }

  private static long nanos(String name, Duration duration) {
    Objects.requireNonNull(duration, name + " must not be null");
    require(!duration.isNegative(), name + " must be at least zero", duration);
    require(
        duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0,
        name + " must be at most 292 years",
        duration);
    return duration.toNanos();
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * Returns how many latencies there are.
   *
   * @return at least 0; saturates at {@link Long#MAX_VALUE}
   */
  public long count() {
    return count;
  }

  /**
   * Returns whether there is no latency.
   *
   * @return true if the count is 0
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the sum of all latencies.
   *
   * <p>Exact once no thread records. Before that, the sum can include latencies that no bucket
   * counts yet; the sum of a snapshot never exceeds what its buckets allow. Consecutive differences
   * can split such a latency: one has its nanoseconds, the next has its count. Their sums add up.
   *
   * @return at least zero; saturates at the longest duration
   */
  public Duration sum() {
    BigInteger[] seconds = sum.divideAndRemainder(BigInteger.valueOf(NANOS_PER_SECOND));
    return seconds[0].bitLength() < Long.SIZE
        ? Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue())
        : Duration.ofSeconds(Long.MAX_VALUE, NANOS_PER_SECOND - 1);
  }

  /**
   * Returns the shortest latency.
   *
   * @return exact; of a difference, as {@link #since} describes. Zero when empty
   */
  public Duration min() {
    return Duration.ofNanos(min);
  }

  /**
   * Returns the longest latency.
   *
   * @return exact; of a difference, as {@link #since} describes. Zero when empty
   */
  public Duration max() {
    return Duration.ofNanos(max);
  }

  /**
   * Returns the mean latency: {@link #sum} / {@link #count}, between {@link #min} and {@link #max}.
   *
   * @return rounded down to the nanosecond; zero when empty
   */
  public Duration mean() {
    if (isEmpty()) {
      return Duration.ZERO;
    }
    BigInteger mean = sum.divide(BigInteger.valueOf(count));
    return Duration.ofNanos(
        mean.max(BigInteger.valueOf(min)).min(BigInteger.valueOf(max)).longValueExact());
  }

  /**
   * Returns the latency of rank {@code ceil(quantile * count())}, counted from 1 (the nearest-rank
   * method). The share {@code quantile} of all latencies does not exceed this latency.
   *
   * <p>The rank is exact for the quantile as its decimal digits name it: 0.07 is seven hundredths.
   * The value is the middle of the bucket that holds the latency of this rank, cut to {@link #min}
   * and {@link #max} and rounded to the nanosecond. So the value is within 0.55 % of the latency
   * (below 3 µs: within 0.55 % and half a nanosecond), whatever the distribution and the order of
   * the latencies. A higher quantile never returns a lower value. O(buckets).
   *
   * @param quantile the share, 0..1
   * @return the latency; zero when empty
   * @throws IllegalArgumentException if the quantile is NaN or outside 0..1
   */
  public Duration percentile(double quantile) {
    int bucket = bucketAt(quantile);
    return isEmpty() ? Duration.ZERO : Duration.ofNanos(valueIn(bucket));
  }

  /**
   * Returns the bounds of the bucket that holds a percentile. The latency of this rank is certainly
   * between these bounds.
   *
   * @param quantile the share, 0..1, as for {@link #percentile}
   * @return the bounds; both zero when empty
   * @throws IllegalArgumentException if the quantile is NaN or outside 0..1
   */
  public Bounds percentileBounds(double quantile) {
    int bucket = bucketAt(quantile);
    return isEmpty()
        ? new Bounds(Duration.ZERO, Duration.ZERO)
        : new Bounds(lowerOf(bucket), upperOf(bucket));
  }

  /** Returns the bucket that holds the latency of a quantile's rank; any bucket when empty. */
  private int bucketAt(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile must be between 0 and 1: " + quantile);
    }
    // in decimals: as a double, 0.07 * 100 is above 7, and large counts have no exact product
    BigDecimal rank = BigDecimal.valueOf(quantile).multiply(BigDecimal.valueOf(count));
    return bucketOfRank(Math.max(1, rank.setScale(0, RoundingMode.CEILING).longValue()));
  }

  private int bucketOfRank(long rank) {
    long notAbove = 0;
    for (int i = 0; i < counts.length; i++) {
      notAbove = Saturating.add(notAbove, counts[i]);
      if (notAbove >= rank) {
        return first + i;
      }
    }
    return first + counts.length - 1;
  }

  /** Returns the middle of a bucket, cut to the extremes. */
  private long valueIn(int bucket) {
    long shortest = Buckets.lower(bucket) + 1;
    long middle = shortest + (Buckets.upper(bucket) - shortest) / 2;
    return cutToExtremes(middle);
  }

  private long cutToExtremes(long nanos) {
    return Math.max(min, Math.min(max, nanos));
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

  /**
   * Returns the share of the latencies that are at most as long as a limit.
   *
   * <p>Exact if the limit is a bound of a bucket. Otherwise the limit is inside a bucket, whose
   * latencies are assumed to be spread evenly. The result is then off by at most the share of the
   * latencies in this bucket. O(buckets).
   *
   * @param latency the limit
   * @return 0..1; 0 when empty
   */
  public double shareUpTo(Duration latency) {
    Objects.requireNonNull(latency, "latency must not be null");
    if (isEmpty() || latency.compareTo(min()) < 0) {
      return 0;
    }
    if (latency.compareTo(max()) >= 0) {
      return 1;
    }
    long limit = latency.toNanos();
    int at = Buckets.of(limit);
    double notAbove = 0;
    for (int i = 0; first + i < at; i++) {
      notAbove += counts[i];
    }
    long shortest = Math.max(min, Buckets.lower(at) + 1);
    long longest = Math.min(max, Buckets.upper(at));
    double part = (limit - shortest + 1.0) / (longest - shortest + 1.0);
    return Math.min(1, (notAbove + counts[at - first] * part) / count);
  }

  /**
   * Returns the difference between this snapshot and an earlier snapshot of the same histogram: the
   * latencies that were counted in the window between the two.
   *
   * <p>Consecutive differences add up to the whole, in every bucket, in the count and in the sum.
   * The minimum of a difference is the bound of its first bucket, or the minimum of this snapshot
   * if that is longer; likewise the maximum. If two snapshots overlap or are in the wrong order,
   * the earlier one can count more latencies in a bucket. Such a bucket counts as empty. The sum of
   * a difference can include a latency that only the next difference counts ({@link #sum}), even if
   * this difference is empty. O(buckets).
   *
   * @param earlier the snapshot at the start of the window
   * @return the difference
   */
  public LatencySnapshot since(LatencySnapshot earlier) {
    Objects.requireNonNull(earlier, "earlier must not be null");
    if (earlier.equals(EMPTY)) {
      return this;
    }
    long[] rest = counts.clone();
    int from = Math.max(first, earlier.first);
    int to = Math.min(first + counts.length, earlier.first + earlier.counts.length);
    for (int bucket = from; bucket < to; bucket++) {
      int at = bucket - first;
      rest[at] = Math.max(0, rest[at] - earlier.counts[bucket - earlier.first]);
    }
    return ofBuckets(first, rest, sum.subtract(earlier.sum).max(BigInteger.ZERO), min, max);
  }

  /**
   * Returns the distribution of all latencies of this snapshot and of another. The two can come
   * from two histograms, from two JVMs or from two windows.
   *
   * <p>Exact. The order and the grouping of several additions do not matter, and {@link #EMPTY}
   * changes nothing. O(buckets).
   *
   * @param other the other distribution
   * @return the sum of both
   */
  public LatencySnapshot plus(LatencySnapshot other) {
    return sum(List.of(this, Objects.requireNonNull(other, "other must not be null")));
  }

  /**
   * Returns the distribution of all latencies of many snapshots: the same as adding them one by one
   * with {@link #plus}, in any order.
   *
   * <p>Exact. O(range of the occupied buckets) for each part.
   *
   * @param parts any number of snapshots
   * @return the sum; {@link #EMPTY} without parts
   * @throws NullPointerException if a part is null
   */
  public static LatencySnapshot sum(Collection<LatencySnapshot> parts) {
    int from = Integer.MAX_VALUE;
    int to = Integer.MIN_VALUE;
    BigInteger sum = BigInteger.ZERO;
    long min = Long.MAX_VALUE;
    long max = 0;
    for (LatencySnapshot part : Objects.requireNonNull(parts, "parts must not be null")) {
      sum = sum.add(Objects.requireNonNull(part, "part must not be null").sum);
      if (part.counts.length > 0) {
        from = Math.min(from, part.first);
        to = Math.max(to, part.first + part.counts.length);
        min = Math.min(min, part.min);
        max = Math.max(max, part.max);
      }
    }
    if (from > to) {
      return new LatencySnapshot(0, EMPTY.counts, sum, 0, 0);
    }
    long[] counts = new long[to - from];
    for (LatencySnapshot part : parts) {
      for (int i = 0; i < part.counts.length; i++) {
        int at = part.first + i - from;
        counts[at] = Saturating.add(counts[at], part.counts[i]);
      }
    }
    return new LatencySnapshot(from, counts, sum, min, max);
  }

  /**
   * Returns the occupied buckets. {@link #of} builds an equal distribution from these buckets and
   * {@link #sum}, {@link #min} and {@link #max}.
   *
   * @return ascending, unmodifiable; O(buckets)
   */
  public List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        buckets.add(Bucket.of(Buckets.indexOf(first + i), counts[i]));
      }
    }
    return Collections.unmodifiableList(buckets);
  }

  private static Duration lowerOf(int bucket) {
    return Duration.ofNanos(Math.max(0, Buckets.lower(bucket)));
  }

  private static Duration upperOf(int bucket) {
    return Duration.ofNanos(Buckets.upper(bucket));
  }

  /**
   * Returns this distribution as the centroids of a t-digest: each mean represents many latencies.
   *
   * <p>Draws up to 2,000 latencies from the buckets, evenly by rank, and adds them to a t-digest
   * one by one [1]. So the result depends on the distribution alone, and not on the order of the
   * latencies. A rank that is read from the centroids is off by at most (2 / {@code compression} +
   * 1 / 2,000) × count, rounded up. Within 1 % of either end, the rank is off by at most a quarter
   * of this. O(2,000 × buckets): some milliseconds.
   *
   * <p>[1] T. Dunning, O. Ertl: Computing Extremely Accurate Quantiles Using t-Digests.
   * arXiv:1902.04023, 2019.
   *
   * @param compression the accuracy, 10..1,000; at most twice as many centroids come out
   * @return ascending, unmodifiable; their counts add up to {@link #count}
   * @throws IllegalArgumentException if the compression is outside its range
   */
  public List<Centroid> centroids(double compression) {
    List<Centroid> centroids = new ArrayList<>();
    TDigestView.centroids(
        count,
        rank -> valueIn(bucketOfRank(rank)),
        compression,
        (meanNanos, ofCentroid) -> centroids.add(
            new Centroid(Duration.ofNanos(cutToExtremes(Math.round(meanNanos))), ofCentroid)));
    return Collections.unmodifiableList(centroids);
  }

  /**
   * A bucket and how many latencies are in it.
   *
   * @param index the number i: the bucket ends at 2^(i/64) seconds. {@link #ZERO_INDEX} for the
   *     bucket of latencies of zero
   * @param lower the bound below, which is not in the bucket; zero for the bucket of zero
   * @param upper the bound above, which is in the bucket
   * @param count at least 1
   */
  public record Bucket(int index, Duration lower, Duration upper, long count) {

    /** The index of the bucket of zero, which precedes all other buckets. */
    public static final int ZERO_INDEX = Buckets.ZERO_INDEX;

    /** The index of the last bucket, which ends at {@link Long#MAX_VALUE} nanoseconds. */
    public static final int LAST_INDEX = Buckets.indexOf(Buckets.COUNT - 1);

    /**
     * Checks the components.
     *
     * @throws NullPointerException if a bound is null
     * @throws IllegalArgumentException if there is no such index, if the bounds are not those of
     *     the index, if no whole nanosecond lies between the bounds, or if the count is below 1
     */
    public Bucket {
      requireIndex(index);
      Objects.requireNonNull(lower, "lower must not be null");
      Objects.requireNonNull(upper, "upper must not be null");
      require(
          lower.equals(lowerOf(index - ZERO_INDEX)),
          "lower must be that of bucket " + index,
          lower);
      require(
          upper.equals(upperOf(index - ZERO_INDEX)),
          "upper must be that of bucket " + index,
          upper);
      require(
          lower.compareTo(upper) < 0 || index == ZERO_INDEX,
          "index must be that of a bucket that holds a whole nanosecond",
          index);
      require(count >= 1, "count must be at least 1", count);
    }

    /**
     * Returns the bucket of an index, with the bounds that belong to it.
     *
     * @param index from {@link #ZERO_INDEX} to {@link #LAST_INDEX}
     * @param count at least 1
     * @return the bucket
     * @throws IllegalArgumentException if there is no such index, if no whole nanosecond lies in
     *     the bucket, or if the count is below 1
     */
    public static Bucket of(int index, long count) {
      requireIndex(index);
      return new Bucket(index, lowerOf(index - ZERO_INDEX), upperOf(index - ZERO_INDEX), count);
    }

    private static void requireIndex(int index) {
      require(
          index >= ZERO_INDEX && index <= LAST_INDEX,
          "index must be between " + ZERO_INDEX + " and " + LAST_INDEX,
          index);
    }
  }

  /**
   * What is known of a latency.
   *
   * @param lower the latency is longer than this, or both bounds are zero
   * @param upper the latency is at most this
   */
  public record Bounds(Duration lower, Duration upper) {

    /**
     * Checks the components.
     *
     * @throws NullPointerException if a bound is null
     * @throws IllegalArgumentException if the upper bound is below the lower one
     */
    public Bounds {
      Objects.requireNonNull(lower, "lower must not be null");
      Objects.requireNonNull(upper, "upper must not be null");
      require(lower.compareTo(upper) <= 0, "lower must be at most upper", lower + " > " + upper);
    }
  }

  /**
   * Neighbouring latencies, represented by their mean.
   *
   * @param mean the mean of the latencies
   * @param count the number of latencies; at least 1
   */
  public record Centroid(Duration mean, long count) {

    /**
     * Checks the components.
     *
     * @throws NullPointerException if the mean is null
     * @throws IllegalArgumentException if the mean is negative or the count is below 1
     */
    public Centroid {
      require(
          !Objects.requireNonNull(mean, "mean must not be null").isNegative(),
          "mean must be at least zero",
          mean);
      require(count >= 1, "count must be at least 1", count);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LatencySnapshot that
        && first == that.first
        && min == that.min
        && max == that.max
        && sum.equals(that.sum)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * sum.hashCode() + Arrays.hashCode(counts);
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
