package io.swarmstats.internal;

import java.math.BigInteger;

/**
 * The mean of up to 2<sup>31</sup> numbers, exact and without overflow, whatever the numbers.
 *
 * <p>Not safe for use by several threads at once. Adding allocates nothing.
 */
public final class ExactMean {

  private static final int LOW_BITS = 32;
  private static final long LOW_MASK = 0xFFFF_FFFFL;

  // the sum is high * 2^32 + low: each half has 31 bits to spare above its largest term
  private long high;
  private long low;
  private long count;

  /** Creates the mean of nothing. */
  public ExactMean() {}

  /** Adds one number. */
  public void add(long value) {
    high += value >> LOW_BITS;
    low += value & LOW_MASK;
    count++;
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
