package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsReader;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Rates;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ReaderWindows\.'
 *
 *   test                 samples  bad   verdict
 *   ShippedSharedReader  182,527    0   held
 *   ShippedTwoReaders    256,153    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Rates are never negative, the windows of a reader follow each other without gap or overlap, and
 * no reader changes the windows of another reader (promise G12).
 *
 * <p>The promise rests on two rules. A window moves by compare-and-set from the snapshot with which
 * a call began to the snapshot that the call made. Each reader has its own window.
 *
 * <p>The promise would fail if a call stored the window without a comparison, or if two readers
 * shared a window. Both failures are interleavings, which x86 shows too.
 */
public final class ReaderWindows {
  static final int REQUESTS = 60;

  /** The window that a snapshot ends. */
  static final class Window {
    final Duration end;
    final double perSecond;

    Window(Duration elapsed, Rates instantaneous) {
      this.end = elapsed;
      this.perSecond = instantaneous.segmentPerSecond();
    }

    Window(@Nullable AggregatedStats snapshot) {
      this(Objects.requireNonNull(snapshot).elapsed(), snapshot.instantaneous());
    }

    Window(@Nullable Snapshot snapshot) {
      this(Objects.requireNonNull(snapshot).elapsed(), snapshot.instantaneous());
    }

    long requestsSince(Duration start) {
      return Math.round(perSecond * end.minus(start).toSeconds());
    }
  }

  private ReaderWindows() {}

  private static ClientStats addBusyClient(StatsAggregator aggregator) {
    ClientStats stats = aggregator.addClient(1);
    for (int i = 0; i < REQUESTS; i++) {
      stats.incrementSegmentRequests();
    }
    return stats;
  }

  /** Returns the requests in consecutive windows, or -1 if a rate is negative. */
  static long inWindows(Window... windows) {
    Arrays.sort(windows, Comparator.comparing(window -> window.end));
    Duration start = Duration.ZERO;
    long requests = 0;
    for (Window window : windows) {
      if (window.perSecond < 0) {
        return -1;
      }
      requests += window.requestsSince(start);
      start = window.end;
    }
    return requests;
  }

  /** Shares one reader between two threads. The clock ticks each time it is read. */
  @JCStressTest
  @Outcome(id = "62, 62", expect = ACCEPTABLE, desc = "each request is in one of the three windows")
  @Outcome(id = "-1, 62", expect = FORBIDDEN, desc = "a rate is negative")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSharedReader {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final ClientStats stats = addBusyClient(aggregator);
    private @Nullable AggregatedStats one;
    private @Nullable AggregatedStats other;

    @Actor
    public void one() {
      stats.incrementSegmentRequests();
      one = aggregator.aggregate();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void other() {
      other = aggregator.aggregate();
    }

    /** Reads the requests in the three windows and the total. */
    @Arbiter
    public void look(JJ_Result result) {
      AggregatedStats third = aggregator.aggregate();
      result.r1 = inWindows(new Window(one), new Window(other), new Window(third));
      result.r2 = third.requests().segment();
    }
  }

  /** Takes the first snapshots of two readers. */
  @JCStressTest
  @Outcome(id = "60, 60", expect = ACCEPTABLE, desc = "each reader has its own window")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = FORBIDDEN,
      desc = "one reader ended the window of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReaders {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.ticking());
    private final StatsReader dashboard = aggregator.newReader();
    private final StatsReader log = aggregator.newReader();

    /** Creates a client with sixty requests. */
    public ShippedTwoReaders() {
      addBusyClient(aggregator);
    }

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = new Window(dashboard.aggregate()).requestsSince(Duration.ZERO);
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = new Window(log.aggregate()).requestsSince(Duration.ZERO);
    }
  }
}
