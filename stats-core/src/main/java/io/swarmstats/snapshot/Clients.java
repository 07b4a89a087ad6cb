package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import java.util.List;

/**
 * The number of clients, and the number in each state. Each count is at least 0.
 *
 * <p>All counts except {@code peakActive} and {@code everAdded} cover the live clients. A snapshot
 * visits one client after another, so the counts of states mix moments of the read.
 *
 * @param active the live clients: {@code aboveRealtime + belowRealtime + unknownSpeed}
 * @param peakActive the most clients that were live at any moment of the epoch; of a merged
 *     snapshot, the sum of the peaks of its parts, which these never exceeded together
 * @param everAdded how many times a client was added in the epoch
 * @param stalled clients that are stalled
 * @param silent clients whose process has not reported its progress for longer than the silence
 *     duration of their configuration
 * @param aboveRealtime clients with a speed of 1.0 or more
 * @param belowRealtime clients with a known speed below 1.0
 * @param unknownSpeed clients with an unknown speed
 * @param withDrift clients with a drift sample in their current run
 * @param lagging clients whose drift is above zero
 * @param highDrift clients whose drift is strictly above the threshold of their configuration
 * @param withDrops clients that dropped a line in their life
 * @param degraded clients whose drop rate is strictly above the threshold of the aggregator
 */
public record Clients(
    long active,
    long peakActive,
    long everAdded,
    long stalled,
    long silent,
    long aboveRealtime,
    long belowRealtime,
    long unknownSpeed,
    long withDrift,
    long lagging,
    long highDrift,
    long withDrops,
    long degraded) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public Clients {
    Require.notNegative("active", active);
    Require.notNegative("peakActive", peakActive);
    Require.notNegative("everAdded", everAdded);
    Require.notNegative("stalled", stalled);
    Require.notNegative("silent", silent);
    Require.notNegative("aboveRealtime", aboveRealtime);
    Require.notNegative("belowRealtime", belowRealtime);
    Require.notNegative("unknownSpeed", unknownSpeed);
    Require.notNegative("withDrift", withDrift);
    Require.notNegative("lagging", lagging);
    Require.notNegative("highDrift", highDrift);
    Require.notNegative("withDrops", withDrops);
    Require.notNegative("degraded", degraded);
  }

  static Clients merge(List<Clients> parts) {
    return new Clients(
        Saturating.sum(parts, Clients::active),
        Saturating.sum(parts, Clients::peakActive),
        Saturating.sum(parts, Clients::everAdded),
        Saturating.sum(parts, Clients::stalled),
        Saturating.sum(parts, Clients::silent),
        Saturating.sum(parts, Clients::aboveRealtime),
        Saturating.sum(parts, Clients::belowRealtime),
        Saturating.sum(parts, Clients::unknownSpeed),
        Saturating.sum(parts, Clients::withDrift),
        Saturating.sum(parts, Clients::lagging),
        Saturating.sum(parts, Clients::highDrift),
        Saturating.sum(parts, Clients::withDrops),
        Saturating.sum(parts, Clients::degraded));
  }

  /** Returns these counts after all clients have been removed. */
  Clients departed() {
    return new Clients(0, peakActive, everAdded, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
