package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Holds the bounds against their definition, by integer powers and not by roots: a bound of
 * {@code n} nanoseconds, rounded down from 10^9 * 2^(i/64), is the one with {@code n^64 <= 10^576 *
 * 2^i < (n + 1)^64}.
 */
class BucketsTest {

  private static final BigInteger SECOND = BigInteger.TEN.pow(9 * 64);

  /** Returns whether n <= 10^9 * 2^(i/64). */
  private static boolean isNotAboveBound(BigInteger n, int i) {
    BigInteger left = n.pow(64);
    return i >= 0
        ? left.compareTo(SECOND.shiftLeft(i)) <= 0
        : left.shiftLeft(-i).compareTo(SECOND) <= 0;
  }

  @Test
  void bounds_areThoseOfTheDefinition_roundedDown() {
    for (int bucket = 1; bucket < Buckets.COUNT - 1; bucket++) {
      BigInteger upper = BigInteger.valueOf(Buckets.upper(bucket));
      int i = Buckets.indexOf(bucket);
      assertThat(isNotAboveBound(upper, i)).as("upper bound of index %s", i).isTrue();
      assertThat(isNotAboveBound(upper.add(BigInteger.ONE), i))
          .as("index %s", i)
          .isFalse();
    }
  }

  @Test
  void ends_ofTheRange_haveABucket() {
    assertThat(Buckets.of(0)).isZero();
    assertThat(Buckets.upper(0)).isZero();
    assertThat(Buckets.of(1)).isEqualTo(1);
    assertThat(isNotAboveBound(BigInteger.ONE, Buckets.indexOf(1))).isTrue();
    assertThat(isNotAboveBound(BigInteger.ONE, Buckets.indexOf(1) - 1)).isFalse();
    assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
    assertThat(Buckets.upper(Buckets.COUNT - 1)).isEqualTo(Long.MAX_VALUE);
    BigInteger longest = BigInteger.valueOf(Long.MAX_VALUE);
    assertThat(isNotAboveBound(longest, Buckets.indexOf(Buckets.COUNT - 1))).isTrue();
    assertThat(isNotAboveBound(longest, Buckets.indexOf(Buckets.COUNT - 2))).isFalse();
  }

  @Test
  void secondsThatArePowersOfTwo_endBuckets() {
    assertThat(Buckets.indexOf(Buckets.of(1_000_000_000L))).isZero();
    assertThat(Buckets.indexOf(Buckets.of(1_000_000_001L))).isEqualTo(1);
    assertThat(Buckets.indexOf(Buckets.of(2_000_000_000L))).isEqualTo(64);
    assertThat(Buckets.indexOf(Buckets.of(500_000_000L))).isEqualTo(-64);
    assertThat(Buckets.indexOf(Buckets.of(1_024_000_000_000L))).isEqualTo(640);
  }

  /** Also where buckets are narrower than a nanosecond, and hold nothing. */
  @Test
  void everyBound_andItsNeighbours_areInTheirBuckets() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      long upper = Buckets.upper(bucket);
      long lower = Buckets.lower(bucket);
      if (upper > lower) {
        assertThat(Buckets.of(upper)).as("%s ns", upper).isEqualTo(bucket);
        assertThat(Buckets.of(lower + 1)).as("%s ns", lower + 1).isEqualTo(bucket);
        if (lower >= 0) {
          assertThat(Buckets.of(lower)).as("%s ns", lower).isLessThan(bucket);
        }
        if (upper < Long.MAX_VALUE) {
          assertThat(Buckets.of(upper + 1)).as("%s ns", upper + 1).isGreaterThan(bucket);
        }
      }
    }
  }

  @Test
  void anyLatency_isAboveTheLowerBoundAndNotAboveTheUpper() {
    Random random = new Random(13);
    for (int n = 0; n < 200_000; n++) {
      long nanos = random.nextLong() >>> (1 + random.nextInt(63));
      int bucket = Buckets.of(nanos);
      assertThat(nanos)
          .isGreaterThan(Buckets.lower(bucket))
          .isLessThanOrEqualTo(Buckets.upper(bucket));
    }
  }

  @Test
  void width_ofABucket_isAtMostItsSchemaAllows() {
    double widest = Math.pow(2, 1.0 / 64) - 1;
    for (int bucket = 1; bucket < Buckets.COUNT; bucket++) {
      double shortest = Buckets.lower(bucket) + 1.0;
      assertThat(Buckets.upper(bucket) - shortest).isLessThanOrEqualTo(shortest * widest + 1e-6);
    }
  }
}
