package io.swarmstats.jmh.latency;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Latencies in nanoseconds. Their distribution is log-normal, roughly like the distribution of wall
 * times of segments.
 *
 * <p>The samples are made in advance, returned in turn, and the same in every run.
 */
@State(Scope.Thread)
public class LatencySamples {

  /** The median of the distribution. */
  static final long MEDIAN = 300_000_000;

  private static final double SIGMA = 0.6; // the 99th percentile is four times the median
  private static final int SEED = 7;

  private final long[] nanos = new long[1 << 14];
  private int next;
  private long same = MEDIAN; // not final: the compiler must not compute the bucket in advance

  public LatencySamples() {
    Random random = new Random(SEED);
    Arrays.setAll(nanos, i -> (long) (MEDIAN * Math.exp(SIGMA * random.nextGaussian())));
  }

  /** Lets each thread begin at another sample. */
  @Setup
  public void begin(ThreadParams thread) {
    next = thread.getThreadIndex() * nanos.length / thread.getThreadCount();
  }

  /** Returns the next sample. */
  long next() {
    return nanos[next++ & (nanos.length - 1)];
  }

  /** Returns the median. */
  long same() {
    return same;
  }
}
