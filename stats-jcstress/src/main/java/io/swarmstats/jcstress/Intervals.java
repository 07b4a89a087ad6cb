package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsReader;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.Lines;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JZ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'Intervals\.'
 *
 *   test                 samples  bad   verdict
 *   ShippedRecord         41,367    0   held
 *   ShippedRestart       102,567    0   held
 *   ShippedRemoval        34,856    0   held
 *   ShippedSharedReader   33,745    0   held
 *   ShippedOverlap        57,839    0   held
 *   ShippedReset         220,815    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Intervals tile time: those between consecutive snapshots add up to the difference of the last and
 * the first, in every figure. No figure of an interval is negative (promise G17).
 *
 * <p>The promise rests on three rules. An interval is a pure function of two snapshots. No total
 * falls from one snapshot of an observer to the next. The start times of two epochs differ.
 *
 * <p>The promise would fail if an interval looked at the swarm again, if a client that restarts or
 * departs were missing in one snapshot, or if the totals of an ended epoch were subtracted from
 * those of the next. All failures are interleavings, which x86 shows too.
 */
public final class Intervals {
  private static final int SNAPSHOTS = 3;

  private Intervals() {}

  private static AggregatedStats[] snapshots(StatsReader reader) {
    AggregatedStats[] snapshots = new AggregatedStats[SNAPSHOTS];
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots[i] = reader.aggregate();
    }
    return snapshots;
  }

  /**
   * Records something for every figure of an interval.
   *
   * @param round counts the calls for the process, from 1: bytes and lines are totals of a process
   */
  private static void record(StatsAggregator aggregator, ClientStats stats, long round) {
    stats.incrementManifestRequests();
    stats.incrementSegmentRequests();
    stats.incrementInitRequests();
    stats.incrementUnknownRequests();
    aggregator.recordSegmentWallTime(1_000);
    stats.recordHttpError(404);
    stats.recordReconnection();
    stats.recordTimeout();
    stats.recordDroppedLines(4 * round, round, 4 * round, 2 * round);
    stats.updateCurrentBytes(100 * round);
    stats.updateCurrentBytes(-1); // rejected
  }

  /** The sum of intervals, figure by figure. */
  private static final class Sum {
    private Duration length = Duration.ZERO;
    private long manifest;
    private long segment;
    private long init;
    private long unknown;
    private long totalBytes;
    private final SortedMap<Integer, Long> http = new TreeMap<>();
    private long reconnections;
    private long timeouts;
    private Lines progress = new Lines(0, 0);
    private Lines stderr = new Lines(0, 0);
    private LatencySnapshot wallTimes = LatencySnapshot.EMPTY;
    private long rejectedUpdates;

    void add(Interval interval) {
      length = length.plus(interval.length());
      manifest += interval.requests().manifest();
      segment += interval.requests().segment();
      init += interval.requests().init();
      unknown += interval.requests().unknown();
      totalBytes += interval.totalBytes();
      interval.errors().http().forEach((code, count) -> http.merge(code, count, Long::sum));
      reconnections += interval.errors().reconnections();
      timeouts += interval.errors().timeouts();
      progress = plus(progress, interval.progress());
      stderr = plus(stderr, interval.stderr());
      wallTimes = wallTimes.plus(interval.segmentWallTimes());
      rejectedUpdates += interval.rejectedUpdates();
    }

    private static Lines plus(Lines one, Lines other) {
      return new Lines(one.read() + other.read(), one.dropped() + other.dropped());
    }

    /** Returns whether the later snapshot exceeds the earlier snapshot by exactly this sum. */
    boolean isDifference(AggregatedStats earlier, AggregatedStats later) {
      SortedMap<Integer, Long> allHttp = new TreeMap<>(http);
      earlier.errors().http().forEach((code, count) -> allHttp.merge(code, count, Long::sum));
      return later.elapsed().equals(earlier.elapsed().plus(length))
          && later.requests().manifest() == earlier.requests().manifest() + manifest
          && later.requests().segment() == earlier.requests().segment() + segment
          && later.requests().init() == earlier.requests().init() + init
          && later.requests().unknown() == earlier.requests().unknown() + unknown
          && later.totalBytes() == earlier.totalBytes() + totalBytes
          && later.errors().http().equals(allHttp)
          && later.errors().reconnections() == earlier.errors().reconnections() + reconnections
          && later.errors().timeouts() == earlier.errors().timeouts() + timeouts
          && later.pipeline().progress().equals(plus(earlier.pipeline().progress(), progress))
          && later.pipeline().stderr().equals(plus(earlier.pipeline().stderr(), stderr))
          && isWhole(later.segmentWallTimes(), earlier.segmentWallTimes().plus(wallTimes))
          && later.rejectedUpdates() == earlier.rejectedUpdates() + rejectedUpdates;
    }

    private static boolean isWhole(LatencySnapshot whole, LatencySnapshot parts) {
      return whole.count() == parts.count()
          && whole.sum().equals(parts.sum())
          && whole.buckets().equals(parts.buckets());
    }
  }

  /** Returns whether the intervals between consecutive snapshots add up to the last snapshot. */
  private static boolean tile(
      AggregatedStats beforeAll, AggregatedStats[] snapshots, AggregatedStats afterAll) {
    Sum sum = new Sum();
    AggregatedStats earlier = beforeAll;
    for (AggregatedStats later : snapshots) {
      sum.add(later.since(earlier));
      earlier = later;
    }
    sum.add(afterAll.since(earlier));
    return sum.isDifference(beforeAll, afterAll);
  }

  /** Takes snapshots while a client records something for every figure. */
  @JCStressTest
  @Outcome(id = "2, true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(id = "2, false", expect = FORBIDDEN, desc = "a figure is in no interval, or in two")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecord {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader reader = aggregator.newReader();
    private final ClientStats stats = aggregator.addClient(1);
    private final AggregatedStats beforeAll = reader.aggregate();
    private AggregatedStats[] seen = {};

    @Actor
    public void record() {
      Intervals.record(aggregator, stats, 1);
      Intervals.record(aggregator, stats, 2);
    }

    @Actor
    public void read() {
      seen = snapshots(reader);
    }

    @Arbiter
    public void look(JZ_Result result) {
      AggregatedStats afterAll = reader.aggregate();
      result.r1 = afterAll.requests().segment();
      result.r2 = tile(beforeAll, seen, afterAll);
    }
  }

  /** Takes snapshots while the process of a client restarts. */
  @JCStressTest
  @Outcome(id = "300, true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(
      id = "300, false",
      expect = FORBIDDEN,
      desc = "an ended run is missing in a snapshot, or is there twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader reader = aggregator.newReader();
    private final ClientStats stats = aggregator.addClient(1);
    private final AggregatedStats beforeAll = reader.aggregate();
    private AggregatedStats[] seen = {};

    @Actor
    public void restart() {
      for (int run = 0; run < 3; run++) {
        stats.updateCurrentBytes(100);
        stats.recordDroppedLines(4, 1, 4, 2);
        stats.onProcessStart();
      }
    }

    @Actor
    public void read() {
      seen = snapshots(reader);
    }

    @Arbiter
    public void look(JZ_Result result) {
      AggregatedStats afterAll = reader.aggregate();
      result.r1 = afterAll.totalBytes();
      result.r2 = tile(beforeAll, seen, afterAll);
    }
  }

  /** Takes snapshots while clients depart. */
  @JCStressTest
  @Outcome(id = "3, true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(
      id = "3, false",
      expect = FORBIDDEN,
      desc = "a client that departs is missing in a snapshot, or is there twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRemoval {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader reader = aggregator.newReader();
    private final AggregatedStats beforeAll = reader.aggregate();
    private AggregatedStats[] seen = {};

    @Actor
    public void addAndRemove() {
      for (int client = 0; client < 3; client++) {
        Intervals.record(aggregator, aggregator.addClient(1), 1);
        aggregator.removeClient(1);
      }
    }

    @Actor
    public void read() {
      seen = snapshots(reader);
    }

    @Arbiter
    public void look(JZ_Result result) {
      AggregatedStats afterAll = reader.aggregate();
      result.r1 = afterAll.requests().segment();
      result.r2 = tile(beforeAll, seen, afterAll);
    }
  }

  /** Shares one reader between two threads. The snapshots of a reader follow one another. */
  @JCStressTest
  @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "the intervals add up")
  @Outcome(
      id = "1, false",
      expect = FORBIDDEN,
      desc = "load | load | store | store: two snapshots of the reader overlap")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSharedReader {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader reader = aggregator.newReader();
    private final ClientStats stats = aggregator.addClient(1);
    private final AggregatedStats beforeAll = reader.aggregate();
    private AggregatedStats[] one = {};
    private AggregatedStats[] other = {};

    @Actor
    public void one() {
      one = snapshots(reader);
    }

    @Actor
    public void other() {
      Intervals.record(aggregator, stats, 1);
      other = snapshots(reader);
    }

    @Arbiter
    public void look(JZ_Result result) {
      AggregatedStats[] all = Stream.of(one, other)
          .flatMap(Stream::of)
          .sorted(Comparator.comparing(AggregatedStats::elapsed))
          .toArray(AggregatedStats[]::new);
      AggregatedStats afterAll = reader.aggregate();
      result.r1 = afterAll.requests().segment();
      result.r2 = tile(beforeAll, all, afterAll);
    }
  }

  /**
   * Takes snapshots with two readers, so that the snapshots overlap. The result is the number of
   * requests in the interval between the two.
   */
  @JCStressTest
  @Outcome(
      id = "0",
      expect = ACCEPTABLE,
      desc = "reader: clock | other: snapshot, request | reader: clients. Cut to zero")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "other: snapshot | request | reader: snapshot")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedOverlap {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader reader = aggregator.newReader();
    private final StatsReader otherReader = aggregator.newReader();
    private final ClientStats stats = aggregator.addClient(1);
    private @Nullable AggregatedStats one;
    private @Nullable AggregatedStats other;

    @Actor
    public void one() {
      one = reader.aggregate();
    }

    @Actor
    public void otherAndRecord() {
      other = otherReader.aggregate();
      Intervals.record(aggregator, stats, 1);
    }

    @Arbiter
    public void look(J_Result result) {
      AggregatedStats first = Objects.requireNonNull(one);
      AggregatedStats second = Objects.requireNonNull(other);
      Interval interval = first.elapsed().compareTo(second.elapsed()) > 0
          ? first.since(second)
          : second.since(first);
      result.r1 = interval.requests().segment();
    }
  }

  /**
   * Takes a snapshot during two resets. The clock stands still. The results are the requests in the
   * interval since the snapshot before the resets, and whether an interval into another epoch
   * begins with this epoch.
   */
  @JCStressTest
  @Outcome(
      id = "0, true",
      expect = ACCEPTABLE,
      desc = "a snapshot of the first epoch, or of another one without clients")
  @Outcome(id = "8, true", expect = ACCEPTABLE, desc = "all requests of the last epoch")
  @Outcome(
      id = "3, .*",
      expect = FORBIDDEN,
      desc = "the requests of the first epoch are subtracted from those of the last epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedReset {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final StatsReader reader = aggregator.newReader();
    private final ClientStats next = client(8);
    private final AggregatedStats first;
    private @Nullable AggregatedStats seen;

    /** Creates a client with five requests and its successor with eight. */
    public ShippedReset() {
      aggregator.addClient(client(5));
      first = reader.aggregate();
    }

    private static ClientStats client(int requests) {
      ClientStats stats = new ClientStats(1, Configs.STILL);
      for (int i = 0; i < requests; i++) {
        stats.incrementSegmentRequests();
      }
      return stats;
    }

    @Actor
    public void reset() {
      aggregator.reset();
      aggregator.reset();
      aggregator.addClient(next);
    }

    @Actor
    public void read() {
      seen = reader.aggregate();
    }

    @Arbiter
    public void look(JZ_Result result) {
      AggregatedStats later = Objects.requireNonNull(seen);
      boolean sameEpoch = later.requests().segment() == 5;
      Interval interval = later.since(first);
      result.r1 = interval.requests().segment();
      result.r2 = interval.from().equals(sameEpoch ? first.timestamp() : later.startTime());
    }
  }
}
