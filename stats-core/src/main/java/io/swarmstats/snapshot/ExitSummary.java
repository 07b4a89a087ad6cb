package io.swarmstats.snapshot;

import io.swarmstats.latency.LatencySnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The report of a run of a load test: a snapshot as plain text, for a terminal or a log.
 *
 * <p>The text depends on the snapshot only, not on the locale or the platform. Each line ends with
 * a single {@code \n}.
 */
public final class ExitSummary {

  private static final String HEADING = "%-24s";
  private static final String LABEL = "  %-22s";
  private static final String TOTAL = " %21s";
  private static final String RATE = " %16s";

  private ExitSummary() {}

  /**
   * Returns the report of a snapshot.
   *
   * <p>If the snapshot is degraded, the report begins with a warning, because dropped lines make
   * the other figures less exact. Rates are over the whole epoch. "Per client" divides by the
   * number of clients that were ever added. "Output bytes" is FFmpeg's {@code total_size}: the size
   * of its output as flushed, 0 for outputs without a file. The line "HTTP Other" counts the errors
   * whose status code is outside 400..599.
   *
   * <p>A pure function. O(HTTP status codes).
   *
   * @param stats the snapshot, usually the last snapshot of a load test
   * @return about sixty lines
   */
  public static String of(AggregatedStats stats) {
    Objects.requireNonNull(stats, "stats must not be null");
    return (stats.pipeline().degraded() ? warning(stats.pipeline()) + "\n" : "")
        + String.join(
            "\n",
            run(stats),
            requests(stats),
            playback(stats),
            wallTimes(stats.segmentWallTimes()),
            uptimes(stats.uptimes()),
            errors(stats),
            pipeline(stats));
  }

  private static String warning(Pipeline pipeline) {
    return line(
            "WARNING: metrics are degraded. %s of FFmpeg's lines were dropped unparsed (%s in the worst",
            percent(pipeline.dropRate()), percent(pipeline.peakDropRate()))
        + line("report), so these figures are less exact: bytes, speeds, drifts, stalls.");
  }

  private static String run(AggregatedStats stats) {
    Clients clients = stats.clients();
    return line("Run")
        + row("Snapshot of", stats.timestamp().toString())
        + row("Elapsed", time(stats.elapsed()))
        + row("Clients", count(clients.active()))
        + row("Clients at the peak", count(clients.peakActive()))
        + row("Clients ever", count(clients.everAdded()))
        + row("Process starts", count(stats.processStarts()));
  }

  private static String requests(AggregatedStats stats) {
    Requests requests = stats.requests();
    return line(HEADING + TOTAL + RATE + RATE, "Requests", "total", "per second", "per client")
        + rates("Manifest", requests.manifest(), stats)
        + rates("Segment", requests.segment(), stats)
        + rates("Init", requests.init(), stats)
        + rates("Unknown", requests.unknown(), stats)
        + rates("All", requests.total(), stats)
        + rates("Downloaded bytes", stats.downloadedBytes(), stats)
        + rates("Output bytes", stats.totalBytes(), stats);
  }

  private static String playback(AggregatedStats stats) {
    Clients clients = stats.clients();
    Playback playback = stats.playback();
    return line(HEADING + TOTAL + RATE, "Playback health", "clients", "of the live")
        + share("Real time or faster", clients.aboveRealtime(), clients)
        + share("Below real time", clients.belowRealtime(), clients)
        + share("Speed unknown", clients.unknownSpeed(), clients)
        + share("Stalled", clients.stalled(), clients)
        + share("Silent", clients.silent(), clients)
        + share("High drift", clients.highDrift(), clients)
        + row("Stalls", count(playback.stalls()))
        + row("Time stalled", time(playback.stalledTime()))
        + row("Average speed", String.format(Locale.ROOT, "%.3f x", playback.averageSpeed()))
        + row("Average drift", time(playback.averageDrift()))
        + row("Average lag", time(playback.averageLag()))
        + row("Maximum drift", time(playback.maxDrift()));
  }

  private static String wallTimes(LatencySnapshot wall) {
    String segments = line("Segment wall times") + row("Segments", count(wall.count()));
    return wall.isEmpty()
        ? segments
        : segments
            + row("Shortest", millis(wall.min()))
            + row("Mean", millis(wall.mean()))
            + row("50th percentile", millis(wall.p50()))
            + row("95th percentile", millis(wall.p95()))
            + row("99th percentile", millis(wall.p99()))
            + row("Longest", millis(wall.max()));
  }

  private static String uptimes(Uptimes uptimes) {
    return line("Uptimes of the live clients")
        + row("Shortest", time(uptimes.min()))
        + row("Average", time(uptimes.average()))
        + row("Longest", time(uptimes.max()));
  }

  private static String errors(AggregatedStats stats) {
    Errors errors = stats.errors();
    List<String> rows = new ArrayList<>();
    errors.http().forEach((code, count) -> {
      if (code != Errors.OTHER) {
        rows.add(row("HTTP " + Errors.label(code), count(count)));
      }
    });
    return line("Errors")
        + String.join("", rows)
        + row("HTTP Other", count(errors.http().getOrDefault(Errors.OTHER, 0L)))
        + row("Timeouts", count(errors.timeouts()))
        + row("Error rate", percent(stats.errorRate()))
        + row("Reconnections", count(errors.reconnections()))
        + row("Rejected updates", count(stats.rejectedUpdates()));
  }

  private static String pipeline(AggregatedStats stats) {
    Pipeline pipeline = stats.pipeline();
    return line("Lines of FFmpeg")
        + row("Read", count(pipeline.linesRead()))
        + row("Dropped", count(pipeline.linesDropped()))
        + row("Drop rate", percent(pipeline.dropRate()))
        + row("Peak drop rate", percent(pipeline.peakDropRate()))
        + row("Clients with drops", count(stats.clients().withDrops()))
        + row("Clients degraded", count(stats.clients().degraded()));
  }

  private static String rates(String label, long total, AggregatedStats stats) {
    Duration elapsed = stats.elapsed();
    double seconds = elapsed.getSeconds() + elapsed.getNano() / 1e9;
    double clients = (double) stats.clients().everAdded();
    return line(
        LABEL + TOTAL + RATE + RATE,
        label,
        count(total),
        rate(total, seconds),
        rate(total, clients));
  }

  private static String share(String label, long part, Clients clients) {
    long live = clients.active();
    return line(
        LABEL + TOTAL + RATE, label, count(part), percent(live == 0 ? 0 : (double) part / live));
  }

  private static String row(String label, String value) {
    return line(LABEL + TOTAL, label, value);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String rate(long total, double per) {
    return String.format(Locale.ROOT, "%,.2f", per > 0 ? total / per : 0.0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String time(Duration duration) {
    return String.format(Locale.ROOT, "%,.3f s", seconds(duration));
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%,.3f ms", seconds(duration).movePointRight(3));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }
}
