package io.swarmstats.examples.demo;

import io.swarmstats.StatsConfig;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Renders snapshots as text. The text is plain ASCII and the same in every locale. The dashboard is
 * at most 80 columns wide. For the recorded swarm the dashboard is 23 lines high. With the cursor
 * on the line below, the dashboard fits the smallest usual terminal, which has 24 lines.
 */
final class Dashboard {

  /** The width of the label at the start of a row. */
  static final int LABEL = 10;

  private static final int WIDTH = 80;
  private static final int REPORT_WIDTH = 120;
  private static final int BAR = 40;
  private static final long HIGH_DRIFT_SECONDS =
      StatsConfig.defaults().highDriftThreshold().toSeconds();

  /**
   * The progress of the swarm.
   *
   * @param reached the recorded time up to which everything is recorded
   * @param length the recorded time at which the swarm ends
   * @param realSeconds the real seconds since the start
   * @param replaced the number of replaced clients
   */
  record Progress(Duration reached, Duration length, double realSeconds, long replaced) {

    private double share() {
      return seconds(reached) / seconds(length);
    }
  }

  private Dashboard() {}

  /**
   * Renders the dashboard. Each line begins with a label of up to {@link #LABEL} columns, or with
   * blanks.
   *
   * @param stats the snapshot to show
   * @param last the interval that ends with the snapshot
   * @param progress the progress at the same moment
   */
  static List<String> lines(AggregatedStats stats, Interval last, Progress progress) {
    List<String> lines = new ArrayList<>();
    lines.add(bar(progress));
    lines.addAll(pace(progress));
    lines.add("");
    lines.addAll(clients(stats.clients(), progress));
    lines.addAll(stalls(stats.playback(), last));
    lines.addAll(playback(stats));
    lines.add("");
    lines.addAll(traffic(stats, last));
    lines.add("");
    lines.addAll(errors(stats, last));
    lines.addAll(pipeline(stats));
    lines.addAll(wallTimes(stats.segmentWallTimes()));
    lines.addAll(lastWallTimes(last));
    return lines;
  }

  /** Returns the header of the columns of a {@link #report}. */
  static String header() {
    return columns(
        "done",
        "time",
        "clients",
        "stalled",
        "behind",
        "requests",
        "errors",
        "seg/s now",
        "overall",
        "output",
        "/s now",
        "overall",
        "wall p99");
  }

  /**
   * Renders the main figures as a line of columns with indented lines below.
   *
   * @param stats the snapshot to show
   * @param last the interval that ends with the snapshot
   * @param progress the progress at the same moment
   */
  static List<String> report(AggregatedStats stats, Interval last, Progress progress) {
    Playback playback = stats.playback();
    Pipeline pipeline = stats.pipeline();
    LatencySnapshot wall = last.segmentWallTimes();
    List<String> faults = new ArrayList<>();
    faults.add(format(
        "lines dropped %7s, %.2f %%", count(pipeline.linesDropped()), 100 * pipeline.dropRate()));
    faults.addAll(errorCounts(stats.errors()));
    List<String> lines = new ArrayList<>();
    lines.add(line(stats, progress));
    lines.add(format(
        "%" + LABEL + "s average speed %6.3f  average drift %8s, max %8s"
            + "  wall now p50 %8s, p95 %8s, p99 %8s",
        "",
        playback.averageSpeed(),
        time(playback.averageDrift()),
        time(playback.maxDrift()),
        time(wall.p50()),
        time(wall.p95()),
        time(wall.p99())));
    lines.addAll(row(
        "",
        List.of(
            "silent " + count(stats.clients().silent()),
            format("stalls %s, %s waited", count(playback.stalls()), time(playback.stalledTime())),
            format("now %s, %s waited", count(last.stalls()), time(last.stalledTime())),
            format(
                "downloaded %s, %s/s now",
                bytes((double) stats.downloadedBytes()),
                bytes(perSecond(last.downloadedBytes(), last.length())))),
        REPORT_WIDTH));
    lines.addAll(row("", faults, REPORT_WIDTH));
    return lines;
  }

  private static String line(AggregatedStats stats, Progress progress) {
    Rates now = stats.instantaneous();
    Rates overall = stats.sinceStart();
    return columns(
        format("%d %%", percent(progress)),
        format("%.1f s", seconds(progress.reached())),
        count(stats.clients().active()),
        count(stats.clients().stalled()),
        count(stats.clients().highDrift()),
        count(stats.requests().total()),
        count(stats.errors().total()),
        rate(now.segmentPerSecond()),
        rate(overall.segmentPerSecond()),
        bytes((double) stats.totalBytes()),
        bytes(now.bytesPerSecond()),
        bytes(overall.bytesPerSecond()),
        time(stats.segmentWallTimes().p99()));
  }

  private static String columns(Object... cells) {
    return format("%5s %8s %9s %8s %8s %11s %10s %10s %10s %9s %9s %9s %8s", cells);
  }

  private static String bar(Progress progress) {
    int done = (int) Math.floor(progress.share() * BAR);
    return format(
        "%-" + LABEL + "s [%s%s] %3d %%",
        "progress",
        "#".repeat(done),
        "-".repeat(BAR - done),
        percent(progress));
  }

  private static List<String> pace(Progress progress) {
    double reached = seconds(progress.reached());
    double real = progress.realSeconds();
    return row(
        "",
        List.of(
            format("%.1f of %.1f s recorded", reached, seconds(progress.length())),
            format("in %.1f s, %.1f x real time", real, real == 0 ? 0 : reached / real)));
  }

  private static List<String> clients(Clients clients, Progress progress) {
    return row(
        "clients",
        List.of(
            format("%,9d active", clients.active()),
            format("%,9d peak", clients.peakActive()),
            format("%,9d ever", clients.everAdded()),
            format("%,9d replaced", progress.replaced()),
            format("%,9d stalled", clients.stalled()),
            format("%,9d silent", clients.silent()),
            format("%,9d behind by over %d s", clients.highDrift(), HIGH_DRIFT_SECONDS)));
  }

  private static List<String> stalls(Playback playback, Interval last) {
    return row(
        "stalls",
        List.of(
            format("%,9d ended", playback.stalls()),
            format("%9s waited", time(playback.stalledTime())),
            format("now: %,d ended, %s waited", last.stalls(), time(last.stalledTime()))));
  }

  private static List<String> playback(AggregatedStats stats) {
    Clients clients = stats.clients();
    Playback playback = stats.playback();
    List<String> lines = row(
        "speed",
        List.of(
            format("%7.3f average", playback.averageSpeed()),
            format("%,9d >= 1.0", clients.aboveRealtime()),
            format("%,9d below", clients.belowRealtime()),
            format("%,9d unknown", clients.unknownSpeed())));
    lines.addAll(row(
        "drift",
        List.of(
            format("%9s average", time(playback.averageDrift())),
            format("%9s lag (of %,d late)", time(playback.averageLag()), clients.lagging()),
            format("%9s max", time(playback.maxDrift())))));
    return lines;
  }

  private static List<String> traffic(AggregatedStats stats, Interval last) {
    Requests requests = stats.requests();
    Rates now = stats.instantaneous();
    Rates overall = stats.sinceStart();
    return List.of(
        cells("requests", "total", "per s, now", "per s, overall") + "  (s of recorded time)",
        cells(
            "manifest",
            count(requests.manifest()),
            rate(now.manifestPerSecond()),
            rate(overall.manifestPerSecond())),
        cells(
            "segment",
            count(requests.segment()),
            rate(now.segmentPerSecond()),
            rate(overall.segmentPerSecond())),
        cells("init", count(requests.init()), "", "")
            + format("%16s of unknown kind", count(requests.unknown())),
        cells(
            "downloaded",
            bytes((double) stats.downloadedBytes()),
            bytes(perSecond(last.downloadedBytes(), last.length())),
            bytes(perSecond(stats.downloadedBytes(), stats.elapsed()))),
        cells(
                "output",
                bytes((double) stats.totalBytes()),
                bytes(now.bytesPerSecond()),
                bytes(overall.bytesPerSecond()))
            + "  (total_size)");
  }

  private static String cells(String label, String total, String now, String overall) {
    return format("%-" + LABEL + "s %15s %15s %15s", label, total, now, overall).stripTrailing();
  }

  private static List<String> errors(AggregatedStats stats, Interval last) {
    List<String> items = new ArrayList<>();
    items.add(format("%7.2f %% of requests", 100 * stats.errorRate()));
    items.add(format("%.2f %% now", 100 * last.errorRate()));
    items.addAll(errorCounts(stats.errors()));
    return row("errors", items);
  }

  private static List<String> errorCounts(Errors errors) {
    List<String> items = new ArrayList<>();
    errors.http().forEach((code, count) -> {
      if (code != Errors.OTHER) {
        items.add(Errors.label(code) + ": " + count(count));
      }
    });
    int other = Errors.OTHER;
    items.add(Errors.label(other) + ": " + count(errors.http().getOrDefault(other, 0L)));
    items.add("timeouts: " + count(errors.timeouts()));
    items.add("reconnections: " + count(errors.reconnections()));
    return items;
  }

  private static List<String> pipeline(AggregatedStats stats) {
    Pipeline pipeline = stats.pipeline();
    return row(
        "lines",
        List.of(
            format("%7.2f %% dropped", 100 * pipeline.dropRate()),
            format("%,d of %,d", pipeline.linesDropped(), pipeline.linesRead()),
            format("peak %.2f %%", 100 * pipeline.peakDropRate()),
            pipeline.degraded() ? "DEGRADED" : "not degraded",
            format("clients degraded: %,d", stats.clients().degraded())));
  }

  private static List<String> wallTimes(LatencySnapshot wall) {
    return row(
        "wall time",
        List.of(
            format("%8s p25", time(wall.p25())),
            format("%8s p50", time(wall.p50())),
            format("%8s p75", time(wall.p75())),
            format("%8s p95", time(wall.p95())),
            format("%8s p99", time(wall.p99())),
            format("%8s min", time(wall.min())),
            format("%8s mean", time(wall.mean())),
            format("%8s max", time(wall.max())),
            format("%,d segments", wall.count())));
  }

  private static List<String> lastWallTimes(Interval last) {
    LatencySnapshot wall = last.segmentWallTimes();
    double length = seconds(last.length());
    return row(
        format(length < 9.95 ? "last %.1f s" : "last %,.0f s", length),
        List.of(
            format("%8s p50", time(wall.p50())),
            format("%8s p95", time(wall.p95())),
            format("%8s p99", time(wall.p99())),
            format("%,d segments", wall.count())));
  }

  private static List<String> row(String label, List<String> items) {
    return row(label, items, WIDTH);
  }

  /** Puts the items into as few lines as possible. */
  private static List<String> row(String label, List<String> items, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(format("%-" + LABEL + "s", label));
    boolean first = true;
    for (String item : items) {
      String gap = first ? " " : "  ";
      if (!first && line.length() + gap.length() + item.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(LABEL));
        gap = " ";
      }
      line.append(gap).append(item);
      first = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static int percent(Progress progress) {
    return (int) Math.floor(100 * progress.share());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double perSecond(long total, Duration time) {
    return time.isZero() ? 0 : total / seconds(time);
  }

  private static String count(long count) {
    return format("%,d", count);
  }

  private static String rate(double perSecond) {
    return format("%,.1f", perSecond);
  }

  private static String bytes(double bytes) {
    if (bytes < 1e3) {
      return format("%.0f B", bytes);
    }
    if (bytes < 1e6) {
      return format("%.1f kB", bytes / 1e3);
    }
    return bytes < 1e9 ? format("%.1f MB", bytes / 1e6) : format("%,.2f GB", bytes / 1e9);
  }

  private static String time(Duration duration) {
    double nanos = duration.toNanos();
    if (Math.abs(nanos) < 1e6) {
      return format("%.0f us", nanos / 1e3);
    }
    return Math.abs(nanos) < 1e9 ? format("%.1f ms", nanos / 1e6) : format("%,.2f s", nanos / 1e9);
  }

  private static String format(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }
}
