package io.swarmstats.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/*
 * This class contains every lock-free step on shared numbers. The library has no other VarHandle.
 *
 * A cell is one 64-bit element of a row (a long[]). There are two kinds of cell. A cell never
 * changes its kind:
 *
 *   counter, level   Never negative. Only increment, add, claim, raise and casCounter change the
 *                    cell. The sign bit is the seal: a sealed cell rejects these steps and never
 *                    changes again. A fold or a removal therefore reads the final value.
 *   gauge            Any 64 bits. Only the steps with "gauge" in their name apply. A gauge has no seal.
 *
 * Order. Every change is at least a release. Every read that a caller gets is at least an acquire.
 * A reader that sees a change therefore sees everything that the writer did before the change.
 * Relations between cells rest on these two edges. The writer raises the bound before the bounded.
 * The reader loads the bounded before the bound, and sealing follows the order of the reader. If
 * one edge were weaker, a reader could see the bounded without its bound: more dropped lines than
 * read lines.
 *
 * A change of a counter or level is a read-modify-write in volatile mode. Suppose that two writers
 * change one cell. A reader that sees the second value also sees what the first writer did before
 * its own change.
 *
 * Raise reads in acquire mode before it decides to write nothing. Its caller relies on the value
 * that another thread wrote, and goes on to change the bounded cell. If this read were opaque, a
 * reader could see the bounded value of the second writer without the bound of the first.
 *
 * Only the speed and the stall clock need a total order of two cells: each writer stores one cell,
 * then loads the other. Only volatile mode orders a store before a later load. The accessors with
 * "Volatile" in their names exist for this protocol.
 */

/**
 * The lock-free steps on the cells of a row.
 *
 * <p>Each step takes a row and an index, is atomic, and allocates nothing. Any thread may execute
 * any step at any time.
 *
 * <p>A counter and a level share one kind of accessor, {@link #readCounterAcquire}, which removes
 * the seal from the value. A gauge has no seal, so the accessors of a gauge return all 64 bits.
 * Reading a counter as a gauge would return the seal as a sign.
 */
public final class Cells {

  private static final VarHandle CELL =
      MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

  /** The seal of a counter or level: the sign bit. */
  private static final long SEAL = Long.MIN_VALUE;

  /*
   * The JVM links a step at its first use. If the first caller runs out of stack during linking, a
   * class of the JDK can stay unusable for ever. The step then fails in every later call. So this
   * initializer links every step before any caller has a row.
   */
  static {
    long[] row = new long[1];
    increment(row, 0);
    add(row, 0, 1);
    raise(row, 0, 3);
    setGaugeRelease(row, 0, readGaugeAcquire(row, 0));
    setGaugeVolatile(row, 0, readGaugeVolatile(row, 0));
    casGauge(row, 0, getAndAddGauge(row, 0, 1), 0);
    isSealed(row, 0);
    readCounterAcquire(row, 0);
    casCounter(row, 0, readCounterVolatile(row, 0), 1);
    casSeal(row, 0, 1, 1);
    seal(row, 0);
  }

  private Cells() {}

  /** Returns a row of cells that are all 0. */
  public static long[] newRow(int length) {
    return new long[length];
  }

  /**
   * Adds one to a counter, at most up to {@link Long#MAX_VALUE}.
   *
   * <p>Lock-free, volatile.
   *
   * @return false if the cell is sealed: the counter did not change
   */
  public static boolean increment(long[] row, int i) {
    return claim(row, i) >= 0;
  }

  /**
   * Adds one to a counter, at most up to {@link Long#MAX_VALUE}, and returns the value before. No
   * two callers get the same value below this maximum.
   *
   * <p>Lock-free, volatile. The step is a compare-and-set loop, because a fetch-and-add would
   * change a sealed cell.
   *
   * @return the value before, or a negative number if the cell is sealed: the counter did not
   *     change
   */
  public static long claim(long[] row, int i) {
    long seen = (long) CELL.getOpaque(row, i);
    while (seen >= 0 && !CELL.weakCompareAndSet(row, i, seen, Saturating.add(seen, 1))) {
      seen = (long) CELL.getOpaque(row, i); // outbid, or spurious: look again
    }
    return seen;
  }

  /**
   * Adds to a counter, at most up to {@link Long#MAX_VALUE}.
   *
   * <p>Lock-free, volatile.
   *
   * @param addend at least 0
   * @return false if the cell is sealed: the counter did not change
   */
  public static boolean add(long[] row, int i, long addend) {
    long seen = (long) CELL.getOpaque(row, i);
    while (seen >= 0 && !CELL.weakCompareAndSet(row, i, seen, Saturating.add(seen, addend))) {
      seen = (long) CELL.getOpaque(row, i); // outbid, or spurious: look again
    }
    return seen >= 0;
  }

  /**
   * Raises a level to {@code candidate} if the candidate is higher.
   *
   * <p>Lock-free, volatile. If the level is already high enough, the step only reads, in acquire
   * mode.
   *
   * @param candidate at least 0
   * @return false if the cell is sealed: the level did not change and will never change again
   */
  public static boolean raise(long[] row, int i, long candidate) {
    // acquire: if the level is already high enough, the caller relies on the write of another
    // thread
    long seen = (long) CELL.getAcquire(row, i);
    while (seen >= 0 && seen < candidate && !CELL.weakCompareAndSet(row, i, seen, candidate)) {
      seen = (long) CELL.getAcquire(row, i); // outbid, or spurious: look again
    }
    return seen >= 0;
  }

  /**
   * Seals a counter or level. From then on the cell rejects {@link #increment}, {@link #claim},
   * {@link #add}, {@link #raise}, {@link #casCounter} and {@link #casSeal}.
   *
   * <p>Lock-free, volatile, idempotent. Any thread may seal. All threads that seal a cell get the
   * same value.
   *
   * @return the final value
   */
  public static long seal(long[] row, int i) {
    return (long) CELL.getAndBitwiseOr(row, i, SEAL) & ~SEAL;
  }

  /**
   * Sets a counter or level if the cell has the expected value and is not sealed. Wait-free,
   * volatile.
   *
   * @param expected at least 0
   * @param value at least 0
   * @return true if the cell was set
   */
  public static boolean casCounter(long[] row, int i, long expected, long value) {
    return CELL.compareAndSet(row, i, expected, value);
  }

  /**
   * Sets and seals a counter or level if the cell has the expected value and is not sealed.
   * Wait-free, volatile.
   *
   * @param expected at least 0
   * @param value the final value, at least 0
   * @return true if the cell was set
   */
  public static boolean casSeal(long[] row, int i, long expected, long value) {
    return CELL.compareAndSet(row, i, expected, value | SEAL);
  }

  /** Returns whether a counter or level is sealed. Wait-free, acquire. */
  public static boolean isSealed(long[] row, int i) {
    return (long) CELL.getAcquire(row, i) < 0;
  }

  /** Returns the value of a counter or level, without the seal. Wait-free, acquire. */
  public static long readCounterAcquire(long[] row, int i) {
    return (long) CELL.getAcquire(row, i) & ~SEAL;
  }

  /**
   * Returns the value of a counter or level, without the seal, in one total order with
   * {@link #casCounter} and {@link #setGaugeVolatile}. Wait-free, volatile.
   */
  public static long readCounterVolatile(long[] row, int i) {
    return (long) CELL.getVolatile(row, i) & ~SEAL;
  }

  /** Returns all bits of a gauge. Wait-free, acquire. */
  public static long readGaugeAcquire(long[] row, int i) {
    return (long) CELL.getAcquire(row, i);
  }

  /** Sets a gauge. Wait-free, release. */
  public static void setGaugeRelease(long[] row, int i, long bits) {
    CELL.setRelease(row, i, bits);
  }

  /**
   * Returns all bits of a gauge, in one total order with {@link #setGaugeVolatile} and
   * {@link #casCounter}. Wait-free, volatile.
   */
  public static long readGaugeVolatile(long[] row, int i) {
    return (long) CELL.getVolatile(row, i);
  }

  /**
   * Sets a gauge, in one total order with {@link #readGaugeVolatile} and
   * {@link #readCounterVolatile}. Wait-free, volatile.
   */
  public static void setGaugeVolatile(long[] row, int i, long bits) {
    CELL.setVolatile(row, i, bits);
  }

  /**
   * Adds to a gauge, modulo 2^64, and returns the value before. Wait-free, volatile.
   *
   * <p>For a number that is never sealed.
   */
  public static long getAndAddGauge(long[] row, int i, long addend) {
    return (long) CELL.getAndAdd(row, i, addend);
  }

  /**
   * Sets a gauge if the gauge has the expected value. Wait-free, volatile.
   *
   * @return true if the gauge was set
   */
  public static boolean casGauge(long[] row, int i, long expected, long bits) {
    return CELL.compareAndSet(row, i, expected, bits);
  }

  /**
   * Returns a row of counters that are all sealed at 0. The row never changes, so many owners can
   * share the row.
   */
  public static long[] sealedRow(int length) {
    long[] row = new long[length];
    Arrays.fill(row, SEAL);
    return row;
  }
}
