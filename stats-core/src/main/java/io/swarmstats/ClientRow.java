package io.swarmstats;

import io.swarmstats.internal.Cells;

/*
 * Order (G9). The requests of a client bound its errors, its timeouts and the number of its segment
 * sizes. So readers and seals visit the sizes and the HTTP errors first, then the timeouts, then
 * the requests. In the other order of reading, a reader could see an error without its request. In
 * the other order of seals, a closing client could accept an error and reject its request. Each
 * increment is at least a release; its partner is readCounterAcquire in addTo.
 *
 * The rejected updates are sealed last, because isSealed reads this seal. A thread that sees the
 * seal finds every other cell of the client sealed.
 */

/** The row of a client's life: the counters that continue across process runs. */
final class ClientRow {

  // counters
  static final int MANIFEST_REQUESTS = 0;
  static final int SEGMENT_REQUESTS = 1;
  static final int INIT_REQUESTS = 2;
  static final int UNKNOWN_REQUESTS = 3;
  static final int RECONNECTIONS = 4;
  static final int TIMEOUTS = 5;
  static final int REJECTED = 6; // sealed when the client is closed
  private static final int REJECTED_LATE = 7; // after closing; never sealed, in no aggregate
  private static final int CELLS = 8;

  private ClientRow() {}

  static long[] create() {
    return Cells.newRow(CELLS);
  }

  /** Adds one to a counter. If the client is closed, counts a rejected update instead. */
  static void increment(long[] row, int counter) {
    if (!Cells.increment(row, counter)) {
      reject(row);
    }
  }

  static long count(long[] row, int counter) {
    return Cells.readCounterAcquire(row, counter);
  }

  /** Counts a rejected update. */
  static void reject(long[] row) {
    if (!Cells.increment(row, REJECTED)) {
      Cells.increment(row, REJECTED_LATE);
    }
  }

  /** Returns the number of rejected updates, including those after the client was closed. */
  static long rejected(long[] row) {
    return Cells.readCounterAcquire(row, REJECTED) + rejectedLate(row);
  }

  static long rejectedLate(long[] row) {
    return Cells.readCounterAcquire(row, REJECTED_LATE);
  }

  static boolean isSealed(long[] row) {
    return Cells.isSealed(row, REJECTED);
  }

  /** Seals all cells except the rejections after closing, in the order of a reader. */
  static void seal(long[] row) {
    Cells.seal(row, TIMEOUTS);
    Cells.seal(row, RECONNECTIONS);
    Cells.seal(row, MANIFEST_REQUESTS);
    Cells.seal(row, SEGMENT_REQUESTS);
    Cells.seal(row, INIT_REQUESTS);
    Cells.seal(row, UNKNOWN_REQUESTS);
    Cells.seal(row, REJECTED);
  }

  /** Adds the counters to the totals. */
  static void addTo(Totals totals, long[] row) {
    totals.timeouts += Cells.readCounterAcquire(row, TIMEOUTS);
    totals.reconnections += Cells.readCounterAcquire(row, RECONNECTIONS);
    totals.manifestRequests += Cells.readCounterAcquire(row, MANIFEST_REQUESTS);
    totals.segmentRequests += Cells.readCounterAcquire(row, SEGMENT_REQUESTS);
    totals.initRequests += Cells.readCounterAcquire(row, INIT_REQUESTS);
    totals.unknownRequests += Cells.readCounterAcquire(row, UNKNOWN_REQUESTS);
    totals.rejectedUpdates += Cells.readCounterAcquire(row, REJECTED);
  }

  /** Loads a cell, which brings the row into the cache. */
  static long touch(long[] row) {
    return Cells.readCounterAcquire(row, CELLS - 1);
  }
}
