package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactMeanTest {

  private static ExactMean meanOf(long... values) {
    ExactMean mean = new ExactMean();
    LongStream.of(values).forEach(mean::add);
    return mean;
  }

  private static long floorOfExactMean(long... values) {
    BigInteger sum = LongStream.of(values)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, BigInteger::add);
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(values.length), 0, RoundingMode.FLOOR)
        .longValueExact();
  }

  @Test
  void floor_ofNothing_isZero() {
    assertThat(meanOf().floor()).isZero();
    assertThat(meanOf().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 1L << 32, -(1L << 32), Long.MAX_VALUE, Long.MIN_VALUE})
  void floor_ofOneNumber_isThatNumber(long value) {
    assertThat(meanOf(value).floor()).isEqualTo(value);
  }

  @Test
  void floor_roundsTowardsNegativeInfinity() {
    assertThat(meanOf(1, 2).floor()).isEqualTo(1);
    assertThat(meanOf(-1, -2).floor()).isEqualTo(-2);
    assertThat(meanOf(-1, 0).floor()).isEqualTo(-1);
    assertThat(meanOf(-1, 0, 0).floor()).isEqualTo(-1);
    assertThat(meanOf(-2, -4).floor()).isEqualTo(-3);
  }

  @Test
  void floor_extremes_doesNotOverflow() {
    assertThat(meanOf(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).floor())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(meanOf(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE).floor())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(meanOf(Long.MIN_VALUE, Long.MAX_VALUE).floor()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void floor_randomNumbersOfEveryMagnitude_agreesWithBigInteger(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long[] values = random
          .longs(1 + random.nextInt(50))
          .map(value -> value >> random.nextInt(64))
          .toArray();

      assertThat(meanOf(values).floor()).as("%s", values).isEqualTo(floorOfExactMean(values));
    }
  }

  @Test
  void floor_manyNumbersNearTheGreatestLong_agreesWithBigInteger() {
    long[] values = new Random(11).longs(100_000).map(value -> value >>> 1).toArray();

    assertThat(meanOf(values).floor()).isEqualTo(floorOfExactMean(values));
    assertThat(meanOf(values).count()).isEqualTo(100_000);
  }

  /**
   * The sum of the lower halves then exceeds the greatest long, so the mean is right only if it was
   * carried.
   */
  @Test
  void floor_moreNumbersThanTheLowerHalfHoldsWithoutCarry_isStillExact() {
    ExactMean mean = new ExactMean();
    long value = 0xFFFF_FFFFL;
    for (long i = 0; i < (1L << 31) + 10; i++) {
      mean.add(value);
    }

    assertThat(mean.floor()).isEqualTo(value);
  }

  @Test
  void floor_canBeAskedBetweenAdditions() {
    ExactMean mean = meanOf(10);
    assertThat(mean.floor()).isEqualTo(10);
    mean.add(20);
    assertThat(mean.floor()).isEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void addAll_numbersOfEveryMagnitude_isAsIfEachWasAdded(long seed) {
    Random random = new Random(seed);
    long[] values = random.longs(100).map(value -> value >> random.nextInt(64)).toArray();
    ExactMean mean = meanOf(LongStream.of(values).limit(30).toArray());
    ExactMean copy = mean.copy();
    ExactMean rest = meanOf(LongStream.of(values).skip(30).toArray());
    mean.addAll(rest);

    assertThat(mean.floor()).isEqualTo(floorOfExactMean(values));
    assertThat(mean.count()).isEqualTo(100);
    assertThat(rest.count()).isEqualTo(70);
    assertThat(copy.count()).isEqualTo(30);
  }
}
