package io.swarmstats;

import java.time.Duration;
import java.util.Objects;

/**
 * The thresholds and the time source of clients and aggregators. Immutable.
 *
 * <p>Start from {@link #defaults()} and change what differs:
 * {@code StatsConfig.defaults().withStallDuration(Duration.ofSeconds(10))}.
 *
 * @param stallThreshold the speed below which a client is slow, as a multiple of real time; above 0
 *     and finite
 * @param stallDuration how long a client must be slow without a break, and then some, to count as
 *     stalled; at least 0. More than 292 years means never
 * @param highDriftThreshold the drift above which a client has high drift; at least 0. More than
 *     292 years means never
 * @param dropThreshold the drop rate (dropped lines / read lines) above which metrics are degraded;
 *     above 0 and finite
 * @param timeSource where time comes from
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
   * Checks the components.
   *
   * @throws IllegalArgumentException if a threshold is NaN, infinite, 0 or negative, or a duration
   *     is null or negative; the message names the component, the rule and the value
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
   * Returns the thresholds of the FFmpeg HLS load tester that this library comes from: slow below
   * 0.9 × real time, stalled after more than 5 s of that, high drift above 5 s, degraded above 1 %
   * of lines dropped; and system time.
   *
   * @return the default configuration
   */
  public static StatsConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Returns this configuration with another stall threshold.
   *
   * @param stallThreshold see {@link StatsConfig}
   * @return the changed copy
   * @throws IllegalArgumentException if the value breaks its rule
   */
  public StatsConfig withStallThreshold(double stallThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns this configuration with another stall duration.
   *
   * @param stallDuration see {@link StatsConfig}
   * @return the changed copy
   * @throws IllegalArgumentException if the value breaks its rule
   */
  public StatsConfig withStallDuration(Duration stallDuration) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns this configuration with another threshold of high drift.
   *
   * @param highDriftThreshold see {@link StatsConfig}
   * @return the changed copy
   * @throws IllegalArgumentException if the value breaks its rule
   */
  public StatsConfig withHighDriftThreshold(Duration highDriftThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns this configuration with another drop threshold.
   *
   * @param dropThreshold see {@link StatsConfig}
   * @return the changed copy
   * @throws IllegalArgumentException if the value breaks its rule
   */
  public StatsConfig withDropThreshold(double dropThreshold) {
    return new StatsConfig(
        stallThreshold, stallDuration, highDriftThreshold, dropThreshold, timeSource);
  }

  /**
   * Returns this configuration with another time source.
   *
   * @param timeSource see {@link StatsConfig}
   * @return the changed copy
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

  @SuppressWarnings("ConstantValue") // callers without null checking do pass null
  private static void requireDuration(String name, Duration value) {
    if (value == null || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be a duration of at least 0: " + value);
    }
  }
}
