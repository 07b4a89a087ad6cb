package io.swarmstats;

import io.swarmstats.internal.Cells;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The row of a client's HTTP errors: a counter for each status code from 400 to 599, and one for
 * all others.
 *
 * <p>The counter of the others comes first, as its key {@link ClientStats#OTHER_HTTP_ERROR} does.
 */
final class HttpErrorCounts {

  private static final int FIRST_CODE = 400;
  private static final int LAST_CODE = 599;
  private static final int OTHER = 0;

  /** How many counters there are. */
  static final int LENGTH = LAST_CODE - FIRST_CODE + 2;

  /** Stands in for the row of a client that was closed before its first error. */
  static final long[] SEALED = Cells.sealedRow(LENGTH);

  private HttpErrorCounts() {}

  static int indexOf(int statusCode) {
    return statusCode < FIRST_CODE || statusCode > LAST_CODE ? OTHER : statusCode - FIRST_CODE + 1;
  }

  private static int keyAt(int index) {
    return index == OTHER ? ClientStats.OTHER_HTTP_ERROR : FIRST_CODE + index - 1;
  }

  /** Returns the counts that are not 0, by status code. */
  static SortedMap<Integer, Long> toMap(long[] counts) {
    SortedMap<Integer, Long> map = new TreeMap<>();
    for (int i = 0; i < LENGTH; i++) {
      if (counts[i] != 0) {
        map.put(keyAt(i), counts[i]);
      }
    }
    return map;
  }

  static void seal(long[] row) {
    if (row == SEALED) {
      return;
    }
    for (int i = 0; i < LENGTH; i++) {
      Cells.seal(row, i);
    }
  }

  /** Adds the counts of a row that is still counting to others. */
  static void addTo(long[] counts, long[] row) {
    for (int i = 0; i < LENGTH; i++) {
      long count = Cells.readAcquire(row, i);
      if (count != 0) {
        counts[i] += count;
      }
    }
  }
}
