package io.swarmstats.internal;

import java.time.Duration;

/**
 * Arithmetic that stops at the end of the range of {@code long} where plain arithmetic would wrap.
 *
 * <p>A sum that saturates still never falls as its terms grow, and still keeps the order of two
 * sums whose terms are ordered.
 */
public final class Saturating {

  private static final Duration MAX_NANOS = Duration.ofNanos(Long.MAX_VALUE);

  private Saturating() {}

  /** Returns {@code a + b} of two numbers that are at least 0, at most {@link Long#MAX_VALUE}. */
  public static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * Returns a number of microseconds, at least 0, in nanoseconds, at most {@link Long#MAX_VALUE}.
   */
  public static long microsToNanos(long micros) {
    return micros > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : micros * 1000;
  }

  /**
   * Returns a duration that is not negative in nanoseconds, at most {@link Long#MAX_VALUE} (292
   * years).
   */
  public static long toNanos(Duration duration) {
    return duration.compareTo(MAX_NANOS) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
