package io.swarmstats.jmh.recording;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A number that rises from call to call, one for each thread.
 *
 * <p>Of two threads that raise one level, the lower offer is rejected, which takes less time, and
 * so its thread catches up: the two are never far apart, and the time of a call is that of both
 * kinds.
 */
@State(Scope.Thread)
public class Rising {

  private long last;

  /** The threads start each iteration together, as the level does. */
  @Setup(Level.Iteration)
  public void restart() {
    last = 0;
  }

  /** Returns the next number, from 1. */
  long next() {
    return ++last;
  }
}
