package io.swarmstats.jmh.recording;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A number that rises with each call. Each thread has its own number.
 *
 * <p>Suppose that two threads raise one level. The lower offer changes nothing and takes less time,
 * so its thread catches up. The two numbers therefore stay close, and the score is a mean over both
 * kinds of offers.
 */
@State(Scope.Thread)
public class Rising {

  private long last;

  /** Restarts at 0 in each iteration, because the level does so too. */
  @Setup(Level.Iteration)
  public void restart() {
    last = 0;
  }

  /** Returns the next number. The first number is 1. */
  long next() {
    return ++last;
  }
}
