package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;

/*
 * A writer claims a slot by an atomic increment, so two writers never share a slot. The writer then
 * fills the slot with one store, so a size is never torn. Between the two steps the slot still
 * holds the size of a hundred samples before, or 0 in the first round. 0 is no size; the average
 * passes over it.
 *
 * Suppose that a writer stops between the two steps for a hundred samples or more. Its size then
 * overwrites a newer one. The ring holds one size that is older than the last hundred, and never a
 * size more or less.
 */

/** The row of a client's last segment sizes: a counter of samples, then a ring of slots. */
final class SegmentSizeRow {

  /** The number of slots: the average covers so many sizes. */
  static final int RING_SIZE = 100;

  private static final int SAMPLES = 0;
  private static final int SLOTS = 1;
  private static final int CELLS = SLOTS + RING_SIZE;

  /** Takes the place of the row of a client that was closed before its first size. */
  static final long[] SEALED = Cells.sealedRow(CELLS);

  private SegmentSizeRow() {}

  static long[] create() {
    return new long[CELLS];
  }

  /** Replaces the oldest size by a new one, above 0. Returns false if the row is sealed. */
  static boolean record(long[] row, long bytes) {
    long sample = Cells.claim(row, SAMPLES);
    if (sample < 0) {
      return false;
    }
    Cells.setGaugeRelease(row, SLOTS + (int) (sample % RING_SIZE), bytes);
    return true;
  }

  static void seal(long[] row) {
    if (row
        != SEALED) { // all closed clients share that row: a write would only move its cache line
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
