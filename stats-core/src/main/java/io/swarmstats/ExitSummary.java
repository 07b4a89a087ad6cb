package io.swarmstats;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * The report of a run: a snapshot as plain text, for a person who reads a terminal or a log.
 *
 * <p>The text depends on the snapshot alone, not on the locale or the platform: the same snapshot
 * gives the same characters. Lines end with a single {@code \n}.
 */
public final class ExitSummary {

  private static final String HEADING = "%-24s";
  private static final String LABEL = "  %-22s";
  private static final String TOTAL = " %21s";
  private static final String RATE = " %16s";

  private final StringBuilder text = new StringBuilder();
  private final AggregatedStats stats;

  private ExitSummary(AggregatedStats stats) {
    this.stats = stats;
  }

  /**
   * Returns the report of a snapshot.
   *
   * <p>If the snapshot is degraded, that comes first: all other figures then rest on part of what
   * FFmpeg wrote. Rates are over the whole epoch; "per client" is over all clients that were ever
   * added. HTTP errors of codes outside 400..599 are in the line "HTTP Other".
   *
   * <p>A pure function; any thread may call it. O(1) but for the HTTP codes.
   *
   * @param stats the snapshot, usually the last one of a run
   * @return some fifty lines, each with an end of line
   */
  public static String of(AggregatedStats stats) {
    ExitSummary summary = new ExitSummary(Objects.requireNonNull(stats, "stats must not be null"));
    summary.write();
    return summary.text.toString();
  }

  private void write() {
    warning();
    run();
    requests();
    playback();
    wallTimes();
    uptimes();
    errors();
    pipeline();
  }

  private void warning() {
    AggregatedStats.Pipeline pipeline = stats.pipeline();
    if (pipeline.degraded()) {
      line(
          "WARNING: metrics are degraded. %s of FFmpeg's lines were dropped unparsed (%s in the worst",
          percent(pipeline.dropRate()), percent(pipeline.peakDropRate()));
      line("report), so what FFmpeg reports is known less well: bytes, speeds, drifts, stalls.");
      line("");
    }
  }

  private void run() {
    AggregatedStats.Clients clients = stats.clients();
    line("Run");
    row("Snapshot of", stats.timestamp().toString());
    row("Elapsed", time(stats.elapsed()));
    row("Clients", count(clients.active()));
    row("Clients at the peak", count(clients.peakActive()));
    row("Clients ever", count(clients.everAdded()));
  }

  private void requests() {
    AggregatedStats.Requests requests = stats.requests();
    line("");
    line(HEADING + TOTAL + RATE + RATE, "Requests", "total", "per second", "per client");
    rates("Manifest", requests.manifest());
    rates("Segment", requests.segment());
    rates("Init", requests.init());
    rates("Unknown", requests.unknown());
    rates("All", requests.total());
    rates("Bytes", stats.totalBytes());
  }

  private void playback() {
    AggregatedStats.Clients clients = stats.clients();
    AggregatedStats.Playback playback = stats.playback();
    line("");
    line(HEADING + TOTAL + RATE, "Playback health", "clients", "of the live");
    share("Real time or faster", clients.aboveRealtime());
    share("Below real time", clients.belowRealtime());
    share("Speed unknown", clients.unknownSpeed());
    share("Stalled", clients.stalled());
    share("High drift", clients.highDrift());
    row("Average speed", String.format(Locale.ROOT, "%.3f x", playback.averageSpeed()));
    row("Average drift", time(playback.averageDrift()));
    row("Average lag", time(playback.averageLag()));
    row("Maximum drift", time(playback.maxDrift()));
  }

  private void wallTimes() {
    LatencySnapshot wall = stats.segmentWallTimes();
    line("");
    line("Segment wall times");
    row("Segments", count(wall.count()));
    if (!wall.isEmpty()) {
      row("Shortest", millis(wall.min()));
      row("Mean", millis(wall.mean()));
      row("50th percentile", millis(wall.p50()));
      row("95th percentile", millis(wall.p95()));
      row("99th percentile", millis(wall.p99()));
      row("Longest", millis(wall.max()));
    }
  }

  private void uptimes() {
    AggregatedStats.Uptimes uptimes = stats.uptimes();
    line("");
    line("Uptimes of the live clients");
    row("Shortest", time(uptimes.min()));
    row("Average", time(uptimes.average()));
    row("Longest", time(uptimes.max()));
  }

  private void errors() {
    AggregatedStats.Errors errors = stats.errors();
    line("");
    line("Errors");
    errors.http().forEach((code, count) -> {
      if (code != ClientStats.OTHER_HTTP_ERROR) {
        row("HTTP " + AggregatedStats.Errors.label(code), count(count));
      }
    });
    row("HTTP Other", count(errors.http().getOrDefault(ClientStats.OTHER_HTTP_ERROR, 0L)));
    row("Timeouts", count(errors.timeouts()));
    row("Error rate", percent(stats.errorRate()));
    row("Reconnections", count(errors.reconnections()));
    row("Refused updates", count(stats.rejectedUpdates()));
  }

  private void pipeline() {
    AggregatedStats.Pipeline pipeline = stats.pipeline();
    line("");
    line("Lines of FFmpeg");
    row("Read", count(pipeline.linesRead()));
    row("Dropped", count(pipeline.linesDropped()));
    row("Drop rate", percent(pipeline.dropRate()));
    row("Peak drop rate", percent(pipeline.peakDropRate()));
    row("Clients with drops", count(stats.clients().withDrops()));
    row("Clients degraded", count(stats.clients().degraded()));
  }

  private void rates(String label, long total) {
    Duration elapsed = stats.elapsed();
    double seconds = elapsed.getSeconds() + elapsed.getNano() / 1e9;
    double clients = (double) stats.clients().everAdded();
    line(
        LABEL + TOTAL + RATE + RATE,
        label,
        count(total),
        rate(total, seconds),
        rate(total, clients));
  }

  private void share(String label, int clients) {
    int live = stats.clients().active();
    line(
        LABEL + TOTAL + RATE,
        label,
        count(clients),
        percent(live == 0 ? 0 : (double) clients / live));
  }

  private void row(String label, String value) {
    line(LABEL + TOTAL, label, value);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
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
