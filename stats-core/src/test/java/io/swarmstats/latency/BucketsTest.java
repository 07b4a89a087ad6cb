package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the buckets with a table that shares no code with them.
 *
 * <p>The table holds 10^9 * 2^(i/64) for every integer i, from decimal powers of the 64th root of
 * 2. Integer powers then prove each bound n of the table: {@code n^64 <= 10^576 * 2^i < (n +
 * 1)^64}.
 */
class BucketsTest {

  private static final MathContext DIGITS = new MathContext(100);
  private static final MathContext FEWER_DIGITS = new MathContext(60); // without rounding errors
  private static final BigInteger SECOND = BigInteger.TEN.pow(9 * 64);
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** The lowest index of a bound that is 1 ns or longer. */
  private static final int FIRST_INDEX = firstIndex();

  /** The upper bounds in nanoseconds: the one of 0 ns, those of the indices, and the longest. */
  private static final long[] UPPER = table();

  private static int firstIndex() {
    int index = 0;
    while (isAtMostBound(BigInteger.ONE, index - 1)) {
      index--;
    }
    return index;
  }

  private static long[] table() {
    BigDecimal step = BigDecimal.valueOf(2);
    for (int root = 1; root < 64; root *= 2) {
      step = step.sqrt(DIGITS);
    }
    List<Long> upper = new ArrayList<>(List.of(0L));
    BigDecimal bound = BigDecimal.valueOf(1_000_000_000).multiply(step.pow(FIRST_INDEX, DIGITS));
    while (bound.toBigInteger().compareTo(LONGEST) < 0) {
      upper.add(bound.round(FEWER_DIGITS).longValue());
      bound = bound.multiply(step, DIGITS);
    }
    upper.add(Long.MAX_VALUE);
    return upper.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns whether n <= 10^9 * 2^(index/64). */
  private static boolean isAtMostBound(BigInteger n, int index) {
    BigInteger power = n.pow(64);
    return index >= 0
        ? power.compareTo(SECOND.shiftLeft(index)) <= 0
        : power.shiftLeft(-index).compareTo(SECOND) <= 0;
  }

  /** Returns the first bucket of the table that ends at the latency or above, by bisection. */
  private static int expectedBucket(long nanos) {
    int from = 0;
    int to = UPPER.length - 1;
    while (from < to) {
      int middle = (from + to) / 2;
      if (UPPER[middle] >= nanos) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  @Test
  void table_isThatOfTheDefinition() {
    for (int bucket = 1; bucket < UPPER.length - 1; bucket++) {
      BigInteger upper = BigInteger.valueOf(UPPER[bucket]);
      int index = FIRST_INDEX + bucket - 1;
      assertThat(isAtMostBound(upper, index)).as("index %s", index).isTrue();
      assertThat(isAtMostBound(upper.add(BigInteger.ONE), index))
          .as("index %s", index)
          .isFalse();
    }
    assertThat(isAtMostBound(LONGEST, FIRST_INDEX + UPPER.length - 2)).isTrue();
    assertThat(isAtMostBound(LONGEST, FIRST_INDEX + UPPER.length - 3)).isFalse();
  }

  @Test
  void boundsAndIndices_areThoseOfTheTable() {
    assertThat(Buckets.COUNT).isEqualTo(4_034).isEqualTo(UPPER.length);
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      int index = FIRST_INDEX + bucket - 1;
      assertThat(Buckets.indexOf(bucket)).isEqualTo(index);
      assertThat(Buckets.upper(bucket)).as("index %s", index).isEqualTo(UPPER[bucket]);
      assertThat(Buckets.lower(bucket))
          .as("index %s", index)
          .isEqualTo(bucket == 0 ? -1 : UPPER[bucket - 1]);
    }
    assertThat(Buckets.ZERO_INDEX).isEqualTo(Buckets.indexOf(0));
  }

  @Test
  void secondsThatArePowersOfTwo_endBuckets() {
    assertThat(Buckets.indexOf(Buckets.of(1_000_000_000L))).isZero();
    assertThat(Buckets.indexOf(Buckets.of(1_000_000_001L))).isEqualTo(1);
    assertThat(Buckets.indexOf(Buckets.of(2_000_000_000L))).isEqualTo(64);
    assertThat(Buckets.indexOf(Buckets.of(500_000_000L))).isEqualTo(-64);
    assertThat(Buckets.indexOf(Buckets.of(1_024_000_000_000L))).isEqualTo(640);
  }

  static Stream<Named<LongStream>> latencies() {
    Random random = new Random(13);
    return Stream.of(
        Named.of("the ends of the range", LongStream.of(0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE)),
        Named.of(
            "every bound and its neighbours",
            LongStream.of(UPPER).flatMap(bound -> LongStream.of(bound - 1, bound, bound + 1))),
        Named.of(
            "powers of two and their neighbours",
            IntStream.range(0, 63)
                .mapToLong(bit -> 1L << bit)
                .flatMap(power -> LongStream.of(power - 1, power, power + 1))),
        Named.of("up to 100 us", LongStream.range(0, 100_000)),
        Named.of("any", random.longs(100_000, 0, Long.MAX_VALUE)),
        Named.of(
            "of any number of bits",
            random.longs(100_000, 0, Long.MAX_VALUE).map(nanos -> nanos >>> random.nextInt(63))));
  }

  @ParameterizedTest
  @MethodSource("latencies")
  void latency_isInItsBucketOfTheTable(LongStream latencies) {
    latencies.filter(nanos -> nanos >= 0).forEach(nanos -> {
      int bucket = Buckets.of(nanos);
      int expected = expectedBucket(nanos);
      if (bucket != expected) { // assertThat takes too long for every latency
        assertThat(bucket).as("bucket of %s ns", nanos).isEqualTo(expected);
      }
    });
  }

  @Test
  void halfABucket_isAtMostAHalfPercentOfItsShortestLatency() {
    for (int bucket = 1; bucket < Buckets.COUNT; bucket++) {
      double shortest = UPPER[bucket - 1] + 1.0;
      double width = UPPER[bucket] - shortest;
      assertThat(width / 2).isLessThanOrEqualTo(0.0055 * shortest);
    }
  }
}
