package io.swarmstats.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The exact mean of durations that each stand for many: (sum of duration × weight) / (sum of the
 * weights). A duration of weight 0 changes nothing. Exact while the sum of seconds × weight is
 * within -2^127..2^127.
 *
 * <p>Only one thread at a time may use an object. Adding allocates nothing.
 */
public final class WeightedMean {

  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

  private final WideSum seconds = new WideSum();
  private final WideSum nanos = new WideSum();
  private final WideSum weights = new WideSum();

  /** Creates the mean of nothing. */
  public WeightedMean() {}

  /** Adds a duration. The weight is at least 0. */
  public void add(Duration duration, long weight) {
    seconds.addProduct(duration.getSeconds(), weight);
    nanos.addProduct(duration.getNano(), weight);
    weights.addProduct(1, weight);
  }

  /** Returns the mean, rounded towards negative infinity to the nanosecond; zero without weight. */
  public Duration floor() {
    BigInteger weight = weights.value();
    if (weight.signum() == 0) {
      return Duration.ZERO;
    }
    BigInteger sum = seconds.value().multiply(NANOS_PER_SECOND).add(nanos.value());
    BigInteger mean = new BigDecimal(sum)
        .divide(new BigDecimal(weight), 0, RoundingMode.FLOOR)
        .toBigIntegerExact();
    BigInteger[] second = mean.divideAndRemainder(NANOS_PER_SECOND);
    return Duration.ofSeconds(second[0].longValueExact(), second[1].longValueExact());
  }
}
