package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.AggregatedStats;
import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsReader;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Rates are never negative, the windows of a reader tile time, and no reader changes another's
 * (promise G12).
 *
 * <p>Rests on a reader's window moving by compare-and-set, from the snapshot that a call began with
 * to the one that it made, and on each reader having its own. It would fail if the window were
 * stored whatever stands there by now, or if two readers shared it. Both are interleavings, which
 * x86 shows too.
 */
public final class ReaderWindows {
  private ReaderWindows() {}

  private static final int REQUESTS = 60;

  private static ClientStats addBusyClient(StatsAggregator aggregator) {
    ClientStats stats = aggregator.addClient(1);
    for (int i = 0; i < REQUESTS; i++) {
      stats.incrementSegmentRequests();
    }
    return stats;
  }

  /** Returns the requests in the window that ends with a snapshot. */
  private static long inWindow(AggregatedStats snapshot, Duration start) {
    double perSecond = snapshot.instantaneous().segmentPerSecond();
    return Math.round(perSecond * snapshot.elapsed().minus(start).toSeconds());
  }

  /** Two threads share a reader; the clock ticks each time it is read. */
  @JCStressTest
  @Outcome(id = "61, 61", expect = ACCEPTABLE, desc = "each request is in one of the three windows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSharedReader {
    private final StatsAggregator aggregator =
        new StatsAggregator(ManualClock.ticking().config());
    private final ClientStats stats = addBusyClient(aggregator);
    private @Nullable AggregatedStats one;
    private @Nullable AggregatedStats other;

    @Actor
    public void one() {
      stats.incrementSegmentRequests();
      one = aggregator.aggregate();
    }

    @Actor
    public void other() {
      other = aggregator.aggregate();
    }

    /** Adds up the three windows in the order of their ends: requests in them, requests in all. */
    @Arbiter
    public void look(JJ_Result result) {
      AggregatedStats first = Objects.requireNonNull(one);
      AggregatedStats second = Objects.requireNonNull(other);
      if (first.elapsed().compareTo(second.elapsed()) > 0) {
        first = second;
        second = one;
      }
      AggregatedStats third = aggregator.aggregate();
      result.r1 = inWindow(first, Duration.ZERO)
          + inWindow(second, first.elapsed())
          + inWindow(third, second.elapsed());
      result.r2 = third.requests().segment();
    }
  }

  /** Two readers, each in its first window. */
  @JCStressTest
  @Outcome(id = "60, 60", expect = ACCEPTABLE, desc = "each has its own window")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = FORBIDDEN,
      desc = "one ended the other's window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReaders {
    private final StatsAggregator aggregator =
        new StatsAggregator(ManualClock.ticking().config());
    private final StatsReader dashboard = aggregator.newReader();
    private final StatsReader log = aggregator.newReader();

    /** Creates a client with sixty requests. */
    public ShippedTwoReaders() {
      addBusyClient(aggregator);
    }

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = inWindow(dashboard.aggregate(), Duration.ZERO);
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = inWindow(log.aggregate(), Duration.ZERO);
    }
  }

  /** The window is stored, whatever stands there by now: requests reported in all windows. */
  @JCStressTest
  @Outcome(id = "60", expect = ACCEPTABLE, desc = "each request is in one window")
  @Outcome(
      id = "120",
      expect = ACCEPTABLE_INTERESTING,
      desc = "take | take | store | store: each request is in two windows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWindow {
    private final AtomicLong counted = new AtomicLong(60);
    private final AtomicLong window = new AtomicLong();
    private long one;
    private long other;

    @Actor
    public void one() {
      one = aggregate();
    }

    @Actor
    public void other() {
      other = aggregate();
    }

    private long aggregate() {
      long start = window.get();
      long end = counted.get();
      window.set(end);
      return end - start;
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = one + other;
    }
  }
}
