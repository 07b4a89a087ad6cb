package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;

/*
 * A writer claims a slot with an atomic increment, so each writer has a slot of its own (G8). The
 * writer then fills the slot with one 64-bit store (setGaugeRelease), and readers load the slot
 * with one load (readGaugeAcquire). So a size is never a mix of two. Two 32-bit stores could mix.
 * Between the two steps of a writer, the slot still contains the size of a hundred samples before,
 * or 0 in the first round. The average leaves 0 out.
 *
 * Suppose that a writer stops between the two steps for a hundred samples or more. Its size then
 * overwrites a newer size. The ring contains one size that is older than the last hundred. The
 * number of sizes stays right.
 */

/** The row of a client's last segment sizes: a counter of samples, then a ring of slots. */
final class SegmentSizeRow {

  /** The number of slots, and of sizes that the average covers. */
  static final int RING_SIZE = 100;

  private static final int SAMPLES = 0;
  private static final int SLOTS = 1;
  private static final int CELLS = SLOTS + RING_SIZE;

  /** The row of every client that was closed before its first size. */
  static final long[] SEALED = Cells.sealedRow(CELLS);

  private SegmentSizeRow() {}

  static long[] create() {
    return Cells.newRow(CELLS);
  }

  /** Replaces the oldest size with a new size, above 0. Returns false if the row is sealed. */
  static boolean record(long[] row, long bytes) {
    long sample = Cells.claim(row, SAMPLES);
    if (sample < 0) {
      return false;
    }
    Cells.setGaugeRelease(row, SLOTS + (int) (sample % RING_SIZE), bytes);
    return true;
  }

  static void seal(long[] row) {
    if (row != SEALED) { // sealed already, and shared: a write would only move its cache line
      Cells.seal(row, SAMPLES);
    }
  }

  /** Returns the mean of the sizes, rounded down; 0 if there are none. */
  static long average(long[] row) {
    ExactMean mean = new ExactMean();
    for (int i = SLOTS; i < CELLS; i++) {
      long bytes = Cells.readGaugeAcquire(row, i);
      if (bytes > 0) {
        mean.add(bytes);
      }
    }
    return mean.floor();
  }
}
