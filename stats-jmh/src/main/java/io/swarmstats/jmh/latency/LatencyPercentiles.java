package io.swarmstats.jmh.latency;

import java.util.function.DoubleToLongFunction;

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
