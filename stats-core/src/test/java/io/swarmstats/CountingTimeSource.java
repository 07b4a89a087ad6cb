package io.swarmstats;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A time source that counts the readings of its monotonic clock. {@link ManualTimeSource} does not
 * count readings.
 */
final class CountingTimeSource implements TimeSource {

  private final TimeSource time;
  private final AtomicLong nanoTimeReads = new AtomicLong();

  CountingTimeSource(TimeSource time) {
    this.time = time;
  }

  long nanoTimeReads() {
    return nanoTimeReads.get();
  }

  @Override
  public long nanoTime() {
    nanoTimeReads.incrementAndGet();
    return time.nanoTime();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }
}
