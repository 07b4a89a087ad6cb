package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A snapshot of a swarm. Deeply immutable.
 *
 * <p>Totals (requests, bytes, process starts, errors, stalls, lines, rejected updates) cover live
 * and departed clients. No total falls from one snapshot to a later snapshot of the same epoch. The
 * maximum drift and the peak drop rate also cover live and departed clients. Speeds, other drifts,
 * uptimes and the states of clients cover live clients only.
 *
 * <p>A snapshot is a value. {@link #since} subtracts two snapshots of one swarm, and {@link #merge}
 * adds the snapshots of several swarms.
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

  private static final AggregatedStats NOTHING = sum(List.of());

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
   * <p>A merged snapshot can have parts that the earlier snapshot lacks. Such a part counts with
   * everything that it had recorded before. The length is the difference of the two longest elapsed
   * times. It is zero if the longest is that of a node that has ended. The observer's own clock
   * measures the time between two merged snapshots better; {@link Rates#over} takes this time.
   *
   * <p>Two threads can take snapshots at the same time. The snapshot that began first can then have
   * the higher total; such a total counts as 0.
   *
   * @param earlier the snapshot at the start of the interval
   * @return the interval
   * @throws IllegalArgumentException if {@code earlier} is later in the same epoch than this
   *     snapshot, or if, by the wall clock, its epoch began after this snapshot was taken and it
   *     was taken later. The message names both times
   */
  public Interval since(AggregatedStats earlier) {
    Objects.requireNonNull(earlier, "earlier must not be null");
    int epochs = earlier.startTime.compareTo(startTime);
    if ((epochs >= 0 && earlier.elapsed.compareTo(elapsed) > 0)
        || (epochs > 0
            && !earlier.startTime.isBefore(timestamp)
            && earlier.timestamp.isAfter(timestamp))) {
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

  /**
   * Returns this snapshot as if all its clients had been removed. The totals, the maximum drift,
   * the figures of lines, the peak of live clients and the times stay. All figures of live clients
   * and the {@code instantaneous} rates are zero.
   *
   * <p>For the last snapshot of a JVM that has ended: what the JVM recorded counts for ever, but
   * its clients are gone.
   *
   * @return the snapshot without live clients
   */
  public AggregatedStats departed() {
    return new AggregatedStats(
        startTime,
        timestamp,
        elapsed,
        clients.departed(),
        requests,
        totalBytes,
        downloadedBytes,
        processStarts,
        errors,
        playback.departed(),
        pipeline,
        Uptimes.NONE,
        segmentWallTimes,
        sinceStart,
        Rates.ZERO,
        rejectedUpdates);
  }

  /**
   * Returns the snapshot of several swarms as one swarm. The swarms have no client in common: they
   * run in several JVMs, or in several aggregators of one JVM.
   *
   * <p>A pure function. Totals, numbers of clients, buckets of wall times and instantaneous rates
   * are added. Maxima are the greatest of the parts. Averages are weighted by the numbers of
   * clients that they cover, and average durations are rounded down. So no total depends on the
   * order or the grouping of the parts. An average duration differs by at most 1 ns for each part.
   *
   * <p>The result begins with the earliest part and ends with the latest: {@code startTime} is the
   * earliest, {@code timestamp} is the latest, and {@code elapsed} is the longest. The rates since
   * the start are the totals / {@code elapsed}; they are too high if the parts did not run at the
   * same time. O(parts × occupied buckets).
   *
   * @param parts one snapshot of each swarm. {@link FleetStats} finds the latest of each JVM
   * @return the sum. Without parts, all figures are zero and both times are {@link Instant#EPOCH};
   *     as a part, this result changes nothing
   * @throws NullPointerException if a part is null
   */
  public static AggregatedStats merge(Collection<AggregatedStats> parts) {
    Objects.requireNonNull(parts, "parts must not be null");
    List<AggregatedStats> some = parts.stream()
        .map(part -> Objects.requireNonNull(part, "part must not be null"))
        .filter(part -> !part.equals(NOTHING))
        .toList();
    return some.isEmpty() ? NOTHING : sum(some);
  }

  private static AggregatedStats sum(List<AggregatedStats> parts) {
    Duration elapsed = each(parts, AggregatedStats::elapsed).stream()
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
    Requests requests = Requests.merge(each(parts, AggregatedStats::requests));
    long totalBytes = Saturating.sum(parts, AggregatedStats::totalBytes);
    List<Clients> clients = each(parts, AggregatedStats::clients);
    return new AggregatedStats(
        each(parts, AggregatedStats::startTime).stream()
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH),
        each(parts, AggregatedStats::timestamp).stream()
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH),
        elapsed,
        Clients.merge(clients),
        requests,
        totalBytes,
        Saturating.sum(parts, AggregatedStats::downloadedBytes),
        Saturating.sum(parts, AggregatedStats::processStarts),
        Errors.merge(each(parts, AggregatedStats::errors)),
        Playback.merge(each(parts, AggregatedStats::playback), clients),
        Pipeline.merge(each(parts, AggregatedStats::pipeline)),
        Uptimes.merge(each(parts, AggregatedStats::uptimes), clients),
        LatencySnapshot.sum(each(parts, AggregatedStats::segmentWallTimes)),
        Rates.over(elapsed, requests.manifest(), requests.segment(), totalBytes),
        Rates.sum(each(parts, AggregatedStats::instantaneous)),
        Saturating.sum(parts, AggregatedStats::rejectedUpdates));
  }

  private static <T> List<T> each(
      List<AggregatedStats> parts, Function<AggregatedStats, T> component) {
    return parts.stream().map(component).toList();
  }

  /**
   * Returns the totals in an order that never changes, without the errors of each status and the
   * wall times.
   */
  long[] totals() {
    return new long[] {
      clients.everAdded(),
      requests.manifest(),
      requests.segment(),
      requests.init(),
      requests.unknown(),
      totalBytes,
      downloadedBytes,
      processStarts,
      errors.reconnections(),
      errors.timeouts(),
      playback.stalls(),
      Saturating.toNanos(playback.stalledTime()),
      pipeline.progress().read(),
      pipeline.progress().dropped(),
      pipeline.stderr().read(),
      pipeline.stderr().dropped(),
      rejectedUpdates
    };
  }

  /** Returns whether no total of this snapshot is below the same total of another snapshot. */
  boolean covers(AggregatedStats other) {
    long[] mine = totals();
    long[] theirs = other.totals();
    for (int i = 0; i < mine.length; i++) {
      if (mine[i] < theirs[i]) {
        return false;
      }
    }
    return other.errors.http().entrySet().stream()
            .allMatch(entry -> errors.http().getOrDefault(entry.getKey(), 0L) >= entry.getValue())
        && other.segmentWallTimes.since(segmentWallTimes).isEmpty()
        && segmentWallTimes.sum().compareTo(other.segmentWallTimes.sum()) >= 0;
  }

  /**
   * Returns every figure of this snapshot under the name that exporters use: each number, time and
   * distribution once. Figures that follow from others, such as {@link #errorRate()}, are left out.
   *
   * <p>A pure function. The order and the names are the same for each snapshot. Each status code
   * that occurred has a counter of its own. The codes outside 400..599 share one counter, which
   * always exists.
   *
   * @return unmodifiable; figures of one name follow one another, and differ in their labels
   */
  public List<Figure> figures() {
    return Stream.of(
            Figures.of(requests),
            Figures.ofHttp(errors),
            Figures.ofOthers(errors),
            Figures.ofTotals(downloadedBytes, totalBytes, processStarts, rejectedUpdates),
            Figures.of(clients),
            Figures.of(playback),
            Figures.of(uptimes),
            Figures.of(pipeline),
            Figures.of(sinceStart, instantaneous),
            Figures.of(startTime, timestamp, elapsed),
            Figures.of(segmentWallTimes))
        .flatMap(List::stream)
        .toList();
  }
}
