package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JD_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * Nothing that began before a reset shows after it (promise G13).
 *
 * <p>Rests on an epoch being one object that a reset replaces in one step, on each operation taking
 * it once, on a window knowing the epoch that it belongs to, and on a reader loading its window
 * before the epoch. It would fail if a reset cleared one thing after the other, or if a snapshot of
 * the old epoch could become a window of the new one. Both are interleavings, which x86 shows too.
 */
public final class Reset {
  private Reset() {}

  /** A snapshot against a reset, and then the first window of the new epoch. */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot of the old epoch")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "snapshot of the new epoch")
  @Outcome(
      id = {"., 8, .*", "., 3, -2"},
      expect = FORBIDDEN,
      desc = "the old epoch shows in the total, or in the window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private Duration windowStart = Duration.ZERO;

    /** Creates a client with five requests, and a window that has seen them. */
    public ShippedSnapshot() {
      addRequests(5);
      aggregator.aggregate();
    }

    private void addRequests(int count) {
      ClientStats stats = aggregator.addClient(1);
      for (int i = 0; i < count; i++) {
        stats.incrementSegmentRequests();
      }
    }

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.requests().segment();
      if (snapshot.clients().active() == 0) {
        windowStart = snapshot.elapsed();
      }
    }

    /** Adds a client with three requests: requests in all, and in the window that ends now. */
    @Arbiter
    public void look(JJJ_Result result) {
      addRequests(3);
      AggregatedStats snapshot = aggregator.aggregate();
      result.r2 = snapshot.requests().segment();
      result.r3 = Math.round(snapshot.instantaneous().segmentPerSecond()
          * snapshot.elapsed().minus(windowStart).toSeconds());
    }
  }

  /**
   * A snapshot against a reset and the first window after it: requests in it, rate after that. It
   * takes a thread held up between two loads to fail: the twin shows the fault more often.
   */
  @JCStressTest
  @Outcome(id = "5, 0.0", expect = ACCEPTABLE, desc = "snapshot of the old epoch")
  @Outcome(
      id = {"0, 0.0", "8, 0.0"},
      expect = ACCEPTABLE,
      desc = "snapshot of the new epoch")
  @Outcome(
      id = "., [^0].*",
      expect = FORBIDDEN,
      desc = "a snapshot of the old epoch took the window back: its requests are in two windows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWindow {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());

    private final ClientStats next = client(8);

    /** Creates a client with five requests, and the one to come with eight. */
    public ShippedWindow() {
      aggregator.addClient(client(5));
    }

    private static ClientStats client(int requests) {
      ClientStats stats = new ClientStats(1, Configs.STILL);
      for (int i = 0; i < requests; i++) {
        stats.incrementSegmentRequests();
      }
      return stats;
    }

    @Actor
    public void resetAndRead() {
      aggregator.reset();
      aggregator.addClient(next);
      aggregator.aggregate();
    }

    @Actor
    public void read(JD_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    /** Ends a window that began after the last request. */
    @Arbiter
    public void look(JD_Result result) {
      result.r2 = aggregator.aggregate().instantaneous().segmentPerSecond();
    }
  }

  /**
   * Two resets, one of them with a client and a window after it; then a client with eight requests:
   * requests in all, and in the window that ends now.
   */
  @JCStressTest
  @Outcome(
      id = "13, 8",
      expect = ACCEPTABLE,
      desc = "the window is of the last epoch, and so is the first client")
  @Outcome(
      id = "8, 8",
      expect = ACCEPTABLE,
      desc = "the window or the client, or both, are of an epoch that has ended")
  @Outcome(
      id = "8, [0-7]",
      expect = FORBIDDEN,
      desc = "the epochs have one number: the window of one is taken for one of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoResets {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private @Nullable AggregatedStats first;

    private void addRequests(int clientId, int count) {
      ClientStats stats = aggregator.addClient(clientId);
      for (int i = 0; i < count; i++) {
        stats.incrementSegmentRequests();
      }
    }

    @Actor
    public void resetAndRead() {
      aggregator.reset();
      addRequests(1, 5);
      first = aggregator.aggregate();
    }

    @Actor
    public void reset() {
      aggregator.reset();
    }

    /** The first window is of the last epoch if its client is there, or if it saw none. */
    @Arbiter
    public void look(JJ_Result result) {
      addRequests(2, 8);
      AggregatedStats last = aggregator.aggregate();
      AggregatedStats before = Objects.requireNonNull(first);
      boolean sameEpoch = last.clients().active() == 2 || before.clients().active() == 0;
      Duration window = sameEpoch ? last.elapsed().minus(before.elapsed()) : last.elapsed();
      result.r1 = last.requests().segment();
      result.r2 = Math.round(last.instantaneous().segmentPerSecond() * window.toSeconds());
    }
  }

  /** A wall time against a reset: count and maximum of the new epoch, which has no other. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "recorded in the old epoch")
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "recorded in the new epoch")
  @Outcome(
      id = {"1, 9", "2, 9"},
      expect = FORBIDDEN,
      desc = "a wall time of the old epoch shows in the new one")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWallTime {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates an aggregator with one wall time. */
    public ShippedWallTime() {
      aggregator.recordSegmentWallTime(9);
    }

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void record() {
      aggregator.recordSegmentWallTime(5);
    }

    @Arbiter
    public void look(JJ_Result result) {
      LatencySnapshot wallTimes = aggregator.aggregate().segmentWallTimes();
      result.r1 = wallTimes.count();
      result.r2 = wallTimes.max().toNanos();
    }
  }

  /** A removal against a reset: removed, requests of the new epoch. */
  @JCStressTest
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "removed from the old epoch")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "unknown in the new epoch")
  @Outcome(
      id = ".*, 2",
      expect = FORBIDDEN,
      desc = "the departed client of the old epoch shows in the new one")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRemoval {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates a client with two requests. */
    public ShippedRemoval() {
      ClientStats stats = aggregator.addClient(1);
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void remove(ZJ_Result result) {
      result.r1 = aggregator.removeClient(1).isPresent();
    }

    @Arbiter
    public void look(ZJ_Result result) {
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  /** A snapshot against a reset: the peak drop rate in it, and after both; in percent. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot of the old epoch")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "snapshot of the new epoch")
  @Outcome(id = "50, 50", expect = FORBIDDEN, desc = "the peak of the old epoch shows in the new")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedPeak {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates a client that dropped half of its lines. */
    public ShippedPeak() {
      aggregator.addClient(1).recordDroppedLines(2, 1, 0, 0);
    }

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = percent(aggregator.aggregate().pipeline().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = percent(aggregator.peakDropRate());
    }
  }

  private static Aggregator withWindow(
      AggregatorContender contender, RateBaseline.Form baseline, ManualTimeSource clock) {
    Aggregator aggregator = contender.create(Configs.at(clock), ClientContender.MUTEX, baseline);
    Rivals.addRequests(aggregator.addClient(1), 5);
    aggregator.aggregate();
    return aggregator;
  }

  /** Adds a client with three requests, and takes the first window of one second. */
  private static void look(Aggregator aggregator, ManualTimeSource clock, JJJ_Result result) {
    Rivals.addRequests(aggregator.addClient(1), 3);
    clock.advance(Duration.ofSeconds(1));
    Snapshot snapshot = aggregator.aggregate();
    result.r2 = snapshot.requests().segment();
    result.r3 = Math.round(snapshot.instantaneous().segmentPerSecond());
  }

  private static Aggregator withPeak(AggregatorContender contender) {
    Aggregator aggregator = Rivals.aggregator(contender);
    aggregator.addClient(1).recordDroppedLines(2, 1, 0, 0);
    return aggregator;
  }

  private static long percent(double rate) {
    return Math.round(100 * rate);
  }

  /** The clients are cleared, and then the previous snapshot, behind a lock. */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(
      id = "., 3, -2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G7: load 5 | reset | store 5: the next rate is negative")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexBaselineSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.CONCURRENT_MAP, RateBaseline.Form.MUTEX, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      Reset.look(aggregator, clock, result);
    }
  }

  /** The same with a previous snapshot that is an atomic. */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(
      id = "., 3, -2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G7: load 5 | reset | store 5: the next rate is negative")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AtomicBaselineSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.CONCURRENT_MAP, RateBaseline.Form.ATOMIC, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      Reset.look(aggregator, clock, result);
    }
  }

  /** An aggregate holds the read lock from its start to its end, a reset the write lock. */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(id = "., 3, -2", expect = FORBIDDEN, desc = "the old epoch shows in the window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.RW_LOCK, RateBaseline.Form.MUTEX, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      Reset.look(aggregator, clock, result);
    }
  }

  /** An aggregate raises the peak while it holds the read lock. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(id = "50, 50", expect = FORBIDDEN, desc = "the peak of the old epoch shows in the new")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.RW_LOCK);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = percent(aggregator.peakDropRate());
    }
  }

  /** An aggregate raises the peak after its walk. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(
      id = "50, 50",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G7: walk | reset | raise: the peak of the old epoch shows in the new")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = percent(aggregator.peakDropRate());
    }
  }

  /** The same with a concurrent map that is copied. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(
      id = "50, 50",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G7: walk | reset | raise: the peak of the old epoch shows in the new")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class HybridPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.HYBRID);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = percent(aggregator.peakDropRate());
    }
  }

  /** The same with a map that is copied for each change. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot before the reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "snapshot after the reset")
  @Outcome(
      id = "50, 50",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G7: walk | reset | raise: the peak of the old epoch shows in the new")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWritePeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = percent(aggregator.peakDropRate());
    }
  }

  /** The window does not know its epoch, and is stored after the reset cleared it. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the window of the new epoch starts at nothing")
  @Outcome(
      id = "-5",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load 5 | reset | store 5: the next window has a negative count")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWindow {
    private final AtomicLong counted = new AtomicLong(5);
    private final AtomicLong window = new AtomicLong();

    @Actor
    public void reset() {
      counted.set(0);
      window.set(0);
    }

    @Actor
    public void read() {
      window.set(counted.get());
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = counted.get() - window.get();
    }
  }

  /** The reset replaces the live clients and then the departed, instead of both at once. */
  @JCStressTest
  @Outcome(id = "5", expect = ACCEPTABLE, desc = "the old epoch")
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the new epoch")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "live | read | departed: half of the old epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStep {
    private final AtomicReference<Requests> requests = new AtomicReference<>(new Requests(2, 3));

    @Actor
    public void reset() {
      requests.updateAndGet(now -> new Requests(0, now.departed));
      requests.updateAndGet(now -> new Requests(now.live, 0));
    }

    @Actor
    public void read(J_Result result) {
      Requests now = requests.get();
      result.r1 = now.live + now.departed;
    }

    private record Requests(long live, long departed) {}
  }

  /**
   * The window is loaded after the epoch: requests in the windows of the new epoch, which has 8.
   */
  @JCStressTest
  @Outcome(id = "8", expect = ACCEPTABLE, desc = "each request is in one window")
  @Outcome(
      id = "16",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the epoch | reset and read | load the window and take it back")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLoadOrder {
    private final AtomicReference<Epoch> epoch = new AtomicReference<>(new Epoch(0, 5));
    private final AtomicReference<Epoch> window = new AtomicReference<>(new Epoch(0, 0));
    private long one;
    private long other;

    @Actor
    public void resetAndRead() {
      epoch.set(new Epoch(1, 8));
      one = read();
    }

    @Actor
    public void readOldOrNew() {
      other = read();
    }

    /** Returns the requests in the window that ends now; 0 if that is of the old epoch. */
    private long read() {
      while (true) {
        Epoch now = epoch.get();
        Epoch before = window.get();
        if (window.compareAndSet(before, now)) {
          long start = before.number == now.number ? before.requests : 0;
          return now.number == 0 ? 0 : now.requests - start;
        }
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = one + other + read();
    }

    /** An epoch, or the end of a window of it. */
    private record Epoch(int number, long requests) {}
  }

  /** The epoch is stored, whatever stands there by now: its number after two resets. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "each epoch has a number of its own")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a window of one epoch passes for one of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedEpoch {
    private final AtomicLong epoch = new AtomicLong();

    @Actor
    public void one() {
      epoch.set(epoch.get() + 1);
    }

    @Actor
    public void other() {
      epoch.set(epoch.get() + 1);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = epoch.get();
    }
  }
}
