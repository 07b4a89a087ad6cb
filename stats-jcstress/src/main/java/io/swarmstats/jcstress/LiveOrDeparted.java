package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IJ_Result;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.ZIJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/*
 * Run: .ci/jcstress 'LiveOrDeparted\.'
 *
 *   test                     samples  bad   verdict
 *   ShippedRead              417,811    0   held
 *   ShippedFirstError        308,334    0   held
 *   ShippedFirstOfItsCode    306,637    0   held
 *   ShippedFirstWithoutSlot  173,311    0   held
 *   ShippedRecord            391,007    0   held
 *   ShippedRestart           407,571    0   held
 *   ShippedTwoRemovals       407,571    0   held
 *   ShippedTwoAdditions      381,279    0   held
 *   ShippedAddAgain          369,413    0   held
 *   ShippedExchange          393,145    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * In a snapshot a client is live or departed, never both and never neither. After the removal of a
 * client the totals contain exactly its accepted updates (promise G11).
 *
 * <p>The promise rests on three steps. Each reader loads one registry once, and each change
 * replaces the registry with one compare-and-set. A removal seals the client, including the rows
 * that the client has not made yet, before it reads the last figures. An addition loads the
 * registry before it asks whether the client is closed.
 *
 * <p>The promise would fail if one of these steps were left out. All failures are interleavings,
 * which x86 shows too.
 */
public final class LiveOrDeparted {
  private LiveOrDeparted() {}

  private static StatsAggregator withTwoRequests() {
    StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    ClientStats stats = aggregator.addClient(1);
    stats.incrementSegmentRequests();
    stats.incrementSegmentRequests();
    return aggregator;
  }

  /**
   * Takes a snapshot while a client is removed. The results are the live clients and the requests.
   */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the client is live")
  @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "the client has departed")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "the client is neither live nor departed")
  @Outcome(
      id = {"1, 4", "0, 4"},
      expect = FORBIDDEN,
      desc = "the client is both live and departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRead {
    private final StatsAggregator aggregator = withTwoRequests();

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = (int) snapshot.clients().active();
      result.r2 = snapshot.requests().segment();
    }
  }

  /**
   * Records the first error of a client during the removal of the client. The results are the
   * errors of the last summary and of the totals, and the rejected updates.
   */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "make the row | error | seal")
  @Outcome(
      id = "0, 0, 1",
      expect = ACCEPTABLE,
      desc = "install a sealed row, or seal the new row | error: rejected")
  @Outcome(
      id = {"0, 0, 0", "0, 1, .*", "1, 0, .*"},
      expect = FORBIDDEN,
      desc = "the update is lost, or the summary and the totals disagree")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstError {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.recordHttpError(404);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().errors().httpTotal();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().errors().httpTotal();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /**
   * Records the first error of a code while its client is removed. The client already has an error
   * of another code.
   */
  @JCStressTest
  @JCStressMeta(ShippedFirstError.class)
  @State
  public static class ShippedFirstOfItsCode {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client that already has its cells of errors. */
    public ShippedFirstOfItsCode() {
      stats.recordHttpError(503);
    }

    @Actor
    public void record() {
      stats.recordHttpError(404);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().errors().httpTotal() - 1;
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().errors().httpTotal() - 1;
      result.r3 = stats.rejectedUpdates();
    }
  }

  /** Records the first error without a slot while its client is removed. */
  @JCStressTest
  @JCStressMeta(ShippedFirstError.class)
  @State
  public static class ShippedFirstWithoutSlot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client whose slots are taken. */
    public ShippedFirstWithoutSlot() {
      for (int code = 500; code < 508; code++) {
        stats.recordHttpError(code);
      }
    }

    @Actor
    public void record() {
      stats.recordHttpError(404);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().errors().httpTotal() - 8;
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().errors().httpTotal() - 8;
      result.r3 = stats.rejectedUpdates();
    }
  }

  /**
   * Counts a request while its client is removed. The results are the requests of the last summary
   * and of the totals, and the rejected updates.
   */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "request | seal")
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "seal | request: rejected")
  @Outcome(
      id = {"0, 0, 0", "0, 1, .*", "1, 0, .*"},
      expect = FORBIDDEN,
      desc = "the update is lost, or the summary and the totals disagree")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecord {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().requests().segment();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /**
   * Restarts a process while its client is removed: the removal closes the current run. The results
   * are the bytes of the last summary and of the totals, and the rejected updates.
   */
  @JCStressTest
  @Outcome(id = "1500, 1500, 0", expect = ACCEPTABLE, desc = "restart | update | close")
  @Outcome(id = "1000, 1000, 1", expect = ACCEPTABLE, desc = "restart | close | update: rejected")
  @Outcome(
      id = "1000, 1000, 2",
      expect = ACCEPTABLE,
      desc = "close | restart | update: both rejected")
  @Outcome(
      id = "1000, 1000, 0",
      expect = FORBIDDEN,
      desc = "load the run | restart | update | store the old run as the last: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with 1000 bytes. */
    public ShippedRestart() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart().updateBytes(500);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().totalBytes();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().totalBytes();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /** Removes a client from two threads. */
  @JCStressTest
  @Outcome(
      id = {"true, false, 2", "false, true, 2"},
      expect = ACCEPTABLE,
      desc = "one thread removes the client")
  @Outcome(
      id = {"true, true, .*", "false, false, .*"},
      expect = FORBIDDEN,
      desc = "both threads or neither remove the client")
  @Outcome(id = ".*, 4", expect = FORBIDDEN, desc = "the client departs twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRemovals {
    private final StatsAggregator aggregator = withTwoRequests();

    @Actor
    public void first(ZZJ_Result result) {
      result.r1 = aggregator.removeClient(1).isPresent();
    }

    @Actor
    public void second(ZZJ_Result result) {
      result.r2 = aggregator.removeClient(1).isPresent();
    }

    @Arbiter
    public void look(ZZJ_Result result) {
      result.r3 = aggregator.aggregate().requests().segment();
    }
  }

  /**
   * Adds two clients under one id. The results are the live clients, the clients ever added, the
   * requests, and 1 if exactly one client is closed.
   */
  @JCStressTest
  @Outcome(id = "1, 2, 3, 1", expect = ACCEPTABLE, desc = "one client replaces the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoAdditions {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats one = new ClientStats(1, Configs.STILL);
    private final ClientStats two = new ClientStats(1, Configs.STILL);

    /** Creates one client with one request and one with two. */
    public ShippedTwoAdditions() {
      one.incrementSegmentRequests();
      two.incrementSegmentRequests();
      two.incrementSegmentRequests();
    }

    @Actor
    public void addOne() {
      aggregator.addClient(one);
    }

    @Actor
    public void addTwo() {
      aggregator.addClient(two);
    }

    @Arbiter
    public void look(JJJJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = (int) snapshot.clients().active();
      result.r2 = snapshot.clients().everAdded();
      result.r3 = snapshot.requests().segment();
      result.r4 = one.isClosed() == two.isClosed() ? 0 : 1;
    }
  }

  /**
   * Adds a client again during its removal. The results are whether the addition succeeds, the live
   * clients and the requests.
   */
  @JCStressTest
  @Outcome(
      id = "true, 0, 2",
      expect = ACCEPTABLE,
      desc = "add: the client is live, so nothing changes | remove")
  @Outcome(id = "false, 0, 2", expect = ACCEPTABLE, desc = "close | add: rejected")
  @Outcome(id = ".*, 1, 4", expect = FORBIDDEN, desc = "the client is live and departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedAddAgain {
    private final StatsAggregator aggregator = withTwoRequests();
    private final ClientStats stats = aggregator.client(1).orElseThrow();

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void add(ZIJ_Result result) {
      try {
        aggregator.addClient(stats);
        result.r1 = true;
      } catch (IllegalStateException closed) {
        result.r1 = false;
      }
    }

    @Arbiter
    public void look(ZIJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r2 = (int) snapshot.clients().active();
      result.r3 = snapshot.requests().segment();
    }
  }

  /**
   * Adds one client and removes another while a third is added. The results are the live clients in
   * a snapshot and at the end.
   */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "the client of this thread, and one or both of the others")
  @Outcome(
      id = "1, 2",
      expect = FORBIDDEN,
      desc = "neither of the others, although one of them is always live")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of membership is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedExchange {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates an aggregator with the client that will be removed. */
    public ShippedExchange() {
      aggregator.addClient(15);
    }

    @Actor
    public void exchange() {
      aggregator.addClient(0);
      aggregator.removeClient(15);
    }

    @Actor
    public void addAndRead(II_Result result) {
      aggregator.addClient(7);
      result.r1 = (int) aggregator.aggregate().clients().active();
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }
}
