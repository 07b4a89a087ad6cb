package io.swarmstats;

import io.swarmstats.internal.Saturating;

/**
 * The thresholds of a configuration, in nanoseconds.
 *
 * <p>A walk over the clients keeps one object, and calls {@link #use} when the next client has a
 * different configuration. So the walk converts no duration and allocates nothing per client. Only
 * one thread uses the object.
 */
final class Thresholds {

  private StatsConfig config;
  private long stallNanos;
  private long silenceNanos;
  private long highDriftNanos;

  Thresholds(StatsConfig config) {
    use(config);
  }

  void use(StatsConfig config) {
    this.config = config;
    stallNanos = Saturating.toNanos(config.stallDuration());
    silenceNanos = Saturating.toNanos(config.silenceDuration());
    highDriftNanos = Saturating.toNanos(config.highDriftThreshold());
  }

  StatsConfig config() {
    return config;
  }

  long stallNanos() {
    return stallNanos;
  }

  long silenceNanos() {
    return silenceNanos;
  }

  long highDriftNanos() {
    return highDriftNanos;
  }
}
