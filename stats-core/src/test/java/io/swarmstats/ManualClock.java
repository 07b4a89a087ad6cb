package io.swarmstats;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A time source that stands still until it is told to advance. Counts how often it was read. */
public final class ManualClock implements TimeSource {

  private final long originNanos;
  private final Instant originInstant = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicLong elapsedNanos = new AtomicLong();
  private final AtomicLong nanoTimeReads = new AtomicLong();

  /** Creates a clock whose first reading is 0. */
  public ManualClock() {
    this(0);
  }

  /**
   * Creates a clock whose first reading is any number, also a negative one or one that is about to
   * wrap.
   */
  public ManualClock(long originNanos) {
    this.originNanos = originNanos;
  }

  public void advance(Duration duration) {
    elapsedNanos.addAndGet(duration.toNanos());
  }

  /** Sets the time since the first reading. */
  public void setElapsed(Duration elapsed) {
    elapsedNanos.set(elapsed.toNanos());
  }

  /** Returns how often {@link #nanoTime()} was called. */
  public long nanoTimeReads() {
    return nanoTimeReads.get();
  }

  @Override
  public long nanoTime() {
    nanoTimeReads.incrementAndGet();
    return originNanos + elapsedNanos.get();
  }

  @Override
  public Instant instant() {
    return originInstant.plusNanos(elapsedNanos.get());
  }
}
