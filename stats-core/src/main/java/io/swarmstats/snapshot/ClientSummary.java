package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * The figures of one client, read together. Immutable.
 *
 * @param clientId the id of the client
 * @param uptime the time since the client was created; at least zero
 * @param totalBytes the bytes over all process runs; at least 0
 * @param requests the requests that were counted
 * @param errors the errors that were counted
 * @param speed the last recorded speed, as a multiple of real time; 0.0 if unknown
 * @param stalled whether the client is stalled; a stalled client has a known speed below the stall
 *     threshold
 * @param currentDrift the last recorded drift, at most {@code maxDrift}; may be negative; zero
 *     without a sample
 * @param maxDrift the greatest drift; at least zero
 * @param highDrift whether {@code currentDrift} is strictly above the threshold of the
 *     configuration
 * @param dropRate (dropped lines) / (read lines) over the client's life; 0..1, 0 if nothing was
 *     read
 * @param peakDropRate the highest drop rate of a single report; 0..1
 * @param averageSegmentSize the mean of the last hundred segment sizes in bytes, rounded down; 0 if
 *     there are none
 * @param rejectedUpdates the updates that were rejected; at least 0
 */
public record ClientSummary(
    int clientId,
    Duration uptime,
    long totalBytes,
    Requests requests,
    Errors errors,
    double speed,
    boolean stalled,
    Duration currentDrift,
    Duration maxDrift,
    boolean highDrift,
    double dropRate,
    double peakDropRate,
    long averageSegmentSize,
    long rejectedUpdates) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if a component is outside its range
   */
  public ClientSummary {
    Require.notNegative("uptime", uptime);
    Require.notNegative("totalBytes", totalBytes);
    Objects.requireNonNull(requests, "requests must not be null");
    Objects.requireNonNull(errors, "errors must not be null");
    Objects.requireNonNull(currentDrift, "currentDrift must not be null");
    Require.notNegative("maxDrift", maxDrift);
    Require.finite("speed", speed);
    Require.rate("dropRate", dropRate);
    Require.rate("peakDropRate", peakDropRate);
    Require.notNegative("averageSegmentSize", averageSegmentSize);
    Require.notNegative("rejectedUpdates", rejectedUpdates);
  }
}
