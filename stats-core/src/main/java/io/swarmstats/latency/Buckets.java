package io.swarmstats.latency;

import java.math.BigInteger;

/*
 * The bounds of the buckets are 2^(i/64) seconds for every integer i: base-2 exponential buckets of
 * schema 6 [1, 2]. In nanoseconds a bound is 10^9 * 2^(i/64), which is seldom an integer. A latency
 * is a whole number of nanoseconds. So a latency is at most a bound exactly if the latency is at
 * most the bound rounded down.
 *
 * Each octave [2^e, 2^(e+1)) of nanoseconds has 64 bounds, at the same 64 places relative to its
 * start. So one table of 64 places, scaled to [2^62, 2^63), serves all octaves: shift the latency
 * to that range and compare.
 *
 * The places are 64th roots of integers, worked out once by six square roots. Each square root is
 * rounded down, and the floor of a root of a floor is the floor of the root of the whole.
 *
 * [1] OpenTelemetry, Metrics Data Model, ExponentialHistogram (scale 6).
 * [2] Prometheus, Native Histograms (schema 6).
 */

/** The bounds of the buckets: which latency belongs where. Pure functions. */
final class Buckets {

  /** Each power of two has 2^SCHEMA buckets. */
  static final int SCHEMA = 6;

  private static final int PER_OCTAVE = 1 << SCHEMA;
  private static final int TOP_BIT = 62; // of the scaled range

  /** The index of the bucket of 1 ns: the first i with 10^9 * 2^(i/64) >= 1. */
  private static final int LOWEST_INDEX = -1913;

  /** The index of the bucket of 0 ns. This bucket precedes the exponential ones, which lack 0. */
  static final int ZERO_INDEX = LOWEST_INDEX - 1;

  /** The number of buckets: the one for 0 ns, and those of every positive {@code long}. */
  static final int COUNT = 1 + TOP_BIT * PER_OCTAVE + PER_OCTAVE + 1;

  /** The bounds of an octave, scaled to [2^62, 2^63) and rounded down; then a sentinel. */
  private static final long[] PLACES = places();

  // An octave is cut into 128 equal steps. Bounds are farther apart than a step is wide, so that a
  // step holds at most one bound.
  private static final int STEP_BITS = 7;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int STEP_SHIFT = TOP_BIT - STEP_BITS;

  /** For each step, the number of bounds below the start of the step. */
  private static final byte[] BELOW_STEP = belowSteps();

  private Buckets() {}

  private static long[] places() {
    long[] places = new long[PER_OCTAVE + 1];
    for (int i = 0; i < PER_OCTAVE; i++) {
      BigInteger root =
          BigInteger.TEN.pow(9 * PER_OCTAVE).shiftLeft(LOWEST_INDEX + i + TOP_BIT * PER_OCTAVE);
      for (int half = 0; half < SCHEMA; half++) {
        root = root.sqrt();
      }
      places[i] = root.longValueExact();
    }
    places[PER_OCTAVE] = Long.MAX_VALUE;
    return places;
  }

  private static byte[] belowSteps() {
    byte[] below = new byte[STEPS];
    int bound = 0;
    for (int step = 0; step < STEPS; step++) {
      while (PLACES[bound] < (long) (STEPS + step) << STEP_SHIFT) {
        bound++;
      }
      below[step] = (byte) bound;
    }
    return below;
  }

  /**
   * Returns the bucket of a latency, counted from the bucket of 0 ns.
   *
   * @param nanos at least 0
   * @return at least 0, below {@link #COUNT}
   */
  static int of(long nanos) {
    if (nanos == 0) {
      return 0;
    }
    int zeros = Long.numberOfLeadingZeros(nanos);
    long scaled = nanos << (zeros - 1);
    int below = BELOW_STEP[(int) (scaled >>> STEP_SHIFT) - STEPS];
    // the sign of the difference, not a branch: latencies come without a pattern to predict
    int above = (int) ((PLACES[below] - scaled) >>> (Long.SIZE - 1));
    return 1 + (TOP_BIT + 1 - zeros) * PER_OCTAVE + below + above;
  }

  /** Returns the longest latency of a bucket, in nanoseconds. */
  static long upper(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    int octave = (bucket - 1) / PER_OCTAVE;
    return octave > TOP_BIT
        ? Long.MAX_VALUE // the last bucket ends where long does
        : PLACES[(bucket - 1) % PER_OCTAVE] >>> (TOP_BIT - octave);
  }

  /** Returns the exclusive lower bound of a bucket, in nanoseconds: -1 for the bucket of 0 ns. */
  static long lower(int bucket) {
    return bucket == 0 ? -1 : upper(bucket - 1);
  }

  /** Returns the index i of a bucket: its upper bound is 2^(i/64) seconds. */
  static int indexOf(int bucket) {
    return bucket + ZERO_INDEX;
  }
}
