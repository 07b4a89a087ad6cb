package io.swarmstats;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;
import java.util.EnumMap;
import java.util.Map;

/**
 * All figures of one subject, read between two stamps of an {@link EventClock}.
 *
 * @param subject the number of a client, or {@link #AGGREGATE}
 */
record Sighting(int subject, int start, int end, Map<Figure, Long> figures) {

  static final int AGGREGATE = -1;

  /** The bytes that each accepted update of bytes adds. */
  static final int BYTES_EACH = 1_000;

  /** The size that each accepted update of sizes adds. */
  static final int SIZE_EACH = 1_000;

  /**
   * The lines that each update of lines adds to the level that it raises last. A raise of this
   * level proves that the whole update was accepted.
   */
  static final int STDERR_DROPPED_EACH = 1;

  /** The figures that are judged. All figures are totals, so no figure ever falls. */
  enum Figure {
    MANIFEST_REQUESTS,
    SEGMENT_REQUESTS,
    INIT_REQUESTS,
    UNKNOWN_REQUESTS,
    RECONNECTIONS,
    TIMEOUTS,
    HTTP_404,
    HTTP_ERRORS,
    TOTAL_BYTES,
    DOWNLOADED_BYTES,
    PROCESS_STARTS,
    STALLS,
    STALLED_TIME, // in nanoseconds
    PROGRESS_READ,
    PROGRESS_DROPPED,
    STDERR_READ,
    STDERR_DROPPED,
    REJECTED_UPDATES,
    // only in the aggregate
    WALL_TIMES,
    EVER_ADDED,
    DEPARTED,
    // only in a client: the updates accepted or rejected
    OFFERED;

    /**
     * Returns whether the log of the updates says how much each update adds. The clock of the race
     * decides how long a viewer waits.
     */
    boolean isLogged() {
      return this != STALLS && this != STALLED_TIME;
    }
  }

  long of(Figure figure) {
    return figures.getOrDefault(figure, 0L);
  }

  String describe(Figure figure) {
    return figure + " " + of(figure) + " (read from " + start + " to " + end + ")";
  }

  static Map<Figure, Long> figuresOf(AggregatedStats stats) {
    Map<Figure, Long> figures =
        figures(stats.requests(), stats.errors(), stats.totalBytes(), stats.rejectedUpdates());
    figures.put(Figure.DOWNLOADED_BYTES, stats.downloadedBytes());
    figures.put(Figure.PROCESS_STARTS, stats.processStarts());
    figures.put(Figure.STALLS, stats.playback().stalls());
    figures.put(Figure.STALLED_TIME, stats.playback().stalledTime().toNanos());
    figures.put(Figure.PROGRESS_READ, stats.pipeline().progress().read());
    figures.put(Figure.PROGRESS_DROPPED, stats.pipeline().progress().dropped());
    figures.put(Figure.STDERR_READ, stats.pipeline().stderr().read());
    figures.put(Figure.STDERR_DROPPED, stats.pipeline().stderr().dropped());
    figures.put(Figure.WALL_TIMES, stats.segmentWallTimes().count());
    figures.put(Figure.EVER_ADDED, stats.clients().everAdded());
    // both numbers come from one registry
    figures.put(Figure.DEPARTED, stats.clients().everAdded() - stats.clients().active());
    return figures;
  }

  /**
   * Returns the figures of a client's summary. A summary has no line counts, so these are read from
   * the client.
   */
  static Map<Figure, Long> figuresOf(ClientSummary summary, ClientStats client) {
    Map<Figure, Long> figures = figures(
        summary.requests(), summary.errors(), summary.totalBytes(), summary.rejectedUpdates());
    figures.put(Figure.DOWNLOADED_BYTES, summary.downloadedBytes());
    figures.put(Figure.PROCESS_STARTS, summary.processStarts());
    figures.put(Figure.STALLS, summary.stalls());
    figures.put(Figure.STALLED_TIME, summary.stalledTime().toNanos());
    Totals totals = new Totals();
    client.addTo(totals);
    figures.put(Figure.STDERR_DROPPED, totals.stderrDropped);
    figures.put(Figure.PROGRESS_DROPPED, totals.progressDropped);
    figures.put(Figure.STDERR_READ, totals.stderrRead);
    figures.put(Figure.PROGRESS_READ, totals.progressRead);
    figures.put(
        Figure.OFFERED,
        summary.requests().total()
            + summary.errors().total()
            + summary.errors().reconnections()
            + summary.totalBytes() / BYTES_EACH
            + summary.downloadedBytes() / SIZE_EACH
            + summary.processStarts()
            + figures.getOrDefault(Figure.STDERR_DROPPED, 0L) / STDERR_DROPPED_EACH
            + summary.rejectedUpdates());
    return figures;
  }

  private static Map<Figure, Long> figures(
      Requests requests, Errors errors, long totalBytes, long rejectedUpdates) {
    Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.MANIFEST_REQUESTS, requests.manifest());
    figures.put(Figure.SEGMENT_REQUESTS, requests.segment());
    figures.put(Figure.INIT_REQUESTS, requests.init());
    figures.put(Figure.UNKNOWN_REQUESTS, requests.unknown());
    figures.put(Figure.RECONNECTIONS, errors.reconnections());
    figures.put(Figure.TIMEOUTS, errors.timeouts());
    figures.put(Figure.HTTP_404, errors.http().getOrDefault(404, 0L));
    figures.put(Figure.HTTP_ERRORS, errors.httpTotal());
    figures.put(Figure.TOTAL_BYTES, totalBytes);
    figures.put(Figure.REJECTED_UPDATES, rejectedUpdates);
    return figures;
  }
}
