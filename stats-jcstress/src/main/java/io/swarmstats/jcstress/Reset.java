package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JD_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'Reset\.'
 *
 *   test              samples  bad   verdict
 *   ShippedSnapshot   272,635    0   held
 *   ShippedWindow     247,912    0   held
 *   ShippedTwoResets  245,815    0   held
 *   ShippedWallTime    35,281    0   held
 *   ShippedRemoval    407,571    0   held
 *   ShippedPeak       434,195    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Nothing that began before a reset shows after the reset (promise G13).
 *
 * <p>The promise rests on four rules. An epoch is one object, which a reset replaces in one step.
 * Each operation loads the epoch once. A window knows its epoch. A reader loads its window before
 * the epoch.
 *
 * <p>The promise would fail if a reset cleared one thing after another, or if a snapshot of the old
 * epoch could become a window of the new epoch. Both failures are interleavings, which x86 shows
 * too.
 */
public final class Reset {
  private Reset() {}

  static long percent(double rate) {
    return Math.round(100 * rate);
  }

  /** Takes a snapshot during a reset, then the first window of the new epoch. */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "a snapshot of the old epoch")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "a snapshot of the new epoch")
  @Outcome(
      id = {"., 8, .*", "., 3, -2"},
      expect = FORBIDDEN,
      desc = "the old epoch shows in the total or in the window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private Duration windowStart = Duration.ZERO;

    /** Creates a client with five requests and ends a window after them. */
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

    /**
     * Adds a client with three requests. Reads the total and the requests in the window that ends
     * now.
     */
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
   * Takes a snapshot during a reset and the first window after it. The results are the requests in
   * the snapshot and the rate after both. Only a thread that stops between two loads can fail this
   * test, so the twin {@code WeakenedLoadOrder} shows the fault more often.
   */
  @JCStressTest
  @Outcome(id = "5, 0.0", expect = ACCEPTABLE, desc = "a snapshot of the old epoch")
  @Outcome(
      id = {"0, 0.0", "8, 0.0"},
      expect = ACCEPTABLE,
      desc = "a snapshot of the new epoch")
  @Outcome(
      id = "., [^0].*",
      expect = FORBIDDEN,
      desc = "a snapshot of the old epoch moved the window back: its requests are in two windows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWindow {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());

    private final ClientStats next = client(8);

    /** Creates a client with five requests and its successor with eight. */
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
   * Resets from two threads, one of which then adds a client and takes a window. The results are
   * the total and the requests in the window that ends now.
   */
  @JCStressTest
  @Outcome(
      id = "13, 8",
      expect = ACCEPTABLE,
      desc = "the window and the first client belong to the last epoch")
  @Outcome(
      id = "8, 8",
      expect = ACCEPTABLE,
      desc = "the window, the client or both belong to an ended epoch")
  @Outcome(
      id = "8, [0-7]",
      expect = FORBIDDEN,
      desc = "both epochs have one number: a window of one passes for a window of the other")
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

    /**
     * The first window belongs to the last epoch if its client is live there, or if the window saw
     * no client.
     */
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

  /**
   * Records a wall time during a reset. The results are the count and the maximum of the new epoch.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "recorded in the old epoch")
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "recorded in the new epoch")
  @Outcome(
      id = {"1, 9", "2, 9"},
      expect = FORBIDDEN,
      desc = "a wall time of the old epoch shows in the new epoch")
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

  /**
   * Removes a client during a reset. The results are whether the client was removed, and the
   * requests of the new epoch.
   */
  @JCStressTest
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "removed from the old epoch")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "unknown in the new epoch")
  @Outcome(
      id = ".*, 2",
      expect = FORBIDDEN,
      desc = "the departed client of the old epoch shows in the new epoch")
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

  /**
   * Takes a snapshot during a reset. The results are the peak drop rate in the snapshot and after
   * the reset, in percent.
   */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "a snapshot of the old epoch")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "a snapshot of the new epoch")
  @Outcome(
      id = "50, 50",
      expect = FORBIDDEN,
      desc = "the peak of the old epoch shows in the new epoch")
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
}
