package io.swarmstats;

import io.swarmstats.internal.Cells;
import java.util.SortedMap;
import java.util.TreeMap;

/*
 * A client meets few of the codes, and each snapshot reads every client. So the row begins with
 * words of marks, a bit for each counter, and only counters that are marked are read or sealed. The
 * writer marks before it counts: whoever is to find the count finds the mark. Sealing goes in the
 * same order. A counter whose mark came before the seal of its word is sealed too, and the others
 * can never be marked, so that nothing is counted in them.
 */

/**
 * The row of a client's HTTP errors: a counter for each status code from 400 to 599, and one for
 * all others.
 *
 * <p>The counter of the others comes first, as its key {@link ClientStats#OTHER_HTTP_ERROR} does.
 */
final class HttpErrorCounts {

  static final int FIRST_CODE = 400;
  static final int LAST_CODE = 599;
  private static final int OTHER = 0;

  /** How many counts there are. */
  static final int LENGTH = LAST_CODE - FIRST_CODE + 2;

  private static final int MARKS_PER_WORD = Long.SIZE - 1; // the sign bit is the seal
  /** How many words of marks there are, and where the counters begin. */
  static final int MARKS = (LENGTH + MARKS_PER_WORD - 1) / MARKS_PER_WORD;

  static final int CELLS = MARKS + LENGTH;

  /** Stands in for the row of a client that was closed before its first error. */
  static final long[] SEALED = Cells.sealedRow(CELLS);

  private HttpErrorCounts() {}

  /** Counts one error. Returns false if the row is sealed. */
  static boolean record(long[] row, int statusCode) {
    int index = indexOf(statusCode);
    return Cells.mark(row, index / MARKS_PER_WORD, 1L << index % MARKS_PER_WORD)
        && Cells.increment(row, MARKS + index);
  }

  private static int indexOf(int statusCode) {
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
      return; // all closed clients share that one: a write would only move its cache line
    }
    for (int word = 0; word < MARKS; word++) {
      for (long marks = Cells.seal(row, word); marks != 0; marks &= marks - 1) {
        Cells.seal(row, counterOf(word, marks));
      }
    }
  }

  /** Adds the counts of a row that is still counting to others. */
  static void addTo(long[] counts, long[] row) {
    for (int word = 0; word < MARKS; word++) {
      for (long marks = Cells.readAcquire(row, word); marks != 0; marks &= marks - 1) {
        int counter = counterOf(word, marks);
        counts[counter - MARKS] += Cells.readAcquire(row, counter);
      }
    }
  }

  /** Returns the cell of the first counter that the marks of a word name. */
  static int counterOf(int word, long marks) {
    return MARKS + word * MARKS_PER_WORD + Long.numberOfTrailingZeros(marks);
  }
}
