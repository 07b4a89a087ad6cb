package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;

/*
 * A slot is claimed by an atomic increment, so two writers never share one, and then written in one
 * store, so it is never torn. A slot that is claimed and not yet written still holds the size of a
 * hundred samples before, or 0 in the first round; 0 is no size, and is passed over. A writer that
 * is held up between the two steps for a hundred samples or more puts its size in the place of a
 * newer one: the ring then holds one size that is older than the last hundred, never one more or
 * less.
 */

/**
 * The row of a client's last segment sizes: a counter of samples, and a slot for each of the last
 * hundred.
 */
final class SegmentSizeRing {

  private static final int SAMPLES = 0;
  private static final int SLOTS = 1;

  static final int LENGTH = SLOTS + ClientStats.SEGMENT_SIZE_RING_SIZE;

  /** Stands in for the row of a client that was closed before its first size. */
  static final long[] SEALED = Cells.sealedRow(LENGTH);

  private SegmentSizeRing() {}

  /** Puts a size, above 0, in the place of the oldest. Returns false if the ring is sealed. */
  static boolean record(long[] row, long bytes) {
    long sample = Cells.claim(row, SAMPLES);
    if (sample < 0) {
      return false;
    }
    Cells.setRelease(row, SLOTS + (int) (sample % ClientStats.SEGMENT_SIZE_RING_SIZE), bytes);
    return true;
  }

  static void seal(long[] row) {
    if (row
        != SEALED) { // all closed clients share that one: a write would only move its cache line
      Cells.seal(row, SAMPLES);
    }
  }

  /** Returns the mean of the sizes, rounded down; 0 if there are none. */
  static long average(long[] row) {
    ExactMean mean = new ExactMean();
    for (int i = SLOTS; i < LENGTH; i++) {
      long bytes = Cells.getAcquire(row, i);
      if (bytes > 0) {
        mean.add(bytes);
      }
    }
    return mean.floor();
  }
}
