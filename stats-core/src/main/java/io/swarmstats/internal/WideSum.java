package io.swarmstats.internal;

import java.math.BigInteger;

/**
 * A sum of products of numbers that are at least 0, exact up to 2^127.
 *
 * <p>Not safe for use by several threads at once. Adding allocates nothing.
 */
public final class WideSum {

  private long high;
  private long low; // unsigned

  /** Creates the sum of nothing: 0. */
  public WideSum() {}

  /** Adds {@code a * b}. */
  public void addProduct(long a, long b) {
    long before = low;
    low += a * b;
    high += Math.multiplyHigh(a, b) + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
  }

  /** Returns the sum. */
  public BigInteger value() {
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsigned(low));
  }

  /** Returns the value of a {@code long} as an unsigned number. */
  public static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
    return bits < 0 ? value.setBit(Long.SIZE - 1) : value;
  }
}
