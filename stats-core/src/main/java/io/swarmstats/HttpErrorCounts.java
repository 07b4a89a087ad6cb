package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.Errors;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/*
 * Slots. A client meets few status codes. The first codes of a client get a slot each. A slot is
 * one cell. The upper bits contain the index of the code plus one. The lower bits contain the count
 * of the code. A free slot is 0. A compare-and-set claims a free slot with the first count of its
 * code. So a reader that sees a count also sees its code (G1). With two cells, a reader could miss
 * a finished count.
 *
 * A code takes the first free slot. No slot becomes free again, so slots fill in order. A thread
 * passes the slot of its code before it reaches a free slot. So no code takes two slots, with one
 * exception: if the count of a slot is at its maximum, the code takes another slot. Readers add the
 * two counts.
 *
 * Row. If all slots belong to other codes, the code is counted in a row with one counter for each
 * code. The first such code makes the row. The compare-and-set from null publishes the zeros of the
 * row; its partner is the volatile load of the field. With a plain set, a second row would replace
 * the first.
 *
 * Seals (G11). The closer seals all slots, the free slots too, and then the row. If there is no
 * row, the closer installs a row that is sealed from the start. If a free slot or an absent row
 * stayed open, a count could land there after the closer has passed.
 */

/**
 * The HTTP errors of a client: a count for each status code from 400 to 599, and one count for all
 * other codes.
 */
final class HttpErrorCounts {

  private static final AtomicReferenceFieldUpdater<HttpErrorCounts, long[]> ROW =
      AtomicReferenceFieldUpdater.newUpdater(HttpErrorCounts.class, long[].class, "row");

  /** The number of counts: one for each status code, and one for all other codes. */
  static final int COUNTS = Errors.LAST_STATUS_CODE - Errors.FIRST_STATUS_CODE + 2;

  private static final int OTHER = 0; // the first count: its key Errors.OTHER is the lowest

  static final int SLOTS = 8;

  // the bits of the count in a slot; the bits above contain the index of the code plus one
  private static final int COUNT_BITS = 55;
  private static final long MOST = (1L << COUNT_BITS) - 1;

  private static final long[] SEALED_ROW = Cells.sealedRow(COUNTS);

  /** The counts of every client that was closed before its first error. */
  static final HttpErrorCounts SEALED = new HttpErrorCounts(Cells.sealedRow(SLOTS), SEALED_ROW);

  final long[] slots;
  volatile long @Nullable [] row;

  HttpErrorCounts() {
    this(Cells.newRow(SLOTS), null);
  }

  private HttpErrorCounts(long[] slots, long @Nullable [] row) {
    this.slots = slots;
    this.row = row;
  }

  /** Counts one error. Returns false if the counts are sealed. */
  boolean record(int statusCode) {
    int index = indexOf(statusCode);
    for (int i = 0; i < SLOTS; i++) {
      long seen = Cells.readCounterAcquire(slots, i);
      while (seen == 0 || (indexIn(seen) == index && countIn(seen) < MOST)) {
        long next = seen == 0 ? slot(index, 1) : seen + 1;
        if (Cells.casCounter(slots, i, seen, next)) {
          return true;
        }
        if (Cells.isSealed(slots, i)) {
          return false;
        }
        seen = Cells.readCounterAcquire(slots, i);
      }
    }
    long[] counters = row;
    return Cells.increment(counters == null ? install(Cells.newRow(COUNTS)) : counters, index);
  }

  private static long slot(int index, long count) {
    return (long) (index + 1) << COUNT_BITS | count;
  }

  private static int indexIn(long slot) {
    return (int) (slot >>> COUNT_BITS) - 1;
  }

  static long countIn(long slot) {
    return slot & MOST;
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

  void seal() {
    if (this == SEALED) {
      return; // sealed already, and shared: a write would only move its cache lines
    }
    for (int i = 0; i < SLOTS; i++) {
      Cells.seal(slots, i);
    }
    long[] counters = install(SEALED_ROW);
    for (int i = 0; i < COUNTS && counters != SEALED_ROW; i++) {
      Cells.seal(counters, i);
    }
  }

  /** Adds the counts, sealed or not, to an array of {@link #COUNTS} counts. */
  void addTo(long[] counts) {
    for (int i = 0; i < SLOTS; i++) {
      long slot = Cells.readCounterAcquire(slots, i);
      if (slot == 0) {
        return; // slots fill in order, and the row comes last
      }
      counts[indexIn(slot)] += countIn(slot);
    }
    long[] counters = row;
    for (int i = 0; i < COUNTS && counters != null; i++) {
      counts[i] += Cells.readCounterAcquire(counters, i);
    }
  }

  /** Installs the given row if there is none. Returns the row of this object. */
  private long[] install(long[] made) {
    ROW.compareAndSet(this, null, made);
    return Objects.requireNonNull(row);
  }
}
