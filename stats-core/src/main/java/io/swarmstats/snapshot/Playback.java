package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import io.swarmstats.internal.WeightedMean;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The speeds and drifts of the live clients, and the stalls of all clients. Averages of durations
 * are exact and rounded down to the nanosecond. In a merged snapshot, each part adds an error of at
 * most 1 ns to an average duration, and of at most one ulp to the average speed.
 *
 * @param averageSpeed the mean speed of the clients with a known speed, as a multiple of real time;
 *     within one ulp of the exact mean, and between the lowest and the highest speed; 0.0 if there
 *     are none
 * @param averageDrift the mean drift of the clients with a drift sample; negative means ahead of
 *     real time; zero if there are none
 * @param averageLag the mean drift of the clients whose drift is above zero; zero if there are none
 * @param maxDrift the greatest drift of any client, live or departed; at least zero
 * @param stalls the number of stalls of live and departed clients that have ended; at least 0
 * @param stalledTime the total time that the viewers of live and departed clients waited; at least
 *     zero, saturates at {@link Long#MAX_VALUE} nanoseconds. An ongoing wait counts from the next
 *     report with media on, or when the run ends
 */
public record Playback(
    double averageSpeed,
    Duration averageDrift,
    Duration averageLag,
    Duration maxDrift,
    long stalls,
    Duration stalledTime) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if {@code averageSpeed} is negative or not finite, or if
   *     another component except {@code averageDrift} is negative
   */
  public Playback {
    Require.finite("averageSpeed", averageSpeed);
    Objects.requireNonNull(averageDrift, "averageDrift must not be null");
    Require.notNegative("averageLag", averageLag);
    Require.notNegative("maxDrift", maxDrift);
    Require.notNegative("stalls", stalls);
    Require.notNegative("stalledTime", stalledTime);
  }

  /** Merges parts. The clients at the same index say how many clients each average covers. */
  static Playback merge(List<Playback> parts, List<Clients> clientsOfParts) {
    BigDecimal speeds = BigDecimal.ZERO;
    BigDecimal withSpeed = BigDecimal.ZERO;
    WeightedMean drift = new WeightedMean();
    WeightedMean lag = new WeightedMean();
    Duration maxDrift = Duration.ZERO;
    for (int i = 0; i < parts.size(); i++) {
      Playback playback = parts.get(i);
      Clients clients = clientsOfParts.get(i);
      BigDecimal known = BigDecimal.valueOf(clients.aboveRealtime())
          .add(BigDecimal.valueOf(clients.belowRealtime()));
      speeds = speeds.add(new BigDecimal(playback.averageSpeed).multiply(known));
      withSpeed = withSpeed.add(known);
      drift.add(playback.averageDrift, clients.withDrift());
      lag.add(playback.averageLag, clients.lagging());
      maxDrift = playback.maxDrift.compareTo(maxDrift) > 0 ? playback.maxDrift : maxDrift;
    }
    return new Playback(
        withSpeed.signum() == 0
            ? 0
            : speeds.divide(withSpeed, MathContext.DECIMAL128).doubleValue(),
        drift.floor(),
        lag.floor(),
        maxDrift,
        Saturating.sum(parts, Playback::stalls),
        Saturating.sumOfDurations(parts, Playback::stalledTime));
  }

  /** Returns these figures after all clients have been removed. */
  Playback departed() {
    return new Playback(0, Duration.ZERO, Duration.ZERO, maxDrift, stalls, stalledTime);
  }
}
