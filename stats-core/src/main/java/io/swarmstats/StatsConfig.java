package io.swarmstats;

import java.time.Duration;
import java.util.Objects;

/**
 * The thresholds and the time source of clients and aggregators. Immutable.
 *
 * <p>Start from {@link #defaults()} and change single components:
 * {@code StatsConfig.defaults().withStallDuration(Duration.ofSeconds(10))}.
 *
 * @param stallThreshold the speed below which a client is slow, as a multiple of real time; above 0
 *     and finite
 * @param stallDuration a client counts as stalled when the client has been slow for longer than
 *     this duration without a break; at least zero. More than 292 years means never
 * @param highDriftThreshold the drift above which a client has high drift; at least zero. More than
 *     292 years means never
 * @param dropThreshold the drop rate, (dropped lines) / (read lines), above which metrics are
 *     degraded; above 0 and finite
 * @param timeSource the source of all times
 */
public record StatsConfig(
    double stallThreshold,
    Duration stallDuration,
    Duration highDriftThreshold,
    double dropThreshold,
    TimeSource timeSource) {

  private static final StatsConfig DEFAULTS =
      new StatsConfig(0.9, Duration.ofSeconds(5), Duration.ofSeconds(5), 0.01, TimeSource.system());

  /**
   * Checks the components. The message of an exception states the component, the rule and the
   * value.
   *
   * @throws IllegalArgumentException if a threshold is NaN, infinite, 0 or negative, or if a
   *     duration is null or negative
   * @throws NullPointerException if the time source is null
   */
  public StatsConfig {
    requireThreshold("stallThreshold", stallThreshold);
    requireDuration("stallDuration", stallDuration);
    requireDuration("highDriftThreshold", highDriftThreshold);
    requireThreshold("dropThreshold", dropThreshold);
    Objects.requireNonNull(timeSource, "timeSource must not be null");
  }

  /**
   * Returns the default configuration.
   *
   * <p>A client is slow below 0.9 × real time, stalled after more than 5 s of slowness, and has
   * high drift above 5 s. Metrics are degraded when more than 1 % of the lines are dropped. The
   * time source is the system. The thresholds are those of the FFmpeg HLS load tester that this
   * library is modelled on.
   *
   * @return the default configuration
   */
  public static StatsConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with another stall threshold.
   *
   * @param stallThreshold the speed below which a client is slow; above 0 and finite
   * @return the changed copy
   * @throws IllegalArgumentException if the threshold is NaN, infinite, 0 or negative
   */
  public StatsConfig withStallThreshold(double stallThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns a copy with another stall duration.
   *
   * @param stallDuration the duration of slowness after which a client is stalled; at least zero
   * @return the changed copy
   * @throws IllegalArgumentException if the duration is null or negative
   */
  public StatsConfig withStallDuration(Duration stallDuration) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns a copy with another threshold of high drift.
   *
   * @param highDriftThreshold the drift above which a client has high drift; at least zero
   * @return the changed copy
   * @throws IllegalArgumentException if the duration is null or negative
   */
  public StatsConfig withHighDriftThreshold(Duration highDriftThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns a copy with another drop threshold.
   *
   * @param dropThreshold the drop rate above which metrics are degraded; above 0 and finite
   * @return the changed copy
   * @throws IllegalArgumentException if the threshold is NaN, infinite, 0 or negative
   */
  public StatsConfig withDropThreshold(double dropThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns a copy with another time source.
   *
   * @param timeSource the source of all times
   * @return the changed copy
   * @throws NullPointerException if the time source is null
   */
  public StatsConfig withTimeSource(TimeSource timeSource) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  private static void requireThreshold(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be > 0 and finite: " + value);
    }
  }

  @SuppressWarnings("ConstantValue") // callers without a null checker can pass null
  private static void requireDuration(String name, Duration value) {
    if (value == null || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be a duration of at least 0: " + value);
    }
  }
}
