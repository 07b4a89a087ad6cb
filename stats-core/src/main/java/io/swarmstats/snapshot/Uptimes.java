package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import java.time.Duration;

/**
 * The uptimes of the live clients; all zero without live clients.
 *
 * @param min the shortest uptime
 * @param max the longest uptime
 * @param average the mean uptime, exact and rounded down to the nanosecond
 */
public record Uptimes(Duration min, Duration max, Duration average) {

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
}
