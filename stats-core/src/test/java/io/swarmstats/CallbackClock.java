package io.swarmstats;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A manual clock that lets something else happen in the middle of an operation, in the same thread:
 * while the operation reads the clock. So an interleaving of two operations can be had without
 * threads, every time.
 *
 * <p>For use by one thread.
 */
public final class CallbackClock implements TimeSource {

  private final ManualTimeSource clock = new ManualTimeSource();
  private @Nullable Runnable action;

  /**
   * Runs the action once: when {@link #nanoTime} is called next, after the reading was taken that
   * it returns.
   */
  public void duringNextReading(Runnable action) {
    this.action = action;
  }

  /** Returns whether no action is waiting: the last one given was run. */
  public boolean hasCalledBack() {
    return action == null;
  }

  public void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public long nanoTime() {
    long reading = clock.nanoTime();
    Runnable now = action;
    action = null;
    if (now != null) {
      now.run();
    }
    return reading;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }
}
