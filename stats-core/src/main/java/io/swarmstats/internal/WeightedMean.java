package io.swarmstats.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The exact mean of durations that each stand for many: (sum of duration × weight) / (sum of the
 * weights). A duration of weight 0 changes nothing.
 *
 * <p>Only one thread at a time may use an object.
 */
public final class WeightedMean {

  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

  private BigInteger sum = BigInteger.ZERO; // in nanoseconds
  private BigInteger weights = BigInteger.ZERO;

  /** Creates the mean of nothing. */
  public WeightedMean() {}

  /** Adds a duration. The weight is at least 0. */
  public void add(Duration duration, long weight) {
    BigInteger nanos = BigInteger.valueOf(duration.getSeconds())
        .multiply(NANOS_PER_SECOND)
        .add(BigInteger.valueOf(duration.getNano()));
    sum = sum.add(nanos.multiply(BigInteger.valueOf(weight)));
    weights = weights.add(BigInteger.valueOf(weight));
  }

  /** Returns the mean, rounded towards negative infinity; zero without weight. */
  public Duration floor() {
    if (weights.signum() == 0) {
      return Duration.ZERO;
    }
    BigInteger mean = new BigDecimal(sum)
        .divide(new BigDecimal(weights), 0, RoundingMode.FLOOR)
        .toBigIntegerExact();
    BigInteger[] seconds = mean.divideAndRemainder(NANOS_PER_SECOND);
    return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValueExact());
  }
}
