package io.swarmstats.internal;

import java.math.BigInteger;

/**
 * The mean of {@code long} numbers, exact. 2^32 numbers never overflow; more do not if their sum is
 * within -2^95..2^95.
 *
 * <p>For one thread at a time. Adding is O(1) and allocates nothing.
 */
public final class ExactMean {

  private static final int LOW_BITS = 32;
  private static final long LOW_MASK = 0xFFFF_FFFFL;

  // The sum is high * 2^32 + low, and low is below 2^32. The sum of 2^32 numbers fits.
  private long high;
  private long low;
  private long count;

  /** Creates the mean of no numbers. */
  public ExactMean() {}

  /**
   * Returns the mean of {@code count} numbers that all have the same value.
   *
   * <p>The value and the count are at least 0, and their product is below 2^95.
   */
  public static ExactMean of(long value, long count) {
    BigInteger[] parts = BigInteger.valueOf(value)
        .multiply(BigInteger.valueOf(count))
        .divideAndRemainder(BigInteger.ONE.shiftLeft(LOW_BITS));
    ExactMean mean = new ExactMean();
    mean.high = parts[0].longValueExact();
    mean.low = parts[1].longValue();
    mean.count = count;
    return mean;
  }

  /** Adds one number. */
  public void add(long value) {
    low += value & LOW_MASK;
    high += (value >> LOW_BITS) + (low >>> LOW_BITS);
    low &= LOW_MASK;
    count++;
  }

  /** Adds all numbers of another mean. The other mean stays the same. */
  public void addAll(ExactMean other) {
    low += other.low;
    high += other.high + (low >>> LOW_BITS);
    low &= LOW_MASK;
    count += other.count;
  }

  /** Returns an independent copy: numbers added to the copy do not reach this mean. */
  public ExactMean copy() {
    ExactMean copy = new ExactMean();
    copy.addAll(this);
    return copy;
  }

  /** Returns how many numbers were added. */
  public long count() {
    return count;
  }

  /** Returns the mean, rounded towards negative infinity; 0 if no number was added. */
  public long floor() {
    if (count == 0) {
      return 0;
    }
    BigInteger sum = BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low));
    BigInteger[] quotient = sum.divideAndRemainder(BigInteger.valueOf(count));
    long truncated = quotient[0].longValueExact();
    return quotient[1].signum() < 0 ? truncated - 1 : truncated;
  }
}
