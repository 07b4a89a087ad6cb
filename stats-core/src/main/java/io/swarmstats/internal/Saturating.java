package io.swarmstats.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Arithmetic that stops at {@link Long#MAX_VALUE}, where plain arithmetic would wrap.
 *
 * <p>A saturated sum still never falls when a term grows. If the terms of one sum are at most the
 * terms of another, the sums have the same order.
 */
public final class Saturating {

  private static final Duration MAX_NANOS = Duration.ofNanos(Long.MAX_VALUE);

  private Saturating() {}

  /** Returns {@code a + b}, at most {@link Long#MAX_VALUE}. Both numbers are at least 0. */
  public static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Returns the sum of one number of each part, at most {@link Long#MAX_VALUE}. */
  public static <T> long sum(Collection<T> parts, ToLongFunction<? super T> number) {
    long sum = 0;
    for (T part : parts) {
      sum = add(sum, number.applyAsLong(part));
    }
    return sum;
  }

  /** Returns {@code a - b}, at least 0, of two numbers that are at least 0. */
  public static long subtract(long a, long b) {
    return Math.max(0, a - b);
  }

  /**
   * Returns the sum of one duration of each part, at most {@link Long#MAX_VALUE} nanoseconds. Each
   * duration is at least zero.
   */
  public static <T> Duration sumOfDurations(
      Collection<T> parts, Function<? super T, Duration> duration) {
    return Duration.ofNanos(sum(parts, part -> toNanos(duration.apply(part))));
  }

  /** Returns {@code a - b}, at least zero, of two durations that are at least zero. */
  public static Duration subtract(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a.minus(b) : Duration.ZERO;
  }

  /**
   * Returns microseconds as nanoseconds, at most {@link Long#MAX_VALUE}. The number is at least 0.
   */
  public static long microsToNanos(long micros) {
    return micros > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : micros * 1000;
  }

  /**
   * Returns a duration in nanoseconds, at most {@link Long#MAX_VALUE} (292 years). The duration is
   * at least zero.
   */
  public static long toNanos(Duration duration) {
    return duration.compareTo(MAX_NANOS) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
