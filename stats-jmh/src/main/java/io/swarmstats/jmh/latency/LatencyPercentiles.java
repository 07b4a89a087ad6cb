package io.swarmstats.jmh.latency;

import java.util.function.DoubleToLongFunction;

/** What a reader of latencies asks for, in nanoseconds: the five percentiles of a snapshot. */
record LatencyPercentiles(long count, long p25, long p50, long p75, long p95, long p99) {

  /** Asks for all of them, for quantiles of 0..1. */
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
   * A time for work that was not done is no result; nor is one for a wrong answer. The median of
   * few samples is off by chance, by about 0.75 / √count: four times that is allowed.
   */
  void check(long leastCount) {
    double error = (double) p50 / LatencySamples.MEDIAN - 1;
    if (count < leastCount || Math.abs(error) > 0.05 + 3 / Math.sqrt((double) count)) {
      throw new IllegalStateException(
          "at least " + leastCount + " with a median near " + LatencySamples.MEDIAN + ": " + this);
    }
  }
}
