package io.swarmstats.internal;

import java.math.BigInteger;

/**
 * The mean of any numbers, exact and without overflow.
 *
 * <p>Not safe for use by several threads at once. Adding allocates nothing.
 */
public final class ExactMean {

  private static final int LOW_BITS = 32;
  private static final long LOW_MASK = 0xFFFF_FFFFL;

  // the sum is high * 2^32 + low, with low below 2^32: 2^32 of the largest numbers fit into high
  private long high;
  private long low;
  private long count;

  /** Creates the mean of nothing. */
  public ExactMean() {}

  /** Returns the mean of so many numbers that are all the same, and at least 0. */
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

  /** Adds all numbers of another mean, which is not changed. */
  public void addAll(ExactMean other) {
    low += other.low;
    high += other.high + (low >>> LOW_BITS);
    low &= LOW_MASK;
    count += other.count;
  }

  /** Returns a mean of the same numbers, to which others can be added. */
  public ExactMean copy() {
    ExactMean copy = new ExactMean();
    copy.addAll(this);
    return copy;
  }

  /** Returns how many numbers were added. */
  public long count() {
    return count;
  }

  /** Returns the mean, rounded towards negative infinity; 0 if nothing was added. */
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
