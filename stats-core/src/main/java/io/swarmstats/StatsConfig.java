package io.swarmstats;

import java.time.Duration;
import java.util.Objects;

/**
 * The thresholds and the time source of clients and aggregators. Immutable.
 *
 * <p>Start from {@link #defaults()} and change single components:
 * {@code StatsConfig.defaults().withStallDuration(Duration.ofSeconds(10))}.
 *
 * @param stallThreshold the share of the time for which the viewer must play. A progress report is
 *     slow if the viewer played for less than this share of the time since the last report. Without
 *     media, a client is slow if its speed is below this threshold, as a multiple of real time.
 *     Above 0 and finite
 * @param stallDuration a client is stalled after more than this duration of slow reports, without
 *     media, or before its viewer begins to play; at least zero. More than 292 years means never
 * @param silenceDuration a client is silent when its process has not reported its progress for
 *     longer than this duration; at least zero. More than 292 years means never
 * @param highDriftThreshold the drift above which a client has high drift; at least zero. More than
 *     292 years means never
 * @param dropThreshold the drop rate, (dropped lines) / (read lines), above which metrics are
 *     degraded; above 0 and finite
 * @param timeSource the source of all times
 */
public record StatsConfig(
    double stallThreshold,
    Duration stallDuration,
    Duration silenceDuration,
    Duration highDriftThreshold,
    double dropThreshold,
    TimeSource timeSource) {

  private static final StatsConfig DEFAULTS = new StatsConfig(
      0.9,
      Duration.ofSeconds(5),
      Duration.ofSeconds(10),
      Duration.ofSeconds(5),
      0.01,
      TimeSource.system());

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
    requireDuration("silenceDuration", silenceDuration);
    requireDuration("highDriftThreshold", highDriftThreshold);
    requireThreshold("dropThreshold", dropThreshold);
    Objects.requireNonNull(timeSource, "timeSource must not be null");
  }

  /**
   * Returns the default configuration.
   *
   * <p>A viewer must play for 0.9 of the time. A client is stalled after more than 5 s without
   * enough media. A client is also stalled more than 5 s after the start of a process that has not
   * begun to play. A client is silent after more than 10 s without a report. The drift is high
   * above 5 s. Metrics are degraded when more than 1 % of the lines are dropped. The time source is
   * {@link TimeSource#system()}. The silence duration is new. The other thresholds are those of the
   * FFmpeg HLS load tester that this library is modelled on.
   *
   * @return the default configuration
   */
  public static StatsConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a copy with the given stall threshold.
   *
   * @param stallThreshold the share of the time for which the viewer must play, and the speed below
   *     which a client without media is slow; above 0 and finite
   * @return the changed copy
   * @throws IllegalArgumentException if the threshold is NaN, infinite, 0 or negative
   */
  public StatsConfig withStallThreshold(double stallThreshold) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
  }

  /**
   * Returns a copy with the given stall duration.
   *
   * @param stallDuration the duration without enough media, or before the process begins to play,
   *     after which a client is stalled; at least zero
   * @return the changed copy
   * @throws IllegalArgumentException if the duration is null or negative
   */
  public StatsConfig withStallDuration(Duration stallDuration) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
  }

  /**
   * Returns a copy with the given silence duration.
   *
   * @param silenceDuration the duration without a report after which a client is silent; at least
   *     zero
   * @return the changed copy
   * @throws IllegalArgumentException if the duration is null or negative
   */
  public StatsConfig withSilenceDuration(Duration silenceDuration) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
  }

  /**
   * Returns a copy with the given threshold of high drift.
   *
   * @param highDriftThreshold the drift above which a client has high drift; at least zero
   * @return the changed copy
   * @throws IllegalArgumentException if the duration is null or negative
   */
  public StatsConfig withHighDriftThreshold(Duration highDriftThreshold) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
  }

  /**
   * Returns a copy with the given drop threshold.
   *
   * @param dropThreshold the drop rate above which metrics are degraded; above 0 and finite
   * @return the changed copy
   * @throws IllegalArgumentException if the threshold is NaN, infinite, 0 or negative
   */
  public StatsConfig withDropThreshold(double dropThreshold) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
  }

  /**
   * Returns a copy with the given time source.
   *
   * @param timeSource the source of all times
   * @return the changed copy
   * @throws NullPointerException if the time source is null
   */
  public StatsConfig withTimeSource(TimeSource timeSource) {
    return new StatsConfig(
        stallThreshold,
        stallDuration,
        silenceDuration,
        highDriftThreshold,
        dropThreshold,
        timeSource);
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
