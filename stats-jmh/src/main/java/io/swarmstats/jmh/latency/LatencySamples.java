package io.swarmstats.jmh.latency;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

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

  public LatencySamples() {
    Random random = new Random(SEED);
    Arrays.setAll(nanos, i -> (long) (MEDIAN * Math.exp(SIGMA * random.nextGaussian())));
  }

  /** Returns the next sample. */
  long next() {
    return nanos[next++ & (nanos.length - 1)];
  }
}
