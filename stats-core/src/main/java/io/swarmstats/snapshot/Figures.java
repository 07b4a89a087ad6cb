package io.swarmstats.snapshot;

import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one table of exported names: all figures of each part of a snapshot. */
final class Figures {

  private static final String RATIO = "1";
  private static final String BYTES = "By";
  private static final String SECONDS = "s";

  private Figures() {}

  static List<Figure> of(Requests requests) {
    return List.of(
        requests("manifest", requests.manifest()),
        requests("segment", requests.segment()),
        requests("init", requests.init()),
        requests("unknown", requests.unknown()));
  }

  private static Figure requests(String kind, long count) {
    return counter("swarm.requests", "{request}", "Requests by kind", Map.of("kind", kind), count);
  }

  static List<Figure> ofHttp(Errors errors) {
    SortedMap<Integer, Long> http = new TreeMap<>(errors.http());
    http.putIfAbsent(Errors.OTHER, 0L); // so that the name exists before the first error
    return http.entrySet().stream()
        .map(entry -> counter(
            "swarm.http.errors",
            "{error}",
            "HTTP errors by status",
            Map.of("status", Errors.label(entry.getKey())),
            entry.getValue()))
        .toList();
  }

  static List<Figure> ofOthers(Errors errors) {
    return List.of(
        counter("swarm.timeouts", "{timeout}", "Requests timed out", errors.timeouts()),
        counter("swarm.reconnections", "{reconnection}", "Reconnections", errors.reconnections()));
  }

  static List<Figure> ofTotals(
      long downloadedBytes, long totalBytes, long processStarts, long rejectedUpdates) {
    return List.of(
        counter("swarm.downloaded", BYTES, "Size of the downloaded segments", downloadedBytes),
        counter(
            "swarm.output",
            BYTES,
            "Size of FFmpeg's output as flushed (total_size); 0 for outputs without a file",
            totalBytes),
        counter("swarm.process.starts", "{start}", "FFmpeg processes started", processStarts),
        counter("swarm.rejected_updates", "{update}", "Updates rejected", rejectedUpdates));
  }

  static List<Figure> of(Clients clients) {
    return List.of(
        counter("swarm.added_clients", "{client}", "Clients added", clients.everAdded()),
        clients("swarm.clients", "Live clients", clients.active()),
        clients("swarm.peak_clients", "Most live clients of the epoch", clients.peakActive()),
        clients("swarm.stalled_clients", "Live clients that are stalled", clients.stalled()),
        clients(
            "swarm.silent_clients", "Live clients whose process reports nothing", clients.silent()),
        clients("swarm.high_drift_clients", "Live clients with high drift", clients.highDrift()),
        clients("swarm.lagging_clients", "Live clients with a drift above 0", clients.lagging()),
        clients("swarm.known_drift_clients", "Live clients with a drift", clients.withDrift()),
        clients(
            "swarm.above_realtime_clients",
            "Live clients with a speed of 1 or more",
            clients.aboveRealtime()),
        clients(
            "swarm.below_realtime_clients",
            "Live clients with a known speed below 1",
            clients.belowRealtime()),
        clients(
            "swarm.unknown_speed_clients",
            "Live clients with an unknown speed",
            clients.unknownSpeed()),
        clients("swarm.dropping_clients", "Live clients that dropped a line", clients.withDrops()),
        clients(
            "swarm.degraded_clients", "Live clients with a high drop rate", clients.degraded()));
  }

  private static Figure clients(String name, String help, long count) {
    return gauge(name, "{client}", help, (double) count);
  }

  static List<Figure> of(Playback playback) {
    return List.of(
        counter(
            "swarm.stalls",
            "{stall}",
            "Stalls that ended: media was missing or too slow for longer than the stall duration",
            playback.stalls()),
        new Figure.Counter(
            "swarm.stalled",
            SECONDS,
            "Time that viewers waited for media",
            Map.of(),
            seconds(playback.stalledTime())),
        gauge(
            "swarm.average_speed",
            RATIO,
            "Mean speed of the live clients with a known speed, as a multiple of real time",
            playback.averageSpeed()),
        time(
            "swarm.average_drift",
            "Mean drift of the live clients with a drift",
            playback.averageDrift()),
        time(
            "swarm.average_lag",
            "Mean drift of the live clients with a drift above 0",
            playback.averageLag()),
        time("swarm.max_drift", "Greatest drift", playback.maxDrift()));
  }

  static List<Figure> of(Uptimes uptimes) {
    return List.of(
        time("swarm.min_uptime", "Shortest uptime of a live client", uptimes.min()),
        time("swarm.max_uptime", "Longest uptime of a live client", uptimes.max()),
        time("swarm.average_uptime", "Mean uptime of the live clients", uptimes.average()));
  }

  static List<Figure> of(Pipeline pipeline) {
    return List.of(
        lines(
            "swarm.lines",
            "Lines read from FFmpeg",
            "progress",
            pipeline.progress().read()),
        lines(
            "swarm.lines", "Lines read from FFmpeg", "stderr", pipeline.stderr().read()),
        lines(
            "swarm.dropped_lines",
            "Lines read from FFmpeg and dropped",
            "progress",
            pipeline.progress().dropped()),
        lines(
            "swarm.dropped_lines",
            "Lines read from FFmpeg and dropped",
            "stderr",
            pipeline.stderr().dropped()),
        gauge(
            "swarm.peak_drop_rate",
            RATIO,
            "Highest drop rate of a single report",
            pipeline.peakDropRate()),
        gauge(
            "swarm.degraded",
            "{swarm}",
            "Whether the drop rate is above its threshold: 1 or 0",
            pipeline.degraded() ? 1 : 0));
  }

  private static Figure lines(String name, String help, String stream, long count) {
    return counter(name, "{line}", help, Map.of("stream", stream), count);
  }

  static List<Figure> of(Rates sinceStart, Rates instantaneous) {
    return List.of(
        requestRate("manifest", "epoch", sinceStart.manifestPerSecond()),
        requestRate("manifest", "reader", instantaneous.manifestPerSecond()),
        requestRate("segment", "epoch", sinceStart.segmentPerSecond()),
        requestRate("segment", "reader", instantaneous.segmentPerSecond()),
        outputRate("epoch", sinceStart.bytesPerSecond()),
        outputRate("reader", instantaneous.bytesPerSecond()));
  }

  private static Figure requestRate(String kind, String window, double rate) {
    return new Figure.Gauge(
        "swarm.request_rate",
        "{request}/s",
        "Requests per second, since the epoch began or since the reader's previous snapshot",
        Map.of("kind", kind, "window", window),
        rate);
  }

  private static Figure outputRate(String window, double rate) {
    return new Figure.Gauge(
        "swarm.output_rate",
        "By/s",
        "FFmpeg's output per second, since the epoch began or since the reader's previous snapshot",
        Map.of("window", window),
        rate);
  }

  static List<Figure> of(Instant startTime, Instant timestamp, Duration elapsed) {
    return List.of(
        gauge("swarm.start_time", SECONDS, "Start of the epoch", seconds(startTime)),
        gauge("swarm.timestamp", SECONDS, "Time of the snapshot", seconds(timestamp)),
        time("swarm.elapsed", "Time since the epoch began", elapsed));
  }

  static List<Figure> of(LatencySnapshot segmentWallTimes) {
    return List.of(new Figure.Distribution(
        "swarm.segment.wall_time",
        SECONDS,
        "Time to download a segment",
        Map.of(),
        segmentWallTimes));
  }

  private static Figure counter(String name, String unit, String help, long value) {
    return counter(name, unit, help, Map.of(), value);
  }

  private static Figure counter(
      String name, String unit, String help, Map<String, String> labels, long value) {
    return new Figure.Counter(name, unit, help, labels, (double) value);
  }

  private static Figure time(String name, String help, Duration value) {
    return gauge(name, SECONDS, help, seconds(value));
  }

  private static Figure gauge(String name, String unit, String help, double value) {
    return new Figure.Gauge(name, unit, help, Map.of(), value);
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
