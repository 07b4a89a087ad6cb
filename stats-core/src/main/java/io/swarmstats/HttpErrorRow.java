package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.Errors;
import java.util.SortedMap;
import java.util.TreeMap;

/*
 * Marks. A client meets few status codes, and each snapshot reads every client. So the row begins
 * with words of marks, one bit for each counter. Readers and seals visit only counters whose mark
 * is set.
 *
 * Order. A writer sets the mark before it counts. A reader loads the marks before the counts
 * (readCounterAcquire), so a reader that can see the count also sees the mark. If the count came
 * first, a reader could miss a finished count (G1).
 *
 * Seals follow the same order: a word of marks first, then its counters. A counter that was marked
 * before the seal of the word is sealed too. Every other counter can no longer be marked, so
 * nothing is ever counted in it. In the other order, a count could land in a counter that the
 * closer did not visit (G11).
 */

/**
 * The row of a client's HTTP errors: one counter for each status code from 400 to 599, and one for
 * all other codes.
 *
 * <p>The counter of the other codes comes first, because their key {@link Errors#OTHER} is the
 * lowest.
 */
final class HttpErrorRow {

  private static final int OTHER = 0;

  /** The number of counters: one for each status code, and one for all other codes. */
  static final int COUNTS = Errors.LAST_STATUS_CODE - Errors.FIRST_STATUS_CODE + 2;

  private static final int MARKS_PER_WORD = Long.SIZE - 1; // the sign bit is the seal

  /** The number of words of marks. Also the index of the first counter. */
  static final int MARKS = (COUNTS + MARKS_PER_WORD - 1) / MARKS_PER_WORD;

  private static final int CELLS = MARKS + COUNTS;

  /** The row of every client that was closed before its first error. */
  static final long[] SEALED = Cells.sealedRow(CELLS);

  private HttpErrorRow() {}

  static long[] create() {
    return Cells.newRow(CELLS);
  }

  /** Counts one error. Returns false if the row is sealed. */
  static boolean record(long[] row, int statusCode) {
    int index = indexOf(statusCode);
    return Cells.mark(row, index / MARKS_PER_WORD, 1L << index % MARKS_PER_WORD)
        && Cells.increment(row, MARKS + index);
  }

  private static int indexOf(int statusCode) {
    return Errors.isCounted(statusCode) ? statusCode - Errors.FIRST_STATUS_CODE + 1 : OTHER;
  }

  private static int keyAt(int index) {
    return index == OTHER ? Errors.OTHER : Errors.FIRST_STATUS_CODE + index - 1;
  }

  /** Returns the counts above 0 by status code. */
  static SortedMap<Integer, Long> toMap(long[] counts) {
    SortedMap<Integer, Long> map = new TreeMap<>();
    for (int i = 0; i < COUNTS; i++) {
      if (counts[i] != 0) {
        map.put(keyAt(i), counts[i]);
      }
    }
    return map;
  }

  static void seal(long[] row) {
    if (row == SEALED) {
      return; // sealed already, and shared: a write would only move its cache line
    }
    for (int word = 0; word < MARKS; word++) {
      for (long marks = Cells.seal(row, word); marks != 0; marks &= marks - 1) {
        Cells.seal(row, counterOf(word, marks));
      }
    }
  }

  /** Adds the counts of a row, sealed or not, to an array of {@link #COUNTS} counts. */
  static void addTo(long[] counts, long[] row) {
    for (int word = 0; word < MARKS; word++) {
      for (long marks = Cells.readCounterAcquire(row, word); marks != 0; marks &= marks - 1) {
        int counter = counterOf(word, marks);
        counts[counter - MARKS] += Cells.readCounterAcquire(row, counter);
      }
    }
  }

  /** Returns the index of the first counter among the marks of a word. */
  static int counterOf(int word, long marks) {
    return MARKS + word * MARKS_PER_WORD + Long.numberOfTrailingZeros(marks);
  }
}
