package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;

/*
 * The sum decides. A writer first adds the size to the sum. The size counts only if this step
 * succeeds. A sealed sum rejects the size, so the sum of a closed client is final and contains
 * every accepted size (G1, G11).
 *
 * The writer then claims a slot with an atomic increment, so each writer has a slot of its own
 * (G8). The writer fills the slot with one 64-bit store (setGaugeRelease), and readers load the
 * slot with one load (readGaugeAcquire). So a reader never sees a mix of two sizes. With two 32-bit
 * stores, a reader could. Between the two steps of a writer, the slot still contains the size of a
 * hundred samples before, or 0 in the first round. The average leaves 0 out.
 *
 * Suppose that a writer stops between the two steps for a hundred samples or more. Its size then
 * overwrites a newer size. The ring contains one size that is older than the last hundred. The
 * number of sizes stays right.
 *
 * Seal. The sum is sealed first, then the counter of samples. The seals can overtake a writer that
 * has added to the sum: the size counts as accepted and gets no slot. In the other order, every
 * size that a writer records between the two seals would count and get no slot.
 *
 * Order. The sum bounds the sizes in the slots. The writer adds to the sum before it fills the slot
 * (release). A reader of both loads the slots first (acquire), then the sum. So the reader never
 * sees an average above the sum. If writers or readers used the other order, a reader could see a
 * size that the sum does not contain yet.
 *
 * The requests of a client bound its sizes and its errors (see ClientRow). So readers and seals
 * visit this row before the requests. If a recorder counts each request before the size of its
 * segment, a reader that finds the size in the sum finds its request too.
 */

/** The row of a client's segment sizes: their sum, a counter of samples, a ring of slots. */
final class SegmentSizeRow {

  /** The number of slots, and of sizes that the average covers. */
  static final int RING_SIZE = 100;

  static final int SUM = 0;
  private static final int SAMPLES = 1;
  private static final int SLOTS = 2;
  private static final int CELLS = SLOTS + RING_SIZE;

  /** The row of every client that was closed before its first size. */
  static final long[] SEALED = Cells.sealedRow(CELLS);

  private SegmentSizeRow() {}

  static long[] create() {
    return Cells.newRow(CELLS);
  }

  /**
   * Adds a size, above 0, to the sum, and replaces the oldest size with the new size. Returns false
   * if the row is sealed: the size then does not count.
   */
  static boolean record(long[] row, long bytes) {
    if (!Cells.add(row, SUM, bytes)) {
      return false;
    }
    long sample = Cells.claim(row, SAMPLES);
    if (sample >= 0) {
      // release, after the sum: pairs with readGaugeAcquire in average
      Cells.setGaugeRelease(row, SLOTS + (int) (sample % RING_SIZE), bytes);
    }
    return true;
  }

  static void seal(long[] row) {
    if (row != SEALED) { // sealed already, and shared: a write would only move its cache line
      Cells.seal(row, SUM);
      Cells.seal(row, SAMPLES);
    }
  }

  /** Returns the sum of all sizes; saturates at {@link Long#MAX_VALUE}. */
  static long sum(long[] row) {
    return Cells.readCounterAcquire(row, SUM);
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
