package io.swarmstats.examples.pages;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A quantile as a fraction, so that its rank is an integer without rounding. */
record AccuracyQuantile(int numerator, int denominator) {

  /** Returns the quantiles of the table: 0, 0.001, ..., 1, and 0.9999. */
  static List<AccuracyQuantile> all() {
    return Stream.concat(
            IntStream.rangeClosed(0, 1000).mapToObj(n -> new AccuracyQuantile(n, 1000)),
            Stream.of(new AccuracyQuantile(9999, 10_000)))
        .toList();
  }

  double value() {
    return (double) numerator / denominator;
  }

  double percent() {
    return 100.0 * numerator / denominator;
  }

  /** Returns the nearest rank: the first rank, from 1, that is at least quantile * count. */
  long rankOf(long count) {
    return Math.max(1, (count * numerator + denominator - 1) / denominator);
  }

  /** Returns whether the quantile is within 1 % of either end. */
  boolean isNearAnEnd() {
    return Math.min(numerator, denominator - numerator) * 100 <= denominator;
  }
}
