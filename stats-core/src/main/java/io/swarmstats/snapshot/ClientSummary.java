package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * The figures of one client, read together. Immutable.
 *
 * @param clientId the id of the client
 * @param uptime the time since the client was created; at least zero
 * @param totalBytes the bytes over all process runs that FFmpeg reported as {@code total_size}: the
 *     size of its output as flushed, 0 for outputs without a file; at least 0
 * @param processStarts the process runs that {@code ClientStats.onProcessStart} began; at least 0
 * @param downloadedBytes the sum of all segment sizes that were accepted, at least
 *     {@code averageSegmentSize}; saturates at {@link Long#MAX_VALUE}
 * @param requests the requests that were counted
 * @param errors the errors that were counted
 * @param speed the last recorded speed, as a multiple of real time; 0.0 if unknown
 * @param stalled whether the client is stalled: for longer than the stall duration, its reports
 *     were slow, its viewer had no media, or its viewer has not begun to play
 * @param silent whether the current process has not reported its progress for longer than the
 *     silence duration
 * @param stalls the number of stalls that have ended; at least 0
 * @param stalledTime the total time that the viewers of the client waited, over all process runs;
 *     at least zero, saturates at {@link Long#MAX_VALUE} nanoseconds. An ongoing wait counts from
 *     the next report with media on, or when the run ends
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
    long processStarts,
    long downloadedBytes,
    Requests requests,
    Errors errors,
    double speed,
    boolean stalled,
    boolean silent,
    long stalls,
    Duration stalledTime,
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
    Require.notNegative("processStarts", processStarts);
    Require.notNegative("downloadedBytes", downloadedBytes);
    Objects.requireNonNull(requests, "requests must not be null");
    Objects.requireNonNull(errors, "errors must not be null");
    Objects.requireNonNull(currentDrift, "currentDrift must not be null");
    Require.notNegative("stalls", stalls);
    Require.notNegative("stalledTime", stalledTime);
    Require.notNegative("maxDrift", maxDrift);
    Require.finite("speed", speed);
    Require.rate("dropRate", dropRate);
    Require.rate("peakDropRate", peakDropRate);
    Require.notNegative("averageSegmentSize", averageSegmentSize);
    Require.notNegative("rejectedUpdates", rejectedUpdates);
  }
}
