package io.swarmstats.jmh;

import io.swarmstats.TimeSource;
import java.time.Instant;

/**
 * A clock that is a field, as of a program whose timer thread writes the time down every
 * millisecond. Here it stands still, unless it is set: what its writer costs depends on the
 * program.
 */
public final class CachedClock implements TimeSource {

  private final Instant instant = Instant.now();
  private volatile long nanoTime = System.nanoTime();

  /** Stops at the present time. */
  public CachedClock() {}

  /** Moves to another time. */
  public void set(long newNanoTime) {
    nanoTime = newNanoTime;
  }

  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public Instant instant() {
    return instant;
  }
}
