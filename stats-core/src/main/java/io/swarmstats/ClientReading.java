package io.swarmstats;

import io.swarmstats.internal.Saturating;

/**
 * What one pass over one client found that is of this client alone, beside what it added to the
 * {@link Totals}: plain fields, filled by {@link ClientStats#read}, used by one thread.
 *
 * <p>An aggregation uses a single one for all its clients, so that it allocates nothing for each.
 */
final class ClientReading {

  long uptimeNanos;
  double speed;
  boolean stalled;
  boolean hasDrift;
  long driftNanos; // 0 if there is no drift sample
  boolean highDrift;
  double dropRate;

  private StatsConfig config;
  // of the config, in nanoseconds: to convert these for each client is dearer than its counters
  long stallNanos;
  long highDriftNanos;

  ClientReading(StatsConfig config) {
    use(config);
  }

  StatsConfig config() {
    return config;
  }

  /** Takes the thresholds for the clients that are read from now on. */
  void use(StatsConfig config) {
    this.config = config;
    stallNanos = Saturating.toNanos(config.stallDuration());
    highDriftNanos = Saturating.toNanos(config.highDriftThreshold());
  }
}
