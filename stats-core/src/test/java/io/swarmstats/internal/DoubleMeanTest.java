package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleMeanTest {

  private static final double LEAST = Double.MIN_VALUE;
  private static final double GREATEST = Double.MAX_VALUE;

  private static double meanOf(double... numbers) {
    DoubleMean mean = new DoubleMean();
    DoubleStream.of(numbers).forEach(mean::add);
    return mean.mean();
  }

  private static BigDecimal exactMeanOf(double... numbers) {
    BigDecimal sum =
        DoubleStream.of(numbers).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(numbers.length), new MathContext(60));
  }

  /** Returns the mean of parts of random length, which are added up in random order. */
  private static double meanOfParts(Random random, double... numbers) {
    List<DoubleMean> means = new ArrayList<>();
    for (double number : numbers) {
      if (means.isEmpty() || random.nextInt(5) == 0) {
        means.add(new DoubleMean());
      }
      means.get(means.size() - 1).add(number);
    }
    Collections.shuffle(means, random);
    DoubleMean mean = new DoubleMean();
    means.forEach(mean::addAll);
    assertThat(mean.count()).isEqualTo(numbers.length);
    return mean.mean();
  }

  private static void assertWithinOneUlpAndInRange(double... numbers) {
    assertWithinOneUlpAndInRange(meanOf(numbers), numbers);
    assertWithinOneUlpAndInRange(meanOfParts(new Random(numbers.length), numbers), numbers);
  }

  private static void assertWithinOneUlpAndInRange(double mean, double[] numbers) {
    BigDecimal error = new BigDecimal(mean).subtract(exactMeanOf(numbers)).abs();

    assertThat(error)
        .as("%s of %s", mean, Arrays.toString(numbers))
        .isLessThanOrEqualTo(new BigDecimal(Math.ulp(mean)));
    assertThat(mean)
        .isBetween(
            DoubleStream.of(numbers).min().orElseThrow(),
            DoubleStream.of(numbers).max().orElseThrow());
  }

  @Test
  void mean_ofNothing_isZero() {
    assertThat(meanOf()).isZero();
    assertThat(new DoubleMean().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.0 / 3, 0.9, LEAST, 3 * LEAST, Double.MIN_NORMAL, 1e300, GREATEST})
  void mean_ofEqualNumbers_isThatNumber(double number) {
    DoubleMean mean = new DoubleMean();
    for (int i = 1; i <= 100_000; i++) {
      mean.add(number);
      if (i <= 1_000 || i % 9_999 == 0) {
        assertThat(mean.mean()).as("%d numbers", i).isEqualTo(number);
      }
    }
    assertThat(mean.count()).isEqualTo(100_000);
  }

  static Stream<double[]> numbersThatPlainSumsGetWrong() {
    return Stream.of(
        new double[] {1, 0x1p-53, 0x1p-53},
        new double[] {0x1p-53, 0x1p-53, 1},
        new double[] {1, 0x1p-54, 0x1p-54, 0x1p-106, 0x1p-106},
        new double[] {1e300, 1, 1e-300},
        new double[] {LEAST, LEAST, 2 * LEAST},
        new double[] {LEAST, 2 * LEAST},
        new double[] {LEAST, Double.MIN_NORMAL},
        new double[] {Math.nextDown(Double.MIN_NORMAL), Double.MIN_NORMAL},
        new double[] {LEAST, GREATEST},
        new double[] {GREATEST, LEAST},
        new double[] {GREATEST, GREATEST, 1, 1},
        new double[] {GREATEST, Math.nextDown(GREATEST), GREATEST},
        new double[] {0x1p900, Math.nextUp(0x1p900), 1},
        new double[] {0x1p900, 0x1p900, 0x1p847},
        new double[] {Math.nextUp(0x1p900), LEAST});
  }

  @ParameterizedTest
  @MethodSource("numbersThatPlainSumsGetWrong")
  void mean_numbersThatPlainSumsGetWrong_isWithinOneUlp(double[] numbers) {
    assertWithinOneUlpAndInRange(numbers);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mean_randomSpeeds_agreesWithBigDecimal(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      assertWithinOneUlpAndInRange(random
          .doubles(1 + random.nextInt(100), 0.01, 4)
          .map(speed -> Math.round(speed * 1_000) / 1_000.0) // as FFmpeg prints a speed
          .toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void mean_randomNumbersOfEveryMagnitude_agreesWithBigDecimal(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int spread = 1 + random.nextInt(2_046);
      int lowest = -1_074 + random.nextInt(2_047 - spread);
      double[] numbers = random
          .doubles(1 + random.nextInt(50), 1, 2)
          .map(number -> Math.max(LEAST, Math.scalb(number, lowest + random.nextInt(spread))))
          .toArray();

      assertWithinOneUlpAndInRange(numbers);
    }
  }

  @Test
  void mean_manyNumbers_agreesWithBigDecimal() {
    assertWithinOneUlpAndInRange(new Random(21).doubles(200_000, 0.1, 3).toArray());
    assertWithinOneUlpAndInRange(new Random(22).doubles(200_000, 1, 1 + 0x1p-40).toArray());
  }

  @Test
  void addAll_ofNothing_changesNothing() {
    DoubleMean mean = new DoubleMean();
    mean.addAll(new DoubleMean());
    assertThat(mean.mean()).isZero();
    mean.add(3);
    mean.addAll(new DoubleMean());
    assertThat(mean.mean()).isEqualTo(3);
    assertThat(mean.count()).isEqualTo(1);
  }

  @Test
  void mean_canBeAskedBetweenAdditions() {
    DoubleMean mean = new DoubleMean();
    mean.add(1);
    assertThat(mean.mean()).isEqualTo(1);
    mean.add(2);
    assertThat(mean.mean()).isEqualTo(1.5);
  }
}
