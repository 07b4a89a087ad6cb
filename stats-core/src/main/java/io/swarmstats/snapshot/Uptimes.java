package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.WeightedMean;
import java.time.Duration;
import java.util.List;

/**
 * The uptimes of the live clients; all zero without live clients.
 *
 * @param min the shortest uptime
 * @param max the longest uptime
 * @param average the mean uptime, exact and rounded down to the nanosecond; in a merged snapshot,
 *     each part adds an error of at most 1 ns
 */
public record Uptimes(Duration min, Duration max, Duration average) {

  static final Uptimes NONE = new Uptimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if a component is negative
   */
  public Uptimes {
    Require.notNegative("min", min);
    Require.notNegative("max", max);
    Require.notNegative("average", average);
  }

  /** Merges parts. The clients at the same index say how many clients each part covers. */
  static Uptimes merge(List<Uptimes> parts, List<Clients> clientsOfParts) {
    Duration min = Duration.ZERO;
    Duration max = Duration.ZERO;
    WeightedMean average = new WeightedMean();
    boolean none = true;
    for (int i = 0; i < parts.size(); i++) {
      long active = clientsOfParts.get(i).active();
      if (active > 0) {
        Uptimes uptimes = parts.get(i);
        min = none || uptimes.min.compareTo(min) < 0 ? uptimes.min : min;
        max = uptimes.max.compareTo(max) > 0 ? uptimes.max : max;
        average.add(uptimes.average, active);
        none = false;
      }
    }
    return new Uptimes(min, max, average.floor());
  }
}
