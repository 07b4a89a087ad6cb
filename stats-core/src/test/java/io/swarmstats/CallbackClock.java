package io.swarmstats;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A manual clock that runs an action when an operation reads the clock. The action runs in the
 * middle of the operation, in the same thread. A test can thus interleave two operations without a
 * second thread. {@link ManualTimeSource} cannot run code during a reading.
 *
 * <p>Only one thread may use this clock.
 */
public final class CallbackClock implements TimeSource {

  private final ManualTimeSource clock = new ManualTimeSource();
  private @Nullable Runnable action;

  /**
   * Runs the action once, during the next call of {@link #nanoTime}. The call takes its reading
   * first and returns this reading afterwards.
   */
  public void duringNextReading(Runnable action) {
    this.action = action;
  }

  /** Returns whether the clock has run the last action. */
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
