package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Rates;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long random scripts of public operations run against {@link SwarmModel}. After every step, all
 * observable figures must equal the figures of the model. The seed determines the whole script, so
 * the seed repeats a failure.
 */
class RandomScriptTest {
  private static final int STEPS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void library_and_model_agree_after_every_step(long seed) {
    new Script(seed).run();
  }

  /** A client of the library and its model. */
  private record ClientPair(ClientStats real, SwarmModel.Client model) {}

  /** A handle of a process run and its model. */
  private record RunPair(ProcessRun real, SwarmModel.Run model) {}

  /** The reports of a process, through a client or through the handle of a run. */
  private record Reports(
      String through,
      LongConsumer bytes,
      LongConsumer drift,
      DoubleConsumer speed,
      Lines lines,
      Progress progress) {

    interface Lines {
      void record(long progressRead, long progressDropped, long stderrRead, long stderrDropped);
    }

    interface Progress {
      void record(long totalSize, long outTimeMicros, double speed);
    }

    static Reports through(ClientStats client) {
      return new Reports(
          "client",
          client::updateCurrentBytes,
          client::updateDrift,
          client::updateSpeed,
          client::recordDroppedLines,
          client::onProgress);
    }

    static Reports through(ProcessRun run) {
      return new Reports(
          "run",
          run::updateBytes,
          run::updateDrift,
          run::updateSpeed,
          run::recordDroppedLines,
          run::onProgress);
    }
  }

  /** A reader of snapshots and its model. */
  private static final class ReaderPair {
    final Supplier<AggregatedStats> real;
    final SwarmModel.Reader model;

    @Nullable
    AggregatedStats last; // the last snapshot of the real reader

    ReaderPair(Supplier<AggregatedStats> real, SwarmModel.Reader model) {
      this.real = real;
      this.model = model;
    }
  }

  /**
   * An aggregator and its model. One reader is called after each step, the other reader now and
   * then.
   */
  private static final class AggregatorPair {
    final StatsAggregator real;
    final SwarmModel.Aggregator model;
    final ReaderPair byDefault;
    final ReaderPair often;
    final ReaderPair seldom;

    AggregatorPair(StatsConfig config, SwarmModel models) {
      this.real = new StatsAggregator(config);
      this.model = models.newAggregator(config);
      this.byDefault = new ReaderPair(real::aggregate, model.newReader());
      this.often = new ReaderPair(real.newReader()::aggregate, model.newReader());
      this.seldom = new ReaderPair(real.newReader()::aggregate, model.newReader());
    }
  }

  private static final class Script {
    private static final long[] CLOCK_ORIGINS = {
      0, -1_000_000_000, Long.MAX_VALUE - 30_000_000_000L, Long.MIN_VALUE, 1, -1
    };
    private static final int[] IDS = {0, 1, 2, 31, 32, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
    private static final int[] CODES = {
      0, -1, 200, 399, 400, 404, 404, 503, 599, 600, Integer.MIN_VALUE, Integer.MAX_VALUE
    };
    private static final double[] SPEEDS = {
      0.5,
      0.89,
      0.9,
      0.91,
      1,
      1.5,
      2,
      0,
      -1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      Math.nextDown(0.9),
      Math.nextDown(1.0)
    };
    private static final double[] EXTREME_SPEEDS = {
      Double.MAX_VALUE, Double.MIN_NORMAL, Double.MIN_VALUE, 1e300
    };
    private static final long[] EXTREMES = {
      Long.MAX_VALUE,
      Long.MAX_VALUE - 1,
      Long.MIN_VALUE,
      Long.MAX_VALUE / 1_000,
      Long.MAX_VALUE / 1_000 + 1,
      1L << 53
    };
    private static final long LATEST =
        Duration.ofDays(365 * 70).toNanos(); // the viewer counts up to 73 years
    private static final int POOL = 10;

    private final long seed;
    private final Random random;
    private final boolean withExtremes;
    private final ManualTimeSource clock;
    private final SwarmModel models;
    private final StatsConfig config;
    private final List<StatsConfig> configs;
    private final List<AggregatorPair> aggregators;
    private final List<ClientPair> clients = new ArrayList<>();
    private final List<RunPair> runs = new ArrayList<>();
    private int step;
    private String operation = "nothing";

    Script(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.withExtremes = seed % 2 == 0;
      this.clock =
          new ManualTimeSource(Instant.EPOCH, CLOCK_ORIGINS[(int) (seed % CLOCK_ORIGINS.length)]);
      this.models = new SwarmModel(clock.instant());
      this.config = StatsConfig.defaults().withTimeSource(clock);
      this.configs = List.of(
          config,
          config
              .withStallThreshold(1.2)
              .withStallDuration(Duration.ZERO)
              .withSilenceDuration(Duration.ZERO)
              .withHighDriftThreshold(Duration.ZERO),
          config
              .withStallDuration(Duration.ofSeconds(Long.MAX_VALUE))
              .withSilenceDuration(Duration.ofSeconds(Long.MAX_VALUE))
              .withHighDriftThreshold(Duration.ofSeconds(Long.MAX_VALUE))
              .withDropThreshold(0.5));
      this.aggregators = List.of(
          new AggregatorPair(config, models),
          new AggregatorPair(config.withDropThreshold(0.2), models));
      newClient();
    }

    void run() {
      compare();
      for (step = 1; step <= STEPS; step++) {
        int kind = random.nextInt(100);
        if (kind < 60) {
          recordSomething();
        } else if (kind < 75) {
          advance();
        } else if (kind < 83) {
          recordWallTimes(any(aggregators));
        } else if (kind < 99) {
          changeMembership(any(aggregators));
        } else {
          AggregatorPair aggregator = any(aggregators);
          operation = "reset";
          aggregator.real.reset();
          aggregator.model.reset();
        }
        compare();
      }
    }

    // operations

    private void recordSomething() {
      ClientPair pair = any(clients);
      ClientStats real = pair.real;
      SwarmModel.Client model = pair.model;
      switch (random.nextInt(18)) {
        case 0 -> {
          operation = "manifest";
          real.incrementManifestRequests();
          model.update(() -> model.manifest++);
        }
        case 1, 2 -> {
          operation = "segment";
          real.incrementSegmentRequests();
          model.update(() -> model.segment++);
        }
        case 3 -> {
          operation = "init";
          real.incrementInitRequests();
          model.update(() -> model.init++);
        }
        case 4 -> {
          operation = "unknown";
          real.incrementUnknownRequests();
          model.update(() -> model.unknown++);
        }
        case 5 -> {
          int code = CODES[random.nextInt(CODES.length)];
          operation = "http error " + code;
          real.recordHttpError(code);
          model.recordHttpError(code);
        }
        case 6 -> {
          operation = "reconnection";
          real.recordReconnection();
          model.update(() -> model.reconnections++);
        }
        case 7 -> {
          operation = "timeout";
          real.recordTimeout();
          model.update(() -> model.timeouts++);
        }
        case 8 -> {
          int sizes = random.nextInt(10) == 0 ? 130 : 1;
          for (int i = 0; i < sizes; i++) {
            long size = extremeOr(random.nextInt(5_000_000) - 10_000L);
            operation = "size " + size;
            real.recordSegmentSize(size);
            model.recordSegmentSize(size);
          }
        }
        case 9 -> {
          operation = "process start";
          remember(new RunPair(real.onProcessStart(), model.onProcessStart()));
        }
        case 10 -> {
          operation = "current run";
          remember(new RunPair(real.currentRun(), model.currentRun()));
        }
        default -> {
          if (random.nextInt(3) == 0 && !runs.isEmpty()) {
            RunPair run = any(runs); // often a run that has ended
            report(Reports.through(run.real), run.model);
          } else {
            report(Reports.through(real), model.currentRun());
          }
        }
      }
    }

    private void report(Reports real, SwarmModel.Run model) {
      switch (random.nextInt(5)) {
        case 0 -> {
          long bytes = bytes(model);
          operation = real.through + " bytes " + bytes;
          real.bytes.accept(bytes);
          model.updateBytes(bytes);
        }
        case 1 -> {
          long outTime = outTimeMicros(model);
          operation = real.through + " drift " + outTime;
          real.drift.accept(outTime);
          model.updateDrift(outTime);
        }
        case 2 -> {
          double speed = speed();
          operation = real.through + " speed " + speed;
          real.speed.accept(speed);
          model.updateSpeed(speed);
        }
        case 3 -> {
          long[] lines = lines(model);
          operation = real.through + " lines " + List.of(lines[0], lines[1], lines[2], lines[3]);
          real.lines.record(lines[0], lines[1], lines[2], lines[3]);
          model.recordDroppedLines(lines);
        }
        default -> {
          long bytes = bytes(model);
          long outTime = outTimeMicros(model);
          double speed = speed();
          operation = real.through + " progress " + bytes + " " + outTime + " " + speed;
          real.progress.record(bytes, outTime, speed);
          model.onProgress(bytes, outTime, speed);
        }
      }
    }

    private long bytes(SwarmModel.Run run) {
      return extremeOr(
          run.bytes > Long.MAX_VALUE / 2
              ? random.nextInt(1_000) - 10L
              : run.bytes + random.nextInt(1_000_000) - 50_000L);
    }

    private long outTimeMicros(SwarmModel.Run run) {
      if (random.nextInt(4) == 0) { // a drift exactly at a threshold
        return (models.now - run.start) / 1_000 - 5_000_000L * random.nextInt(2);
      }
      return extremeOr((models.now - run.start) / 1_000 + random.nextInt(20_000_000) - 10_000_000L);
    }

    private double speed() {
      if (withExtremes && random.nextInt(20) == 0) {
        return EXTREME_SPEEDS[random.nextInt(EXTREME_SPEEDS.length)];
      }
      return random.nextBoolean() ? SPEEDS[random.nextInt(SPEEDS.length)] : random.nextDouble() * 2;
    }

    private long[] lines(SwarmModel.Run run) {
      if (withExtremes && random.nextInt(40) == 0) {
        return new long[] {
          Long.MAX_VALUE, random.nextInt(100), Long.MAX_VALUE, random.nextInt(2) * Long.MAX_VALUE
        };
      }
      long progressRead = extremeOr(lineCount(run.lines[0]));
      long stderrRead = extremeOr(lineCount(run.lines[2]));
      return new long[] {
        progressRead,
        random.nextInt(3) == 0 ? progressRead : extremeOr(lineCount(run.lines[1])),
        stderrRead,
        random.nextInt(3) == 0 ? stderrRead : extremeOr(lineCount(run.lines[3]))
      };
    }

    private long lineCount(long before) {
      return random.nextBoolean() || before > Long.MAX_VALUE / 2
          ? random.nextInt(100) - 1L
          : before + random.nextInt(100);
    }

    private long extremeOr(long usual) {
      return withExtremes && random.nextInt(40) == 0
          ? EXTREMES[random.nextInt(EXTREMES.length)]
          : usual;
    }

    private void advance() {
      Duration by = switch (random.nextInt(8)) {
        case 0 -> Duration.ofNanos(1);
        case 1, 2 -> Duration.ofMillis(random.nextInt(1_000));
        case 3, 4 -> Duration.ofSeconds(random.nextInt(10));
        case 5 -> Duration.ofSeconds(5); // the stall duration
        case 6 -> Duration.ofHours(random.nextInt(48));
        default -> withExtremes ? Duration.ofDays(random.nextInt(1_000)) : Duration.ZERO;
      };
      operation = "advance " + by;
      if (models.now + by.toNanos() < LATEST) {
        clock.advance(by);
        models.now += by.toNanos();
      }
    }

    private void recordWallTimes(AggregatorPair aggregator) {
      int samples = random.nextInt(10) == 0 ? random.nextInt(600) : 1;
      for (int i = 0; i < samples; i++) {
        long nanos = switch (random.nextInt(50)) {
          case 0 -> -1 - random.nextInt(5);
          case 1 -> 0;
          case 2 -> withExtremes ? Long.MAX_VALUE : Long.MIN_VALUE;
          default -> (long) Math.exp(random.nextDouble() * 25);
        };
        operation = "wall time " + nanos;
        aggregator.real.recordSegmentWallTime(nanos);
        aggregator.model.recordSegmentWallTime(nanos);
      }
    }

    private void changeMembership(AggregatorPair aggregator) {
      int id = IDS[random.nextInt(IDS.length)];
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          operation = "add " + id;
          ClientStats real = aggregator.real.addClient(id);
          SwarmModel.Client model = models.newClient(id, config);
          aggregator.model.add(model);
          remember(new ClientPair(real, model));
        }
        case 2 -> {
          operation = "new client";
          newClient();
        }
        case 3, 4 -> {
          ClientPair pair = any(clients);
          operation = "add known client " + pair.model.id;
          if (aggregator.model.add(pair.model)) {
            aggregator.real.addClient(pair.real);
          } else {
            assertThatIllegalStateException()
                .as(where())
                .isThrownBy(() -> aggregator.real.addClient(pair.real));
          }
        }
        case 5 -> {
          operation = "remove " + id;
          compareRemoval(aggregator, id);
        }
        case 6 -> {
          operation = "remove one that is live";
          List<Integer> live = List.copyOf(aggregator.model.epoch.live.keySet());
          if (!live.isEmpty()) {
            compareRemoval(aggregator, any(live));
          }
        }
        default -> {
          operation = "seldom aggregation";
          compareAggregate(aggregator, aggregator.seldom);
          compareAggregate(aggregator, aggregator.byDefault);
        }
      }
    }

    private void compareRemoval(AggregatorPair aggregator, int id) {
      Optional<ClientSummary> real = aggregator.real.removeClient(id);
      ClientSummary model = aggregator.model.remove(id);
      check("removal", real.isPresent(), model != null);
      if (model != null) {
        compareSummary("last summary", real.orElseThrow(), model);
      }
    }

    private void newClient() {
      int id = IDS[random.nextInt(IDS.length)];
      StatsConfig its = any(configs);
      remember(new ClientPair(new ClientStats(id, its), models.newClient(id, its)));
    }

    private void remember(ClientPair pair) {
      if (clients.size() >= POOL) {
        clients.remove(random.nextInt(clients.size()));
      }
      clients.add(pair);
    }

    private void remember(RunPair pair) {
      if (runs.size() >= POOL) {
        runs.remove(random.nextInt(runs.size()));
      }
      runs.add(pair);
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    // comparison

    private void compare() {
      for (ClientPair pair : clients) {
        compareClient(pair.real, pair.model);
      }
      for (RunPair pair : runs) {
        check("run has ended", pair.real.isEnded(), pair.model.ended);
      }
      for (AggregatorPair pair : aggregators) {
        compareAggregator(pair);
      }
    }

    private void compareClient(ClientStats real, SwarmModel.Client model) {
      ClientSummary expected = model.summary();
      compareSummary("summary", real.summary(), expected);
      check("clientId", real.clientId(), model.id);
      check("startTime", real.startTime(), started(model.start));
      check("uptime", real.uptime(), expected.uptime());
      check("manifestRequests", real.manifestRequests(), model.manifest);
      check("segmentRequests", real.segmentRequests(), model.segment);
      check("initRequests", real.initRequests(), model.init);
      check("unknownRequests", real.unknownRequests(), model.unknown);
      check("httpErrors", real.httpErrors(), model.http);
      check("reconnections", real.reconnections(), model.reconnections);
      check("timeouts", real.timeouts(), model.timeouts);
      check("averageSegmentSize", real.averageSegmentSize(), expected.averageSegmentSize());
      check("totalBytes", real.totalBytes(), expected.totalBytes());
      check("downloadedBytes", real.downloadedBytes(), expected.downloadedBytes());
      check("processStarts", real.processStarts(), expected.processStarts());
      check("speed", real.speed(), expected.speed());
      check("isStalled", real.isStalled(), expected.stalled());
      check("isSilent", real.isSilent(), expected.silent());
      check("stalls", real.stalls(), expected.stalls());
      check("stalledTime", real.stalledTime(), expected.stalledTime());
      check("currentDrift", real.currentDrift(), expected.currentDrift());
      check("maxDrift", real.maxDrift(), expected.maxDrift());
      check("hasHighDrift", real.hasHighDrift(), expected.highDrift());
      checkNear("currentDropRate", real.currentDropRate(), expected.dropRate());
      checkNear("peakDropRate", real.peakDropRate(), expected.peakDropRate());
      for (double threshold : new double[] {0, 0.01, 0.5, 1}) {
        check("metricsDegraded", real.metricsDegraded(threshold), expected.dropRate() > threshold);
      }
      check("rejectedUpdates", real.rejectedUpdates(), expected.rejectedUpdates());
      check("isClosed", real.isClosed(), model.closed);
    }

    private Instant started(long nanos) {
      return clock.instant().plusNanos(nanos - models.now);
    }

    private void compareAggregator(AggregatorPair pair) {
      SwarmModel.Epoch epoch = pair.model.epoch;
      check("clientCount", pair.real.clientCount(), epoch.live.size());
      check("startTime", pair.real.startTime(), epoch.startTime);
      check("elapsed", pair.real.elapsed(), pair.model.elapsed());
      checkNear("peakDropRate", pair.real.peakDropRate(), pair.model.peakDropRate());
      for (int id : IDS) {
        check("client is known", pair.real.client(id).isPresent(), epoch.live.containsKey(id));
      }
      List<SwarmModel.Client> live = List.copyOf(epoch.live.values());
      List<ClientSummary> summaries = pair.real.clientSummaries();
      check("clientSummaries", summaries.size(), live.size());
      for (int i = 0; i < live.size(); i++) {
        compareSummary("clientSummaries", summaries.get(i), live.get(i).summary());
      }
      List<Integer> walked = new ArrayList<>();
      pair.real.forEachClient(client -> walked.add(client.clientId()));
      check("forEachClient", walked, List.copyOf(epoch.live.keySet()));
      compareAggregate(pair, pair.often);
    }

    private void compareSummary(String what, ClientSummary real, ClientSummary model) {
      check(
          what,
          real,
          new ClientSummary(
              model.clientId(),
              model.uptime(),
              model.totalBytes(),
              model.processStarts(),
              model.downloadedBytes(),
              model.requests(),
              model.errors(),
              model.speed(),
              model.stalled(),
              model.silent(),
              model.stalls(),
              model.stalledTime(),
              model.currentDrift(),
              model.maxDrift(),
              model.highDrift(),
              near(real.dropRate(), model.dropRate()),
              near(real.peakDropRate(), model.peakDropRate()),
              model.averageSegmentSize(),
              model.rejectedUpdates()));
    }

    private void compareAggregate(AggregatorPair pair, ReaderPair reader) {
      AggregatedStats real = reader.real.get();
      AggregatedStats model = reader.model.aggregate(real.segmentWallTimes());
      check(
          "aggregate",
          real,
          new AggregatedStats(
              model.startTime(),
              model.timestamp(),
              model.elapsed(),
              model.clients(),
              model.requests(),
              model.totalBytes(),
              model.downloadedBytes(),
              model.processStarts(),
              model.errors(),
              new Playback(
                  withinUlp(real.playback().averageSpeed(), model.playback().averageSpeed()),
                  model.playback().averageDrift(),
                  model.playback().averageLag(),
                  model.playback().maxDrift(),
                  model.playback().stalls(),
                  model.playback().stalledTime()),
              new Pipeline(
                  model.pipeline().progress(),
                  model.pipeline().stderr(),
                  near(real.pipeline().peakDropRate(), model.pipeline().peakDropRate()),
                  model.pipeline().degraded()),
              model.uptimes(),
              model.segmentWallTimes(),
              near(real.sinceStart(), model.sinceStart()),
              near(real.instantaneous(), model.instantaneous()),
              model.rejectedUpdates()));
      compareWallTimes(real.segmentWallTimes(), pair.model.epoch.ascendingWallTimes);
      if (reader.last != null) {
        LatencySnapshot wallTimes = window(reader.model.wallTimesSince(), real.segmentWallTimes());
        check("interval", real.since(reader.last), reader.model.interval(wallTimes));
      }
      reader.last = real;
    }

    /** Returns the distribution of these wall times, as a window that ends with a snapshot. */
    private static LatencySnapshot window(List<Long> wallTimes, LatencySnapshot end) {
      if (wallTimes.size() == end.count()) {
        return end; // a window that begins with the epoch has exact extremes
      }
      if (wallTimes.isEmpty()) {
        return LatencySnapshot.EMPTY;
      }
      LatencyHistogram histogram = new LatencyHistogram();
      wallTimes.forEach(histogram::record);
      LatencySnapshot alone = histogram.snapshot();
      List<LatencySnapshot.Bucket> buckets = alone.buckets();
      // as far as the buckets and the whole snapshot tell
      Duration lowest = alone.percentileBounds(0).lower();
      Duration shortest = alone.min().isZero() ? Duration.ZERO : lowest.plusNanos(1);
      Duration longest = alone.percentileBounds(1).upper();
      return LatencySnapshot.of(
          buckets, alone.sum(), longer(shortest, end.min()), shorter(longest, end.max()));
    }

    private static Duration longer(Duration a, Duration b) {
      return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
      return a.compareTo(b) < 0 ? a : b;
    }

    private void compareWallTimes(LatencySnapshot real, List<Long> model) {
      check("wall times", real.count(), (long) model.size());
      check("no wall times", real.isEmpty(), model.isEmpty());
      if (model.isEmpty()) {
        check("percentile of none", real.percentile(0.5), Duration.ZERO);
        return;
      }
      Collections.sort(model);
      check("shortest", real.min(), Duration.ofNanos(model.get(0)));
      check("longest", real.max(), Duration.ofNanos(model.get(model.size() - 1)));
      BigInteger sum = BigInteger.ZERO;
      for (long nanos : model) {
        sum = sum.add(BigInteger.valueOf(nanos));
      }
      long mean = sum.divide(BigInteger.valueOf(model.size())).longValueExact();
      check("mean", real.mean(), Duration.ofNanos(mean));
      for (double quantile : new double[] {0, 0.25, 0.5, 0.75, 0.95, 0.99, 1}) {
        int rank = (int) Math.max(1, Math.ceil(Math.nextDown(quantile * model.size())));
        Duration exact = Duration.ofNanos(model.get(rank - 1));
        LatencySnapshot.Bounds bounds = real.percentileBounds(quantile);
        if (exact.compareTo(bounds.lower()) < 0 || exact.compareTo(bounds.upper()) > 0) {
          fail(where() + ": percentile " + quantile + " is " + exact + ", outside " + bounds);
        }
      }
    }

    /**
     * Returns the real number if it equals the expected number up to rounding, and otherwise the
     * expected number.
     */
    private static double near(double real, double expected) {
      return Math.abs(real - expected) <= 1e-9 * Math.abs(expected) ? real : expected;
    }

    /**
     * Returns the real number if it is at most one ulp away from the expected number, and otherwise
     * the expected number.
     */
    private static double withinUlp(double real, double expected) {
      return Math.abs(real - expected) <= Math.ulp(expected) ? real : expected;
    }

    private static Rates near(Rates real, Rates expected) {
      return new Rates(
          near(real.manifestPerSecond(), expected.manifestPerSecond()),
          near(real.segmentPerSecond(), expected.segmentPerSecond()),
          near(real.bytesPerSecond(), expected.bytesPerSecond()));
    }

    private void checkNear(String what, double real, double expected) {
      check(what, real, near(real, expected));
    }

    private void check(String what, Object real, Object expected) {
      if (!Objects.equals(real, expected)) {
        fail(where() + ": " + what + "\n  is       " + real + "\n  expected " + expected);
      }
    }

    private String where() {
      return "seed " + seed + ", step " + step + ", after " + operation;
    }
  }
}
