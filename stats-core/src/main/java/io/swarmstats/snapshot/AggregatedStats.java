package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A snapshot of a swarm. Deeply immutable.
 *
 * <p>Totals (requests, bytes, process starts, errors, stalls, lines, rejected updates) cover live
 * and departed clients. No total falls from one snapshot to a later snapshot of the same epoch. The
 * maximum drift and the peak drop rate also cover live and departed clients. Speeds, other drifts,
 * uptimes and the states of clients cover live clients only.
 *
 * @param startTime the wall-clock time at which the epoch began. Two snapshots of one aggregator
 *     with the same start time are of the same epoch
 * @param timestamp the wall-clock time of the snapshot
 * @param elapsed the time since the epoch began; at least zero
 * @param clients the number of clients, and the number in each state
 * @param requests the requests of all clients
 * @param totalBytes the bytes of all clients that FFmpeg reported as {@code total_size}: the size
 *     of its output as flushed, 0 for outputs without a file; at least 0, saturates at
 *     {@link Long#MAX_VALUE}
 * @param downloadedBytes the sum of all segment sizes of all clients; at least 0, saturates at
 *     {@link Long#MAX_VALUE}
 * @param processStarts the process runs that {@code ClientStats.onProcessStart} began, of all
 *     clients; at least 0
 * @param errors the errors of all clients
 * @param playback speeds, drifts and stalls
 * @param pipeline the lines that were read from FFmpeg, and the dropped lines
 * @param uptimes the uptimes of the live clients
 * @param segmentWallTimes the wall times of the segments: how long their downloads took
 * @param sinceStart rates over the epoch: total / elapsed
 * @param instantaneous rates since the previous snapshot of the same reader. The first snapshot of
 *     a reader in an epoch has the rates since the epoch began
 * @param rejectedUpdates the updates that were rejected: of live clients, of departed clients up to
 *     their removal, and of wall times
 */
public record AggregatedStats(
    Instant startTime,
    Instant timestamp,
    Duration elapsed,
    Clients clients,
    Requests requests,
    long totalBytes,
    long downloadedBytes,
    long processStarts,
    Errors errors,
    Playback playback,
    Pipeline pipeline,
    Uptimes uptimes,
    LatencySnapshot segmentWallTimes,
    Rates sinceStart,
    Rates instantaneous,
    long rejectedUpdates) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if a number or {@code elapsed} is negative
   */
  public AggregatedStats {
    Objects.requireNonNull(startTime, "startTime must not be null");
    Objects.requireNonNull(timestamp, "timestamp must not be null");
    Require.notNegative("elapsed", elapsed);
    Objects.requireNonNull(clients, "clients must not be null");
    Objects.requireNonNull(requests, "requests must not be null");
    Objects.requireNonNull(errors, "errors must not be null");
    Objects.requireNonNull(playback, "playback must not be null");
    Objects.requireNonNull(pipeline, "pipeline must not be null");
    Objects.requireNonNull(uptimes, "uptimes must not be null");
    Objects.requireNonNull(segmentWallTimes, "segmentWallTimes must not be null");
    Objects.requireNonNull(sinceStart, "sinceStart must not be null");
    Objects.requireNonNull(instantaneous, "instantaneous must not be null");
    Require.notNegative("totalBytes", totalBytes);
    Require.notNegative("downloadedBytes", downloadedBytes);
    Require.notNegative("processStarts", processStarts);
    Require.notNegative("rejectedUpdates", rejectedUpdates);
  }

  /**
   * Returns errors / requests: {@code errors.total() / max(requests.total(), errors.total())}.
   *
   * <p>The maximum keeps the rate at or below 1, even if an error was counted without its request.
   *
   * @return 0..1; 0 without requests and errors
   */
  public double errorRate() {
    return errors.rateOf(requests);
  }

  /**
   * Returns the rates between an earlier snapshot of the same epoch and this snapshot: (difference
   * of the totals) / (difference of the elapsed times).
   *
   * <p>A pure function of the two snapshots. A client that was added between the two brings its
   * whole history into the rates. A total that fell counts as 0: the snapshots are then from two
   * epochs, or in the wrong order.
   *
   * @param earlier the snapshot at the start of the window
   * @return never negative, NaN or infinite; zero if no time passed between the two
   */
  public Rates ratesSince(AggregatedStats earlier) {
    Objects.requireNonNull(earlier, "earlier must not be null");
    return Rates.over(
        elapsed.minus(earlier.elapsed),
        requests.manifest() - earlier.requests.manifest(),
        requests.segment() - earlier.requests.segment(),
        totalBytes - earlier.totalBytes);
  }

  /**
   * Returns the interval between an earlier snapshot and this one: the difference of every total.
   *
   * <p>A pure function of the two snapshots. Consecutive intervals of one epoch tile time: in each
   * figure they add up to the difference between the last snapshot and the first. A client that was
   * added between the snapshots counts with everything that it had recorded before.
   *
   * <p>A reset sets all totals to zero. So if the earlier snapshot is of an earlier epoch, the
   * interval begins with the epoch of this snapshot.
   *
   * <p>Two threads can take snapshots at the same time. The snapshot that began first can then have
   * the higher total; such a total counts as 0.
   *
   * @param earlier the snapshot at the start of the interval
   * @return the interval
   * @throws IllegalArgumentException if {@code earlier} is of a later epoch, or later in the same
   *     epoch, than this snapshot. The message names both times
   */
  public Interval since(AggregatedStats earlier) {
    Objects.requireNonNull(earlier, "earlier must not be null");
    int epochs = earlier.startTime.compareTo(startTime);
    if (epochs > 0 || (epochs == 0 && earlier.elapsed.compareTo(elapsed) > 0)) {
      throw new IllegalArgumentException("earlier must not be later than this snapshot, of "
          + startTime + " + " + elapsed + ": " + earlier.startTime + " + " + earlier.elapsed);
    }
    if (epochs < 0) {
      return new Interval(
          startTime,
          timestamp,
          elapsed,
          requests,
          totalBytes,
          downloadedBytes,
          errors,
          pipeline.progress(),
          pipeline.stderr(),
          processStarts,
          playback.stalls(),
          playback.stalledTime(),
          segmentWallTimes,
          rejectedUpdates);
    }
    return new Interval(
        earlier.timestamp,
        timestamp,
        elapsed.minus(earlier.elapsed),
        requests.since(earlier.requests),
        Saturating.subtract(totalBytes, earlier.totalBytes),
        Saturating.subtract(downloadedBytes, earlier.downloadedBytes),
        errors.since(earlier.errors),
        pipeline.progress().since(earlier.pipeline.progress()),
        pipeline.stderr().since(earlier.pipeline.stderr()),
        Saturating.subtract(processStarts, earlier.processStarts),
        Saturating.subtract(playback.stalls(), earlier.playback.stalls()),
        Saturating.subtract(playback.stalledTime(), earlier.playback.stalledTime()),
        segmentWallTimes.since(earlier.segmentWallTimes),
        Saturating.subtract(rejectedUpdates, earlier.rejectedUpdates));
  }
}
