package io.swarmstats;

import java.time.Duration;
import java.util.Objects;

/**
 * The figures of one client, read together. Immutable.
 *
 * @param clientId the client
 * @param uptime the time since the client was created; at least zero
 * @param totalBytes bytes over all process runs; at least 0
 * @param requests the requests counted
 * @param errors the errors counted
 * @param speed the speed recorded last, as a multiple of real time; 0.0 if unknown
 * @param stalled whether the client is stalled; implies a known speed below the stall threshold
 * @param currentDrift the drift recorded last, at most {@code maxDrift}; may be negative; zero
 *     without a sample
 * @param maxDrift the greatest drift; at least zero
 * @param highDrift whether {@code currentDrift} is strictly above the configured threshold
 * @param dropRate (dropped lines) / (read lines) over the client's life; 0..1, 0 if nothing was
 *     read
 * @param peakDropRate the highest drop rate of a single report; 0..1
 * @param averageSegmentSize the mean of the last hundred segment sizes in bytes, rounded down; 0 if
 *     there are none
 * @param rejectedUpdates updates that were refused; at least 0
 */
public record ClientSummary(
    int clientId,
    Duration uptime,
    long totalBytes,
    AggregatedStats.Requests requests,
    AggregatedStats.Errors errors,
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
   * @param clientId see the record
   * @param uptime see the record
   * @param totalBytes see the record
   * @param requests see the record
   * @param errors see the record
   * @param speed see the record
   * @param stalled see the record
   * @param currentDrift see the record
   * @param maxDrift see the record
   * @param highDrift see the record
   * @param dropRate see the record
   * @param peakDropRate see the record
   * @param averageSegmentSize see the record
   * @param rejectedUpdates see the record
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if one is outside its range
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
