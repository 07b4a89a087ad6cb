package io.swarmstats.jmh.latency;

import com.datadoghq.sketch.ddsketch.DDSketch;
import io.swarmstats.latency.LatencySnapshot;
import java.util.function.DoubleToLongFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * The figures that a reader of latencies asks for: the count, and five percentiles in nanoseconds.
 */
record LatencyPercentiles(long count, long p25, long p50, long p75, long p95, long p99) {

  /**
   * Asks for all percentiles.
   *
   * @param nanosAt returns the latency at a quantile of 0..1
   */
  static LatencyPercentiles read(long count, DoubleToLongFunction nanosAt) {
    return new LatencyPercentiles(
        count,
        nanosAt.applyAsLong(0.25),
        nanosAt.applyAsLong(0.50),
        nanosAt.applyAsLong(0.75),
        nanosAt.applyAsLong(0.95),
        nanosAt.applyAsLong(0.99));
  }

  static LatencyPercentiles of(LatencySnapshot snapshot) {
    return read(snapshot.count(), quantile -> snapshot.percentile(quantile).toNanos());
  }

  static LatencyPercentiles of(Histogram histogram) {
    return read(
        histogram.getTotalCount(), quantile -> histogram.getValueAtPercentile(100 * quantile));
  }

  static LatencyPercentiles of(DDSketch sketch) {
    return read((long) sketch.getCount(), quantile -> (long) sketch.getValueAtQuantile(quantile));
  }

  /**
   * Computes all percentiles by nearest rank from exponential buckets over seconds.
   *
   * @param size the number of buckets
   * @param indexAt returns the index i of a bucket, which ends at 2^(i / 2^schema) seconds
   */
  static LatencyPercentiles ofBuckets(
      int size, IntToLongFunction countAt, IntUnaryOperator indexAt, int schema) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += countAt.applyAsLong(i);
    }
    long count = sum;
    return read(count, quantile -> {
      long rank = Math.max(1, (long) Math.ceil(quantile * count));
      long notAbove = 0;
      for (int i = 0; i < size; i++) {
        notAbove += countAt.applyAsLong(i);
        if (notAbove >= rank) {
          return (long) (1e9 * Math.pow(2, Math.scalb((double) indexAt.applyAsInt(i), -schema)));
        }
      }
      return 0;
    });
  }

  /**
   * Throws if samples are missing or if the median is wrong, because the times would then mean
   * nothing. The median of few samples is off by chance, by about 0.75 / √count; four times this
   * deviation is allowed.
   */
  void check(long leastCount) {
    double error = (double) p50 / LatencySamples.MEDIAN - 1;
    if (count < leastCount || Math.abs(error) > 0.05 + 3 / Math.sqrt((double) count)) {
      throw new IllegalStateException("must have at least " + leastCount
          + " samples and a median near " + LatencySamples.MEDIAN + ": " + this);
    }
  }
}
