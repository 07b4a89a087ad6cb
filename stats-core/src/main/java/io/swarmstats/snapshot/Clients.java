package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;

/**
 * The number of clients, and the number in each state. Each count is at least 0.
 *
 * <p>All counts except {@code peakActive} and {@code everAdded} cover the live clients. A snapshot
 * visits one client after another, so the counts of states mix moments of the read.
 *
 * @param active the live clients: {@code aboveRealtime + belowRealtime + unknownSpeed}
 * @param peakActive the most clients that were live at any moment of the epoch
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
}
