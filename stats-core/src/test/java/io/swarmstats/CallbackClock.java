package io.swarmstats;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A manual clock that runs an action in the middle of another operation, in the same thread, when
 * that operation reads the clock. A test can thus force an interleaving of two operations without
 * threads. {@link ManualTimeSource} cannot run code during a reading.
 *
 * <p>For use by one thread.
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
