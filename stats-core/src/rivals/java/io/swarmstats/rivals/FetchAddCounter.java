package io.swarmstats.rivals;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/*
 * The seal moves the count up by 16 bits and sets the sign bit. Suppose that an addition loaded the
 * counter before the seal, and adds 1 afterwards. The addition finds the sign bit and is rejected.
 * Its 1 lands in the 16 low bits, which nobody reads.
 *
 * Limits. The counter counts up to 2^47 - 1. If more than 65,535 threads are between their load and
 * their addition when the counter is sealed, the low bits overflow into the count.
 */

/**
 * A counter that can be sealed, with a wait-free increment: a load, then a fetch-and-add.
 *
 * <p>The library's counter repeats a compare-and-set instead. This class is the experiment of
 * decision 35.
 */
public final class FetchAddCounter {

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup()
          .findVarHandle(FetchAddCounter.class, "value", long.class)
          .withInvokeExactBehavior();
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final long SEAL = Long.MIN_VALUE;
  private static final int LATE_BITS = 16;
  private static final long MOST = (1L << (Long.SIZE - 1 - LATE_BITS)) - 1;

  private volatile long value;

  /** Creates a counter at 0. */
  public FetchAddCounter() {}

  /** Adds one. Returns false if the counter is sealed: the count did not change. */
  public boolean increment() {
    return value >= 0 && (long) VALUE.getAndAdd(this, 1L) >= 0;
  }

  /** Seals the counter, and returns the final count. */
  public long seal() {
    long seen = value;
    while (seen >= 0
        && !VALUE.compareAndSet(this, seen, SEAL | Math.min(seen, MOST) << LATE_BITS)) {
      seen = value;
    }
    return count();
  }

  /** Returns the count, without the additions that came too late. */
  public long count() {
    long seen = value;
    return seen >= 0 ? Math.min(seen, MOST) : (seen & ~SEAL) >>> LATE_BITS;
  }
}
