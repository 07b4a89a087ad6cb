package io.swarmstats.examples.demo;

import io.swarmstats.examples.replay.Event;
import io.swarmstats.examples.replay.Recording;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The totals expected at the end, computed from the recording and the last event of each session.
 * The computation does not use the library.
 *
 * <p>The totals of a session depend only on its recorded client and its last event. Each such part
 * is therefore added up once and multiplied by the number of its sessions.
 */
final class ExpectedTotals {

  /** One figure with its expected and its actual value. */
  record Check(String field, Object expected, Object was) {

    boolean holds() {
      return expected.equals(was);
    }

    @Override
    public String toString() {
      return field + ": expected " + expected + ", was " + was;
    }
  }

  private final long active;
  private long everAdded;
  private long manifest;
  private long segment;
  private long init;
  private long unknown;
  private final SortedMap<Integer, Long> http = new TreeMap<>();
  private long reconnections;
  private long timeouts;
  private long bytes;
  private long downloadedBytes;
  private long processStarts;
  private long progressRead;
  private long progressDropped;
  private long stderrRead;
  private long stderrDropped;
  private double peakDropRate;
  private long wallTimes;
  private long minWallNanos = Long.MAX_VALUE;
  private long maxWallNanos;

  /**
   * Adds up all sessions.
   *
   * @param active the number of clients at the end
   */
  ExpectedTotals(Recording recording, int active, Map<Session.Played, Long> played) {
    this.active = active;
    List<List<Event>> scripts = recording.byClient();
    played.forEach(
        (part, times) -> add(scripts.get(part.script()).subList(0, part.events()), times));
  }

  private void add(List<Event> session, long times) {
    everAdded += session.isEmpty() ? 0 : times;
    long runBytes = 0; // bytes of the current process: FFmpeg's counts restart with each process
    Event.Lines runLines = new Event.Lines(0, 0, 0, 0);
    for (Event event : session) {
      Event.Action action = event.action();
      if (action instanceof Event.ProcessStart) {
        processStarts += times;
        addRun(runBytes, runLines, times);
        runBytes = 0;
        runLines = new Event.Lines(0, 0, 0, 0);
      } else if (action instanceof Event.ManifestRequest) {
        manifest += times;
      } else if (action instanceof Event.SegmentRequest) {
        segment += times;
      } else if (action instanceof Event.InitRequest) {
        init += times;
      } else if (action instanceof Event.UnknownRequest) {
        unknown += times;
      } else if (action instanceof Event.HttpError error) {
        boolean known = error.statusCode() >= 400 && error.statusCode() <= 599;
        http.merge(known ? error.statusCode() : 0, times, Long::sum);
      } else if (action instanceof Event.Reconnection) {
        reconnections += times;
      } else if (action instanceof Event.Timeout) {
        timeouts += times;
      } else if (action instanceof Event.Progress progress) {
        runBytes = Math.max(runBytes, progress.totalSize());
      } else if (action instanceof Event.Lines lines) {
        runLines = higher(runLines, lines);
        peakDropRate = Math.max(peakDropRate, dropRate(lines));
      } else if (action instanceof Event.SegmentDone done) {
        wallTimes += times;
        downloadedBytes += done.bytes() * times;
        minWallNanos = Math.min(minWallNanos, done.wallNanos());
        maxWallNanos = Math.max(maxWallNanos, done.wallNanos());
      } else {
        throw new IllegalArgumentException("no rule for " + event);
      }
    }
    addRun(runBytes, runLines, times);
  }

  private void addRun(long runBytes, Event.Lines lines, long times) {
    bytes += runBytes * times;
    progressRead += lines.progressRead() * times;
    progressDropped += lines.progressDropped() * times;
    stderrRead += lines.stderrRead() * times;
    stderrDropped += lines.stderrDropped() * times;
  }

  private static Event.Lines higher(Event.Lines a, Event.Lines b) {
    return new Event.Lines(
        Math.max(a.progressRead(), b.progressRead()),
        Math.max(a.progressDropped(), b.progressDropped()),
        Math.max(a.stderrRead(), b.stderrRead()),
        Math.max(a.stderrDropped(), b.stderrDropped()));
  }

  private static double dropRate(Event.Lines lines) {
    long read = lines.progressRead() + lines.stderrRead();
    return read == 0 ? 0 : (double) (lines.progressDropped() + lines.stderrDropped()) / read;
  }

  /** Compares the expected totals with a snapshot taken after the end. */
  List<Check> check(AggregatedStats stats) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("clients.active", active, stats.clients().active()));
    checks.add(new Check("clients.everAdded", everAdded, stats.clients().everAdded()));
    checks.add(new Check("requests.manifest", manifest, stats.requests().manifest()));
    checks.add(new Check("requests.segment", segment, stats.requests().segment()));
    checks.add(new Check("requests.init", init, stats.requests().init()));
    checks.add(new Check("requests.unknown", unknown, stats.requests().unknown()));
    checks.add(new Check("totalBytes", bytes, stats.totalBytes()));
    checks.add(new Check("downloadedBytes", downloadedBytes, stats.downloadedBytes()));
    checks.add(new Check("processStarts", processStarts, stats.processStarts()));

    SortedMap<Integer, Long> seen = stats.errors().http();
    TreeSet<Integer> codes = new TreeSet<>(http.keySet());
    codes.addAll(seen.keySet());
    for (int code : codes) {
      checks.add(new Check(
          "errors.http." + Errors.label(code),
          http.getOrDefault(code, 0L),
          seen.getOrDefault(code, 0L)));
    }
    checks.add(new Check("errors.reconnections", reconnections, stats.errors().reconnections()));
    checks.add(new Check("errors.timeouts", timeouts, stats.errors().timeouts()));

    Pipeline pipeline = stats.pipeline();
    checks.add(new Check("progress.read", progressRead, pipeline.progress().read()));
    checks.add(
        new Check("progress.dropped", progressDropped, pipeline.progress().dropped()));
    checks.add(new Check("stderr.read", stderrRead, pipeline.stderr().read()));
    checks.add(new Check("stderr.dropped", stderrDropped, pipeline.stderr().dropped()));
    checks.add(new Check("peakDropRate", peakDropRate, pipeline.peakDropRate()));

    LatencySnapshot wall = stats.segmentWallTimes();
    Duration min = Duration.ofNanos(wallTimes == 0 ? 0 : minWallNanos);
    checks.add(new Check("segmentWallTimes.count", wallTimes, wall.count()));
    checks.add(new Check("segmentWallTimes.min", min, wall.min()));
    checks.add(new Check("segmentWallTimes.max", Duration.ofNanos(maxWallNanos), wall.max()));
    checks.add(new Check("rejectedUpdates", 0L, stats.rejectedUpdates()));
    return checks;
  }
}
