package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.AggregatedStats;
import io.swarmstats.ClientStats;
import io.swarmstats.LatencySnapshot;
import io.swarmstats.StatsAggregator;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * Nothing that began before a reset shows after it (promise G13).
 *
 * <p>Rests on an epoch being one object that a reset replaces in one step, on each operation taking
 * it once, and on a window knowing the epoch that it belongs to. It would fail if a reset cleared
 * one thing after the other, or if a snapshot of the old epoch could become a window of the new
 * one. Both are interleavings, which x86 shows too.
 */
public final class Reset {
  private Reset() {}

  /** A snapshot against a reset, and then the first window of the new epoch. */
  @JCStressTest
  @Outcome(id = "5, 8, 8", expect = ACCEPTABLE, desc = "snapshot of the old epoch")
  @Outcome(id = "0, 8, 8", expect = ACCEPTABLE, desc = "snapshot of the new epoch")
  @Outcome(
      id = {"., 13, .*", "., 8, 3"},
      expect = FORBIDDEN,
      desc = "the old epoch shows in the total, or in the window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator =
        new StatsAggregator(ManualClock.ticking().config());
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

    /** Adds a client with eight requests: requests in all, and in the window that ends now. */
    @Arbiter
    public void look(JJJ_Result result) {
      addRequests(8);
      AggregatedStats snapshot = aggregator.aggregate();
      result.r2 = snapshot.requests().segment();
      result.r3 = Math.round(snapshot.instantaneous().segmentPerSecond()
          * snapshot.elapsed().minus(windowStart).toSeconds());
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
    private final StatsAggregator aggregator = new StatsAggregator(ManualClock.STILL);

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
    private final StatsAggregator aggregator = new StatsAggregator(ManualClock.STILL);

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

  /** The reset clears the live clients and then the departed, instead of replacing both. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "a new epoch has no requests")
  @Outcome(
      id = "2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "take the client | reset | add it to the departed: the old epoch shows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStep {
    private final AtomicLong live = new AtomicLong(2);
    private final AtomicLong departed = new AtomicLong();

    @Actor
    public void reset() {
      live.set(0);
      departed.set(0);
    }

    @Actor
    public void remove() {
      departed.addAndGet(live.getAndSet(0));
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = live.get() + departed.get();
    }
  }
}
