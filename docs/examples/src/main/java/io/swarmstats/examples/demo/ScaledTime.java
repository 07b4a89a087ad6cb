package io.swarmstats.examples.demo;

import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's clock at a multiple of its speed, from 0 at construction. Its seconds are those of
 * the recording.
 *
 * <p>It does not run away from those who record: it stands still at a limit until they raise it. So
 * a machine that is too slow for the speed makes the swarm slower, and no figure wrong.
 */
final class ScaledTime implements TimeSource {

  private final double speed;
  private final AtomicLong limitMicros;
  private final Instant originInstant = Instant.now();
  private final long originNanos = System.nanoTime();

  ScaledTime(double speed, long limitMicros) {
    this.speed = speed;
    this.limitMicros = new AtomicLong(limitMicros);
  }

  /** Raises the limit, if this one is higher. */
  void mayRunUntil(long micros) {
    limitMicros.accumulateAndGet(micros, Math::max);
  }

  /** Returns whether the clock stands at its limit. */
  boolean isHeldBack() {
    return scaledNanos() > limitNanos();
  }

  /** Returns the unscaled seconds since construction. */
  double realSeconds() {
    return (System.nanoTime() - originNanos) / 1e9;
  }

  /** Returns the scaled microseconds since construction. */
  long micros() {
    return nanoTime() / 1000;
  }

  @Override
  public long nanoTime() {
    return Math.min(scaledNanos(), limitNanos());
  }

  @Override
  public Instant instant() {
    return originInstant.plusNanos(nanoTime());
  }

  private long scaledNanos() {
    return (long) ((System.nanoTime() - originNanos) * speed);
  }

  private long limitNanos() {
    return limitMicros.get() * 1000;
  }
}
