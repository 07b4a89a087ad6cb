package io.swarmstats.snapshot;

import io.swarmstats.internal.DropRate;
import io.swarmstats.internal.Require;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What was added to the totals of a swarm between two snapshots. Deeply immutable.
 *
 * <p>{@link AggregatedStats#since} returns an interval. Consecutive intervals follow one another
 * without gap or overlap. In each figure they add up to the difference between the last snapshot
 * and the first.
 *
 * <p>A snapshot can contain a request before the request fails, or a read line before the line is
 * dropped. So one interval can contain the request, and the next interval its error.
 *
 * @param from the wall-clock time at which the interval begins
 * @param to the wall-clock time at which the interval ends; before {@code from} if the wall clock
 *     went back. {@code length} does not depend on the wall clock
 * @param length the time between the two by the monotonic clock; at least zero
 * @param requests the requests in the interval
 * @param totalBytes the bytes in the interval that FFmpeg reported as {@code total_size}: the size
 *     of its output as flushed, 0 for outputs without a file; at least 0
 * @param downloadedBytes the sum of the segment sizes in the interval; at least 0
 * @param errors the errors in the interval, by status code
 * @param progress the lines of the progress pipes in the interval
 * @param stderr the lines of the standard errors in the interval
 * @param processStarts the process runs that {@code ClientStats.onProcessStart} began in the
 *     interval; at least 0
 * @param stalls the stalls that ended in the interval; at least 0
 * @param stalledTime the waits of viewers that were added to the totals in the interval; at least
 *     zero
 * @param segmentWallTimes the wall times in the interval, with their percentiles
 * @param rejectedUpdates the updates that were rejected in the interval; at least 0
 */
public record Interval(
    Instant from,
    Instant to,
    Duration length,
    Requests requests,
    long totalBytes,
    long downloadedBytes,
    Errors errors,
    Lines progress,
    Lines stderr,
    long processStarts,
    long stalls,
    Duration stalledTime,
    LatencySnapshot segmentWallTimes,
    long rejectedUpdates) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if a number or a duration is negative
   */
  public Interval {
    Objects.requireNonNull(from, "from must not be null");
    Objects.requireNonNull(to, "to must not be null");
    Require.notNegative("length", length);
    Objects.requireNonNull(requests, "requests must not be null");
    Require.notNegative("totalBytes", totalBytes);
    Require.notNegative("downloadedBytes", downloadedBytes);
    Objects.requireNonNull(errors, "errors must not be null");
    Objects.requireNonNull(progress, "progress must not be null");
    Objects.requireNonNull(stderr, "stderr must not be null");
    Require.notNegative("processStarts", processStarts);
    Require.notNegative("stalls", stalls);
    Require.notNegative("stalledTime", stalledTime);
    Objects.requireNonNull(segmentWallTimes, "segmentWallTimes must not be null");
    Require.notNegative("rejectedUpdates", rejectedUpdates);
  }

  /**
   * Returns the rates over the interval: counts / length.
   *
   * @return never negative, NaN or infinite; zero if the length is zero
   */
  public Rates rates() {
    return Rates.over(length, requests.manifest(), requests.segment(), totalBytes);
  }

  /**
   * Returns errors / requests: {@code errors.total() / max(requests.total(), errors.total())}.
   *
   * @return 0..1; 0 if there are neither requests nor errors
   */
  public double errorRate() {
    return errors.rateOf(requests);
  }

  /**
   * Returns the drop rate of both streams together: dropped / max(read, dropped).
   *
   * @return 0..1; 0 if nothing was read or dropped
   */
  public double dropRate() {
    return Math.min(
        1, DropRate.of(progress.dropped(), stderr.dropped(), progress.read(), stderr.read()));
  }
}
