package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * The speeds and drifts of the live clients. Averages of durations are exact and rounded down to
 * the nanosecond.
 *
 * @param averageSpeed the mean speed of the clients with a known speed, as a multiple of real time;
 *     0.0 if there are none
 * @param averageDrift the mean drift of the clients with a drift sample; negative means ahead of
 *     real time; zero if there are none
 * @param averageLag the mean drift of the clients whose drift is above zero; zero if there are none
 * @param maxDrift the greatest drift of any client, live or departed; at least zero
 */
public record Playback(
    double averageSpeed, Duration averageDrift, Duration averageLag, Duration maxDrift) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if {@code averageLag} or {@code maxDrift} is negative
   */
  public Playback {
    Objects.requireNonNull(averageDrift, "averageDrift must not be null");
    Require.notNegative("averageLag", averageLag);
    Require.notNegative("maxDrift", maxDrift);
  }
}
