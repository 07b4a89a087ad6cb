package io.swarmstats;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.Lines;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import io.swarmstats.snapshot.Uptimes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A model of the library for one thread, computed in the plainest way. The model keeps every record
 * and uses numbers that do not overflow. It is slow, and simple enough to check by reading.
 */
final class SwarmModel {
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final Instant origin;

  /** Nanoseconds since the clock was first read. */
  long now;

  SwarmModel(Instant origin) {
    this.origin = origin;
  }

  private static long saturated(BigInteger value) {
    return value.min(MAX_LONG).longValueExact();
  }

  private static <T> long saturatedSum(Collection<T> terms, ToLongFunction<T> term) {
    BigInteger sum = BigInteger.ZERO;
    for (T each : terms) {
      sum = sum.add(BigInteger.valueOf(term.applyAsLong(each)));
    }
    return saturated(sum);
  }

  private static long floorOfMean(Collection<Long> numbers) {
    if (numbers.isEmpty()) {
      return 0;
    }
    BigInteger sum = BigInteger.ZERO;
    for (long number : numbers) {
      sum = sum.add(BigInteger.valueOf(number));
    }
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(numbers.size()), 0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private static double dropRate(long[] lines) {
    double dropped =
        BigInteger.valueOf(lines[1]).add(BigInteger.valueOf(lines[3])).doubleValue();
    double read = BigInteger.valueOf(lines[0]).add(BigInteger.valueOf(lines[2])).doubleValue();
    return read == 0 ? 0 : dropped / read;
  }

  Client newClient(int id, StatsConfig config) {
    return new Client(id, config);
  }

  Aggregator newAggregator(StatsConfig config) {
    return new Aggregator(config);
  }

  /** One process run, which is also its own handle. */
  final class Run {
    final Client client;
    final long start = now;
    boolean ended;
    long bytes;
    final long[] lines = new long[4]; // progress read, dropped, standard error read, dropped
    double speed;

    @Nullable
    Long drift;

    private final boolean ofProcess;
    private long lastReport = now;

    // the viewer
    private @Nullable BigInteger out; // nanoseconds of media on the current timeline
    private @Nullable Long begin; // null as long as the viewer buffers
    private long buffersSince; // after a jump
    private boolean hasBegun; // on this or an earlier timeline
    private boolean hadSpeed; // in a report without media
    private BigInteger waited = BigInteger.ZERO;
    private BigInteger waitedBefore = BigInteger.ZERO; // on earlier timelines
    private @Nullable Long clock;
    private long stalls;

    Run(Client client, boolean ofProcess) {
      this.client = client;
      this.ofProcess = ofProcess;
    }

    void updateBytes(long totalSize) {
      if (ended || totalSize < 0) {
        client.rejected++;
      } else {
        bytes = Math.max(bytes, totalSize);
      }
    }

    void updateDrift(long outTimeMicros) {
      if (ended) {
        client.rejected++;
        return;
      }
      lastReport = now;
      recordDrift(outTimeMicros);
    }

    private void recordDrift(long outTimeMicros) {
      if (outTimeMicros > 0) {
        drift = now - start - saturated(nanos(outTimeMicros));
        client.maxDrift = Math.max(client.maxDrift, drift);
      }
    }

    private BigInteger nanos(long micros) {
      return BigInteger.valueOf(micros).multiply(BigInteger.valueOf(1_000));
    }

    void updateSpeed(double sample) {
      if (ended) {
        client.rejected++;
        return;
      }
      speed = known(sample);
      hadSpeed |= speed > 0;
      if (!isBelow()) {
        stopClock();
      } else if (clock == null) {
        clock = now;
        buffersSince = now; // of no matter while the viewer plays
      }
    }

    private double known(double sample) {
      return Double.isFinite(sample) && sample > 0 ? sample : 0;
    }

    void recordDroppedLines(long... counts) {
      if (ended
          || counts[1] < 0
          || counts[1] > counts[0]
          || counts[3] < 0
          || counts[3] > counts[2]) {
        client.rejected++;
        return;
      }
      for (int i = 0; i < 4; i++) {
        lines[i] = Math.max(lines[i], counts[i]);
      }
      client.peakDropRate = Math.max(client.peakDropRate, dropRate(counts));
    }

    void onProgress(long totalSize, long outTimeMicros, double sample) {
      if (ended) {
        client.rejected++;
        return;
      }
      if (totalSize >= 0) {
        updateBytes(totalSize);
      }
      recordDrift(outTimeMicros);
      if (outTimeMicros > 0) {
        speed = known(sample);
        recordMedia(nanos(outTimeMicros));
      } else if (hasBegun) {
        speed = known(sample);
      } else {
        updateSpeed(sample);
      }
      lastReport = now;
    }

    private void recordMedia(BigInteger media) {
      if (out == null) {
        stopClock();
        out = media;
      } else if (out.subtract(media).compareTo(BigInteger.valueOf(10_000_000_000L)) > 0) {
        addWait();
        stopClock();
        waitedBefore = waited;
        if (begin != null) {
          buffersSince = now;
        }
        begin = null;
        out = media;
      } else if (begin == null) {
        begin = now;
        hasBegun = true;
        stopClock();
        out = out.max(media);
      } else {
        BigInteger wait = newWait();
        double sinceLast = now - lastReport;
        double played = sinceLast - wait.doubleValue();
        if (wait.signum() > 0 && played < client.config.stallThreshold() * sinceLast) {
          addWait();
        } else {
          waited = waited.add(wait);
          stopClock();
        }
        out = out.max(media);
      }
    }

    /** Returns how long the viewer has waited for media, up to now. */
    private BigInteger newWait() {
      return begin == null
          ? BigInteger.ZERO
          : BigInteger.valueOf(now).subtract(runsOut()).max(BigInteger.ZERO);
    }

    private BigInteger runsOut() {
      return BigInteger.valueOf(Objects.requireNonNull(begin))
          .add(waited.subtract(waitedBefore))
          .add(Objects.requireNonNull(out));
    }

    /** Counts a wait, and starts the clock with the wait. */
    private void addWait() {
      BigInteger wait = newWait();
      if (wait.signum() > 0) {
        if (clock == null) {
          clock = runsOut().longValueExact();
        }
        waited = waited.add(wait);
      }
    }

    private void stopClock() {
      if (isStall(clock)) {
        stalls++;
      }
      clock = null;
    }

    private boolean isStall(@Nullable Long since) {
      return since != null
          && Duration.ofNanos(now - since).compareTo(client.config.stallDuration()) > 0;
    }

    /** Ends the run. The clock keeps its state for the last summary. */
    void end() {
      ended = true;
      addWait();
      if (isStall(clock)) {
        stalls++;
      }
    }

    private boolean isBelow() {
      return speed > 0 && speed < client.config.stallThreshold();
    }

    boolean isStalled() {
      if (begin != null) {
        return isStall(clock) || (newWait().signum() > 0 && isStall(runsOut().longValueExact()));
      }
      if (hasBegun) {
        return isStall(buffersSince);
      }
      boolean hasNotBegun = ofProcess && (!hadSpeed || out != null);
      return hasNotBegun ? isStall(start) : (isBelow() && isStall(clock));
    }

    boolean isSilent() {
      return ofProcess
          && Duration.ofNanos(now - lastReport).compareTo(client.config.silenceDuration()) > 0;
    }

    long stalls() {
      return stalls;
    }

    long stalledNanos() {
      return saturated(waited);
    }
  }

  /** One client. */
  final class Client {
    final int id;
    final StatsConfig config;
    final long start = now;
    long manifest;
    long segment;
    long init;
    long unknown;
    long reconnections;
    long timeouts;
    final SortedMap<Integer, Long> http = new TreeMap<>();
    private final Deque<Long> sizes = new ArrayDeque<>(); // the last hundred
    private BigInteger downloaded = BigInteger.ZERO;
    private final List<Run> runs = new ArrayList<>();
    private long maxDrift;
    private double peakDropRate;
    private long rejected;
    private long rejectedAtClosing;
    boolean closed;

    Client(int id, StatsConfig config) {
      this.id = id;
      this.config = config;
      runs.add(new Run(this, false));
    }

    /** Applies an update, unless the client is closed. */
    void update(Runnable update) {
      if (closed) {
        rejected++;
      } else {
        update.run();
      }
    }

    void recordHttpError(int code) {
      update(() -> http.merge(code >= 400 && code <= 599 ? code : 0, 1L, Long::sum));
    }

    void recordSegmentSize(long bytes) {
      if (bytes <= 0) {
        rejected++;
        return;
      }
      update(() -> {
        downloaded = downloaded.add(BigInteger.valueOf(bytes));
        sizes.addLast(bytes);
        if (sizes.size() > 100) {
          sizes.removeFirst();
        }
      });
    }

    Run onProcessStart() {
      update(() -> {
        currentRun().end();
        runs.add(new Run(this, true));
      });
      return currentRun();
    }

    Run currentRun() {
      return runs.get(runs.size() - 1);
    }

    void close() {
      if (!closed) {
        closed = true;
        currentRun().end();
        rejectedAtClosing = rejected;
      }
    }

    long lines(int which) {
      return saturatedSum(runs, run -> run.lines[which]);
    }

    double dropRate() {
      return SwarmModel.dropRate(new long[] {lines(0), lines(1), lines(2), lines(3)});
    }

    long totalBytes() {
      return saturatedSum(runs, run -> run.bytes);
    }

    long downloadedBytes() {
      return saturated(downloaded);
    }

    /** All runs but the first were begun by a process start. */
    long processStarts() {
      return runs.size() - 1L;
    }

    boolean isSilent() {
      return currentRun().isSilent();
    }

    long stalls() {
      return saturatedSum(runs, Run::stalls);
    }

    long stalledNanos() {
      return saturatedSum(runs, Run::stalledNanos);
    }

    double peakDropRate() {
      return peakDropRate;
    }

    Duration uptime() {
      return Duration.ofNanos(now - start);
    }

    private boolean hasHighDrift() {
      Long drift = currentRun().drift;
      return drift != null && Duration.ofNanos(drift).compareTo(config.highDriftThreshold()) > 0;
    }

    ClientSummary summary() {
      Run run = currentRun();
      return new ClientSummary(
          id,
          uptime(),
          totalBytes(),
          processStarts(),
          downloadedBytes(),
          new Requests(manifest, segment, init, unknown),
          new Errors(http, reconnections, timeouts),
          run.speed,
          run.isStalled(),
          isSilent(),
          stalls(),
          Duration.ofNanos(stalledNanos()),
          Duration.ofNanos(run.drift == null ? 0 : run.drift),
          Duration.ofNanos(maxDrift),
          hasHighDrift(),
          dropRate(),
          peakDropRate,
          floorOfMean(sizes),
          rejected);
    }
  }

  /** The life of an aggregator between two resets: its live clients, and all clients ever added. */
  final class Epoch {
    final long start = now;
    final Instant startTime;
    final SortedMap<Integer, Client> live = new TreeMap<>();
    private final List<Client> everAdded = new ArrayList<>();
    private int peakActive;
    final List<Long> wallTimes = new ArrayList<>(); // in the order of their recording
    final List<Long> ascendingWallTimes = new ArrayList<>(); // a user of this list sorts it first
    private long rejectedWallTimes;

    Epoch(@Nullable Epoch previous) {
      Instant time = origin.plusNanos(now);
      startTime = previous == null || time.isAfter(previous.startTime)
          ? time
          : previous.startTime.plusNanos(1);
    }

    private long sum(ToLongFunction<Client> figure) {
      return saturatedSum(everAdded, figure);
    }

    private long count(Predicate<Client> condition) {
      return live.values().stream().filter(condition).count();
    }

    private <T> List<T> allOf(Function<Client, @Nullable T> figure) {
      List<T> all = new ArrayList<>();
      for (Client client : live.values()) {
        T value = figure.apply(client);
        if (value != null) {
          all.add(value);
        }
      }
      return all;
    }
  }

  /** An aggregator. */
  final class Aggregator {
    private final StatsConfig config;
    Epoch epoch = new Epoch(null);

    Aggregator(StatsConfig config) {
      this.config = config;
    }

    /** Returns false if the client is rejected because it is closed. */
    boolean add(Client client) {
      Client known = epoch.live.get(client.id);
      if (known == client) {
        return true;
      }
      if (client.closed) {
        return false;
      }
      if (known != null) {
        known.close();
      }
      epoch.live.put(client.id, client);
      epoch.everAdded.add(client);
      epoch.peakActive = Math.max(epoch.peakActive, epoch.live.size());
      return true;
    }

    @Nullable
    ClientSummary remove(int id) {
      Client client = epoch.live.remove(id);
      if (client == null) {
        return null;
      }
      client.close();
      return client.summary();
    }

    void recordSegmentWallTime(long nanos) {
      if (nanos < 0) {
        epoch.rejectedWallTimes++;
      } else {
        epoch.wallTimes.add(nanos);
        epoch.ascendingWallTimes.add(nanos);
      }
    }

    void reset() {
      epoch = new Epoch(epoch);
    }

    double peakDropRate() {
      return epoch.everAdded.stream().mapToDouble(Client::peakDropRate).max().orElse(0);
    }

    Duration elapsed() {
      return Duration.ofNanos(now - epoch.start);
    }

    Reader newReader() {
      return new Reader(this);
    }
  }

  /** A reader, with the totals at the end of its last window. */
  final class Reader {
    private final Aggregator aggregator;
    private @Nullable Epoch epoch;
    private long end;
    private long manifest;
    private long segment;
    private long bytes;

    // the last snapshot, and the one before; null if that is of another epoch
    private @Nullable AggregatedStats last;
    private @Nullable AggregatedStats beforeLast;
    private List<Long> wallTimesSince = List.of();
    private int wallTimesInLast;

    Reader(Aggregator aggregator) {
      this.aggregator = aggregator;
    }

    /** Returns the snapshot, with these wall times. */
    AggregatedStats aggregate(LatencySnapshot wallTimes) {
      Epoch current = aggregator.epoch;
      long totalManifest = current.sum(client -> client.manifest);
      long totalSegment = current.sum(client -> client.segment);
      long totalBytes = current.sum(Client::totalBytes);
      if (epoch != current) {
        epoch = current;
        end = current.start;
        manifest = 0;
        segment = 0;
        bytes = 0;
        last = null;
        wallTimesInLast = 0;
      }
      Rates instantaneous =
          rates(now - end, totalManifest - manifest, totalSegment - segment, totalBytes - bytes);
      if (now > end) {
        end = now;
        manifest = totalManifest;
        segment = totalSegment;
        bytes = totalBytes;
      }
      SortedMap<Integer, Long> http = new TreeMap<>();
      for (Client client : current.everAdded) {
        client.http.forEach((code, count) -> http.merge(code, count, Long::sum));
      }
      long[] lines = new long[4];
      for (int i = 0; i < 4; i++) {
        int which = i;
        lines[i] = current.sum(client -> client.lines(which));
      }
      double dropThreshold = aggregator.config.dropThreshold();
      List<Double> speeds = current.allOf(
          client -> client.currentRun().speed == 0 ? null : client.currentRun().speed);
      List<Long> drifts = current.allOf(client -> client.currentRun().drift);
      List<Long> lags = drifts.stream().filter(drift -> drift > 0).toList();
      List<Long> uptimes = current.allOf(client -> now - client.start);
      beforeLast = last;
      wallTimesSince = current.wallTimes.subList(wallTimesInLast, current.wallTimes.size());
      wallTimesInLast = current.wallTimes.size();
      last = new AggregatedStats(
          aggregator.epoch.startTime,
          origin.plusNanos(now),
          aggregator.elapsed(),
          new Clients(
              current.live.size(),
              current.peakActive,
              current.everAdded.size(),
              current.count(client -> client.currentRun().isStalled()),
              current.count(Client::isSilent),
              speeds.stream().filter(speed -> speed >= 1).count(),
              speeds.stream().filter(speed -> speed < 1).count(),
              current.count(client -> client.currentRun().speed == 0),
              drifts.size(),
              lags.size(),
              current.count(Client::hasHighDrift),
              current.count(client -> client.lines(1) + client.lines(3) != 0),
              current.count(client -> client.dropRate() > dropThreshold)),
          new Requests(
              totalManifest,
              totalSegment,
              current.sum(client -> client.init),
              current.sum(client -> client.unknown)),
          totalBytes,
          current.sum(Client::downloadedBytes),
          current.sum(Client::processStarts),
          new Errors(
              http,
              current.sum(client -> client.reconnections),
              current.sum(client -> client.timeouts)),
          new Playback(
              mean(speeds),
              Duration.ofNanos(floorOfMean(drifts)),
              Duration.ofNanos(floorOfMean(lags)),
              Duration.ofNanos(current.everAdded.stream()
                  .mapToLong(client -> client.maxDrift)
                  .max()
                  .orElse(0)),
              current.sum(Client::stalls),
              Duration.ofNanos(current.sum(Client::stalledNanos))),
          new Pipeline(
              new Lines(lines[0], lines[1]),
              new Lines(lines[2], lines[3]),
              aggregator.peakDropRate(),
              dropRate(lines) > dropThreshold),
          new Uptimes(
              Duration.ofNanos(uptimes.stream().min(Long::compare).orElse(0L)),
              Duration.ofNanos(uptimes.stream().max(Long::compare).orElse(0L)),
              Duration.ofNanos(floorOfMean(uptimes))),
          wallTimes,
          rates(now - current.start, totalManifest, totalSegment, totalBytes),
          instantaneous,
          current.sum(client -> client.closed ? client.rejectedAtClosing : client.rejected)
              + current.rejectedWallTimes);
      return last;
    }

    /** Returns the wall times between the last two snapshots, in the order of their recording. */
    List<Long> wallTimesSince() {
      return wallTimesSince;
    }

    /**
     * Returns the interval between the last two snapshots, with these wall times. The interval
     * begins with the epoch of the last snapshot if the one before is of another epoch.
     */
    Interval interval(LatencySnapshot wallTimes) {
      AggregatedStats end = Objects.requireNonNull(last);
      SortedMap<Integer, Long> http = new TreeMap<>();
      for (int code : end.errors().http().keySet()) {
        long errors = added(stats -> stats.errors().http().getOrDefault(code, 0L));
        if (errors != 0) {
          http.put(code, errors);
        }
      }
      return new Interval(
          beforeLast == null ? end.startTime() : beforeLast.timestamp(),
          end.timestamp(),
          Duration.ofNanos(added(stats -> stats.elapsed().toNanos())),
          new Requests(
              added(stats -> stats.requests().manifest()),
              added(stats -> stats.requests().segment()),
              added(stats -> stats.requests().init()),
              added(stats -> stats.requests().unknown())),
          added(AggregatedStats::totalBytes),
          added(AggregatedStats::downloadedBytes),
          new Errors(
              http,
              added(stats -> stats.errors().reconnections()),
              added(stats -> stats.errors().timeouts())),
          new Lines(
              added(stats -> stats.pipeline().progress().read()),
              added(stats -> stats.pipeline().progress().dropped())),
          new Lines(
              added(stats -> stats.pipeline().stderr().read()),
              added(stats -> stats.pipeline().stderr().dropped())),
          added(AggregatedStats::processStarts),
          added(stats -> stats.playback().stalls()),
          Duration.ofNanos(added(stats -> stats.playback().stalledTime().toNanos())),
          wallTimes,
          added(AggregatedStats::rejectedUpdates));
    }

    private long added(ToLongFunction<AggregatedStats> total) {
      long before = beforeLast == null ? 0 : total.applyAsLong(beforeLast);
      return Math.subtractExact(total.applyAsLong(Objects.requireNonNull(last)), before);
    }

    private double mean(List<Double> numbers) {
      if (numbers.isEmpty()) {
        return 0;
      }
      BigDecimal sum = BigDecimal.ZERO;
      for (double number : numbers) {
        sum = sum.add(new BigDecimal(number));
      }
      return sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128)
          .doubleValue();
    }

    private Rates rates(long nanos, long manifest, long segment, long bytes) {
      return new Rates(
          perSecond(manifest, nanos), perSecond(segment, nanos), perSecond(bytes, nanos));
    }

    private double perSecond(long count, long nanos) {
      return nanos == 0
          ? 0
          : new BigDecimal(count)
              .movePointRight(9)
              .divide(BigDecimal.valueOf(nanos), MathContext.DECIMAL64)
              .doubleValue();
    }
  }
}
