package io.swarmstats.examples.demo;

import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's clock at a multiple of its speed. The clock starts at 0 and counts seconds of the
 * recording.
 *
 * <p>The clock stops at a limit until the recording threads raise the limit. A slow machine
 * therefore slows the swarm down and makes no figure wrong. A manual clock could not follow real
 * time.
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

  /** Raises the limit to a higher value; a lower value changes nothing. */
  void mayRunUntil(long micros) {
    limitMicros.accumulateAndGet(micros, Math::max);
  }

  /** Returns whether the limit stops the clock. */
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
