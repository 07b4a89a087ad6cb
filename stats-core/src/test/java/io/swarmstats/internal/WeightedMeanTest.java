package io.swarmstats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedMeanTest {

  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  private static BigDecimal nanos(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .movePointRight(9)
        .add(BigDecimal.valueOf(duration.getNano()));
  }

  @Test
  void floor_ofNothingOrOfNoWeight_isZero() {
    WeightedMean mean = new WeightedMean();
    assertThat(mean.floor()).isZero();

    mean.add(LONGEST, 0);
    assertThat(mean.floor()).isZero();
  }

  @Test
  void floor_ofOneDuration_isThisDuration() {
    for (Duration duration : new Duration[] {
      LONGEST, Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(-1), Duration.ofNanos(1)
    }) {
      WeightedMean mean = new WeightedMean();
      mean.add(duration, Long.MAX_VALUE);

      assertThat(mean.floor()).isEqualTo(duration);
    }
  }

  @Test
  void floor_ofNegativeRemainder_isRoundedDown() {
    WeightedMean mean = new WeightedMean();
    mean.add(Duration.ofNanos(-5), 3);
    mean.add(Duration.ofNanos(4), 1);

    assertThat(mean.floor()).isEqualTo(Duration.ofNanos(-3)); // -11 / 4
  }

  @Test
  void floor_ofRandomParts_isTheExactMeanRoundedDown() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      WeightedMean mean = new WeightedMean();
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal weights = BigDecimal.ZERO;
      for (int i = 1 + random.nextInt(9); i > 0; i--) {
        Duration duration = Duration.ofSeconds(
            random.nextLong() >> random.nextInt(63), random.nextInt(1_000_000_000));
        long weight = 1 + (random.nextLong() >>> (2 + random.nextInt(62)));
        mean.add(duration, weight);
        sum = sum.add(nanos(duration).multiply(BigDecimal.valueOf(weight)));
        weights = weights.add(BigDecimal.valueOf(weight));
      }

      assertThat(nanos(mean.floor()))
          .as("seed %d", seed)
          .isEqualByComparingTo(sum.divide(weights, 0, RoundingMode.FLOOR));
    }
  }
}
