package io.swarmstats.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/*
 * Every lock-free step on shared numbers, in one place.
 *
 * A cell is one 64-bit word of a row (a long[]). There are three kinds, and a cell stays what it is:
 *
 *   counter, level   never negative; changed by increment, claim and raise only. Its sign bit is
 *                    the seal: a sealed cell refuses all three and never changes again, so that
 *                    what a fold or a removal reads from it is final.
 *   marks            63 bits, each of which is set once, by mark. Sealed like a counter.
 *   gauge            any 64 bits, set by the other steps. Has no seal.
 *
 * What orders what. Every change is at least a release, every read that a caller gets at least an
 * acquire: a reader that sees a change sees all that its writer did before it. Relations between
 * cells rest on that alone: the writer raises the bound before the bounded, the reader loads the
 * bounded before the bound, and sealing goes in the reader's order. Were a change weaker than
 * release, or a read weaker than acquire, a reader could see the bounded without its bound: dropped
 * > read.
 *
 * Changes to counters, levels and marks are read-modify-writes in volatile mode: a reader that sees the
 * second writer's value also sees what the first writer did before its own.
 *
 * setGaugeVolatile and readGaugeVolatile are for the one protocol that needs a total order of two cells: the
 * stall clock, where each writer stores one cell and then looks at the other (store, load: release
 * and acquire do not order these).
 */

/**
 * The lock-free steps on the cells of a row.
 *
 * <p>Every step takes a row and an index, is atomic, and allocates nothing. Any thread may take any
 * step at any time.
 */
public final class Cells {

  private static final VarHandle CELL =
      MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

  /** The sign bit. */
  private static final long SEAL = Long.MIN_VALUE;

  private Cells() {}

  /**
   * Adds one to a counter.
   *
   * <p>Lock-free.
   *
   * @return false if the cell is sealed: nothing was added
   */
  public static boolean increment(long[] row, int i) {
    return claim(row, i) >= 0;
  }

  /**
   * Adds one to a counter and returns what it was: a number that no other caller gets.
   *
   * <p>Lock-free. A compare-and-set loop and not a fetch-and-add, because a sealed cell must not
   * change.
   *
   * @return the value before, or a negative number if the cell is sealed: nothing was added
   */
  public static long claim(long[] row, int i) {
    long seen = (long) CELL.getOpaque(row, i);
    while (seen >= 0 && !CELL.weakCompareAndSet(row, i, seen, seen + 1)) {
      seen = (long) CELL.getOpaque(row, i); // outbid, or spurious: look again
    }
    return seen;
  }

  /**
   * Raises a level to {@code candidate} if that is higher.
   *
   * <p>Lock-free. A candidate that is not higher writes nothing, and so publishes nothing.
   *
   * @param candidate at least 0
   * @return false if the cell is sealed: the level will never change again
   */
  public static boolean raise(long[] row, int i, long candidate) {
    // acquire: a caller that finds its bound already there goes on to publish the bounded on the
    // strength of it
    long seen = (long) CELL.getAcquire(row, i);
    while (seen >= 0 && seen < candidate && !CELL.weakCompareAndSet(row, i, seen, candidate)) {
      seen = (long) CELL.getAcquire(row, i); // outbid, or spurious: look again
    }
    return seen >= 0;
  }

  /**
   * Sets bits of marks.
   *
   * <p>Lock-free. Marks that are set already cost one read.
   *
   * @param bits any but the sign bit
   * @return false if the cell is sealed: the marks will never change again
   */
  public static boolean mark(long[] row, int i, long bits) {
    long seen = (long) CELL.getAcquire(row, i); // acquire: as in raise
    while (seen >= 0
        && (seen & bits) != bits
        && !CELL.weakCompareAndSet(row, i, seen, seen | bits)) {
      seen = (long) CELL.getAcquire(row, i); // outbid, or spurious: look again
    }
    return seen >= 0;
  }

  /**
   * Seals a counter, level or marks: from here on it refuses {@link #increment}, {@link #claim},
   * {@link #raise} and {@link #mark}.
   *
   * <p>Lock-free, idempotent. Any thread may seal, and every one that does returns the same value.
   *
   * @return the final value
   */
  public static long seal(long[] row, int i) {
    return (long) CELL.getAndBitwiseOr(row, i, SEAL) & ~SEAL;
  }

  /** Returns whether a counter, level or marks are sealed. Wait-free, acquire. */
  public static boolean isSealed(long[] row, int i) {
    return (long) CELL.getAcquire(row, i) < 0;
  }

  /** Returns the value of a counter, level or marks, sealed or not. Wait-free, acquire. */
  public static long readCounterAcquire(long[] row, int i) {
    return (long) CELL.getAcquire(row, i) & ~SEAL;
  }

  /** Returns the bits of a gauge. Wait-free, acquire. */
  public static long readGaugeAcquire(long[] row, int i) {
    return (long) CELL.getAcquire(row, i);
  }

  /** Sets a gauge. Wait-free, release. */
  public static void setGaugeRelease(long[] row, int i, long bits) {
    CELL.setRelease(row, i, bits);
  }

  /** Returns the bits of a gauge, in one order with {@link #setGaugeVolatile}. Wait-free. */
  public static long readGaugeVolatile(long[] row, int i) {
    return (long) CELL.getVolatile(row, i);
  }

  /** Sets a gauge, in one order with {@link #readGaugeVolatile}. Wait-free. */
  public static void setGaugeVolatile(long[] row, int i, long bits) {
    CELL.setVolatile(row, i, bits);
  }

  /**
   * Adds to a gauge, modulo 2^64, and returns what it was. Wait-free, volatile.
   *
   * <p>For a number that is never sealed.
   */
  public static long getAndAddGauge(long[] row, int i, long addend) {
    return (long) CELL.getAndAdd(row, i, addend);
  }

  /** Sets a gauge if it holds what is expected; returns whether it did. Wait-free, volatile. */
  public static boolean casGauge(long[] row, int i, long expected, long bits) {
    return CELL.compareAndSet(row, i, expected, bits);
  }

  /** Returns a row of counters that are all sealed at 0. It can be shared: it never changes. */
  public static long[] sealedRow(int length) {
    long[] row = new long[length];
    Arrays.fill(row, SEAL);
    return row;
  }
}
