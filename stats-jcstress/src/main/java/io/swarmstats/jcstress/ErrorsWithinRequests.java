package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A recorder that counts a request before its error never makes a reader see more errors than
 * requests, nor more wall times than requests for segments (promise G9).
 *
 * <p>Rests on the reader loading the errors (acquire) before the requests, on the request being
 * counted before its error (release), and on a client that closes sealing its errors before its
 * requests. The orders of the accesses in the program are interleavings, which x86 shows when they
 * are swapped; that the machine keeps them is an edge that x86 cannot fail.
 */
public final class ErrorsWithinRequests {
  private ErrorsWithinRequests() {}

  /** The code whose count an aggregator comes to last, long after the requests. */
  private static final int LAST_CODE = 599;

  /** A summary against a request that fails: errors, requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | error, or read errors | both | read requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedHttpError {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client whose row of errors is there. */
    public ShippedHttpError() {
      stats.incrementSegmentRequests();
      stats.recordHttpError(404);
    }

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
      stats.recordHttpError(404);
    }

    @Actor
    public void read(JJ_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.errors().total() - 1;
      result.r2 = summary.requests().total() - 1;
    }
  }

  /** A snapshot against a segment that arrives: wall times, requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | wall time, or read wall times | both | read requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the wall time")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a segment that was never asked for")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWallTime {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
      aggregator.recordSegmentWallTime(1);
    }

    @Actor
    public void read(JJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.segmentWallTimes().count();
      result.r2 = snapshot.requests().segment();
    }
  }

  /** A request that fails while its client is removed: errors, requests for ever after. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "seal | request and error: refused")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | seal | error: refused")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "request | error | seal")
  @Outcome(
      id = "1, 0",
      expect = FORBIDDEN,
      desc = "seal requests | request and error | seal errors")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRemoval {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
      stats.recordTimeout();
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Arbiter
    public void look(JJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.errors().total();
      result.r2 = snapshot.requests().total();
    }
  }

  /** A snapshot against a request that fails: errors, requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | error, or read errors | both | read requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = FORBIDDEN,
      desc = "an error without its request: an error rate above 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client whose row of errors is there. */
    public ShippedSnapshot() {
      stats.incrementSegmentRequests();
      stats.recordHttpError(LAST_CODE);
    }

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
      stats.recordHttpError(LAST_CODE);
    }

    @Actor
    public void read(JJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.errors().total() - 1;
      result.r2 = snapshot.requests().total() - 1;
    }
  }

  private static Client addFailingClient(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    recordFailure(client);
    return client;
  }

  private static void recordFailure(Client client) {
    client.incrementSegmentRequests();
    client.recordHttpError(LAST_CODE);
  }

  private static void read(Aggregator aggregator, JJ_Result result) {
    Snapshot snapshot = aggregator.aggregate();
    result.r1 = snapshot.httpErrors().getOrDefault(LAST_CODE, 0L) - 1;
    result.r2 = snapshot.requests().total() - 1;
  }

  /** Behind a read-write lock, which no recorder takes, with mutexes in the clients. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault B1: read requests | request and error | read errors: an error rate above 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockSnapshot {
    private final Aggregator aggregator =
        Rivals.aggregator(AggregatorContender.RW_LOCK, ClientContender.MUTEX);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequests.read(aggregator, result);
    }
  }

  /** A concurrent map, with atomics in the clients. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault B1: read requests | request and error | read errors: an error rate above 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapSnapshot {
    private final Aggregator aggregator =
        Rivals.aggregator(AggregatorContender.CONCURRENT_MAP, ClientContender.PLAIN_ATOMICS);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequests.read(aggregator, result);
    }
  }

  /** A concurrent map that is copied, with atomics in the clients. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault B1: read requests | request and error | read errors: an error rate above 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class HybridSnapshot {
    private final Aggregator aggregator =
        Rivals.aggregator(AggregatorContender.HYBRID, ClientContender.PLAIN_ATOMICS);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequests.read(aggregator, result);
    }
  }

  /** A map that is copied for each change, with pooled states in the clients. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault B1: read requests | request and error | read errors: an error rate above 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWriteSnapshot {
    private final Aggregator aggregator = Rivals.aggregator(
        AggregatorContender.COPY_ON_WRITE, ClientContender.POOLED_RESET_AFTER_GET);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequests.read(aggregator, result);
    }
  }

  /** The requests are read before the errors, as in the documents. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read requests | request and error | read errors: an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] requests = new long[1];
    private final long[] errors = new long[1];

    @Actor
    public void record() {
      Cells.increment(requests, 0);
      Cells.increment(errors, 0);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(requests, 0);
      result.r1 = Cells.readCounterAcquire(errors, 0);
    }
  }

  /** The requests are sealed before the errors. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "seal | request and error: refused")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | seal | error: refused")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "request | error | seal")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal requests | request and error | seal errors: an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSealOrder {
    private final long[] requests = new long[1];
    private final long[] errors = new long[1];

    @Actor
    public void record() {
      Cells.increment(requests, 0);
      Cells.increment(errors, 0);
    }

    @Actor
    public void close() {
      Cells.seal(requests, 0);
      Cells.seal(errors, 0);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(errors, 0);
      result.r2 = Cells.readCounterAcquire(requests, 0);
    }
  }
}
