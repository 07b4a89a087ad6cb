package io.swarmstats;

import io.swarmstats.internal.Saturating;

/**
 * The thresholds of the configuration of the clients that a walk is reading, as nanoseconds.
 *
 * <p>A walk keeps one object and calls {@link #use} where the configuration changes from one client
 * to the next. So the walk converts no duration, and allocates nothing, for each client. Used by
 * one thread.
 */
final class Thresholds {

  private StatsConfig config;
  private long stallNanos;
  private long highDriftNanos;

  Thresholds(StatsConfig config) {
    use(config);
  }

  void use(StatsConfig config) {
    this.config = config;
    stallNanos = Saturating.toNanos(config.stallDuration());
    highDriftNanos = Saturating.toNanos(config.highDriftThreshold());
  }

  StatsConfig config() {
    return config;
  }

  long stallNanos() {
    return stallNanos;
  }

  long highDriftNanos() {
    return highDriftNanos;
  }
}
