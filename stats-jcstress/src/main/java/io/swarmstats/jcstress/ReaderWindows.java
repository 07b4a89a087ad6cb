package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsReader;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.ConcurrentMapAggregator;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Rates;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
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

  /** What a snapshot says of the window that it ends. */
  private static final class Window {
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

  /** Returns the requests in windows that follow each other; -1 if a rate is negative. */
  private static long inWindows(Window... windows) {
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

  /** Two threads share a reader; the clock ticks each time it is read. */
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

    /** Requests in the three windows, requests in all. */
    @Arbiter
    public void look(JJ_Result result) {
      AggregatedStats third = aggregator.aggregate();
      result.r1 = inWindows(new Window(one), new Window(other), new Window(third));
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

  private static Aggregator rival(RateBaseline.Form baseline) {
    return new ConcurrentMapAggregator(Configs.ticking(), ClientContender.MUTEX, baseline);
  }

  private static Client addBusyClient(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    Rivals.addRequests(client, REQUESTS);
    return client;
  }

  private static Snapshot countAndRead(Client client, Aggregator aggregator) {
    client.incrementSegmentRequests();
    Snapshot snapshot = aggregator.aggregate();
    client.incrementSegmentRequests();
    return snapshot;
  }

  /**
   * The previous snapshot is behind a lock that is taken twice, so another may come between the
   * load and the store.
   */
  @JCStressTest
  @Outcome(id = "62, 62", expect = ACCEPTABLE, desc = "each request is in one of the three windows")
  @Outcome(
      id = "-1, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: time | the other's time, store, request | load: a negative rate")
  @Outcome(
      id = "[0-5].?, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: time | the other's time and store | load: a negative interval")
  @Outcome(
      id = ".*, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: load | load | store | store: requests are reported twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexBaselineSharedReader {
    private final Aggregator aggregator = rival(RateBaseline.Form.MUTEX);
    private final Client client = addBusyClient(aggregator);
    private @Nullable Snapshot one;
    private @Nullable Snapshot other;

    @Actor
    public void one() {
      one = countAndRead(client, aggregator);
    }

    @Actor
    public void other() {
      other = aggregator.aggregate();
    }

    @Arbiter
    public void look(JJ_Result result) {
      Snapshot third = aggregator.aggregate();
      result.r1 = inWindows(new Window(one), new Window(other), new Window(third));
      result.r2 = third.requests().segment();
    }
  }

  /** The same with an atomic that is loaded and stored. */
  @JCStressTest
  @Outcome(id = "62, 62", expect = ACCEPTABLE, desc = "each request is in one of the three windows")
  @Outcome(
      id = "-1, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: time | the other's time, store, request | load: a negative rate")
  @Outcome(
      id = "[0-5].?, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: time | the other's time and store | load: a negative interval")
  @Outcome(
      id = ".*, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G2: load | load | store | store: requests are reported twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AtomicBaselineSharedReader {
    private final Aggregator aggregator = rival(RateBaseline.Form.ATOMIC);
    private final Client client = addBusyClient(aggregator);
    private @Nullable Snapshot one;
    private @Nullable Snapshot other;

    @Actor
    public void one() {
      one = countAndRead(client, aggregator);
    }

    @Actor
    public void other() {
      other = aggregator.aggregate();
    }

    @Arbiter
    public void look(JJ_Result result) {
      Snapshot third = aggregator.aggregate();
      result.r1 = inWindows(new Window(one), new Window(other), new Window(third));
      result.r2 = third.requests().segment();
    }
  }

  /** There is one window for all readers, behind a lock. */
  @JCStressTest
  @Outcome(
      id = "60, 60",
      expect = ACCEPTABLE,
      desc = "load | load | store | store: as if each had its own window")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G1: one ended the other's window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexBaselineTwoReaders {
    private final Aggregator aggregator = rival(RateBaseline.Form.MUTEX);

    /** Creates a client with sixty requests. */
    public MutexBaselineTwoReaders() {
      addBusyClient(aggregator);
    }

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = new Window(aggregator.aggregate()).requestsSince(Duration.ZERO);
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = new Window(aggregator.aggregate()).requestsSince(Duration.ZERO);
    }
  }

  /** There is one window for all readers, an atomic. */
  @JCStressTest
  @Outcome(
      id = "60, 60",
      expect = ACCEPTABLE,
      desc = "load | load | store | store: as if each had its own window")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G1: one ended the other's window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AtomicBaselineTwoReaders {
    private final Aggregator aggregator = rival(RateBaseline.Form.ATOMIC);

    /** Creates a client with sixty requests. */
    public AtomicBaselineTwoReaders() {
      addBusyClient(aggregator);
    }

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = new Window(aggregator.aggregate()).requestsSince(Duration.ZERO);
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = new Window(aggregator.aggregate()).requestsSince(Duration.ZERO);
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

  /** Two readers share a window. */
  @JCStressTest
  @Outcome(id = "60, 60", expect = ACCEPTABLE, desc = "take | take | store | store")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "take | store | take: one ended the other's window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedOneWindow {
    private final AtomicLong counted = new AtomicLong(60);
    private final AtomicLong window = new AtomicLong();

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = aggregate();
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = aggregate();
    }

    private long aggregate() {
      long start = window.get();
      long end = counted.get();
      window.set(end);
      return end - start;
    }
  }
}
