package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.jcstress.ReaderWindows.Window;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.ConcurrentMapAggregator;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.Snapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ReaderWindowsRivals\.'
 *
 *   test                        samples      bad   verdict
 *   MutexBaselineSharedReader   247,912    4,355   broken
 *   AtomicBaselineSharedReader  245,815    8,208   broken
 *   MutexBaselineTwoReaders     219,579  215,049   broken
 *   AtomicBaselineTwoReaders     99,254   98,311   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link ReaderWindows}. Each test names its
 * variant and the fault that shows.
 */
public final class ReaderWindowsRivals {
  private ReaderWindowsRivals() {}

  private static Aggregator rival(RateBaseline.Form baseline) {
    return new ConcurrentMapAggregator(Configs.ticking(), ClientContender.MUTEX, baseline);
  }

  private static Client addBusyClient(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    RivalStates.addRequests(client, ReaderWindows.REQUESTS);
    return client;
  }

  private static Snapshot countAndRead(Client client, Aggregator aggregator) {
    client.incrementSegmentRequests();
    Snapshot snapshot = aggregator.aggregate();
    client.incrementSegmentRequests();
    return snapshot;
  }

  /**
   * {@code RateBaseline.Mutex}: a lock guards the previous snapshot, but load and store each take
   * the lock. Fault H2.
   */
  @JCStressTest
  @Outcome(id = "62, 62", expect = ACCEPTABLE, desc = "each request is in one of the three windows")
  @Outcome(
      id = "-1, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H2: time | the other's time, store, request | load: a negative rate")
  @Outcome(
      id = "[0-5].?, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H2: time | the other's time and store | load: a negative interval")
  @Outcome(
      id = ".*, 62",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H2: load | load | store | store: requests are reported twice")
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
      result.r1 = ReaderWindows.inWindows(new Window(one), new Window(other), new Window(third));
      result.r2 = third.requests().segment();
    }
  }

  /** {@code RateBaseline.Atomic}: an atomic is loaded and stored. Fault H2. */
  @JCStressTest
  @JCStressMeta(MutexBaselineSharedReader.class)
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
      result.r1 = ReaderWindows.inWindows(new Window(one), new Window(other), new Window(third));
      result.r2 = third.requests().segment();
    }
  }

  /** {@code RateBaseline.Mutex}: all readers share one window. Fault H1. */
  @JCStressTest
  @Outcome(
      id = "60, 60",
      expect = ACCEPTABLE,
      desc = "load | load | store | store: as if each reader had its own window")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "H1: one reader ended the window of the other")
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

  /** {@code RateBaseline.Atomic}: all readers share one window. Fault H1. */
  @JCStressTest
  @JCStressMeta(MutexBaselineTwoReaders.class)
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
}
