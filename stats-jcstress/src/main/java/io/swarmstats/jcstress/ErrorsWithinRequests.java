package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ErrorsWithinRequests\.'
 *
 *   test              samples  bad   verdict
 *   ShippedHttpError  237,711    0   held
 *   ShippedWallTime    60,911    0   held
 *   ShippedRemoval    417,811    0   held
 *   ShippedSnapshot   247,912    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * If a recorder counts each request before its error, no reader sees more errors than requests. The
 * same holds for wall times and segment requests (promise G9).
 *
 * <p>The promise rests on three orders. The recorder counts the request before the error (release).
 * The reader loads the errors before the requests (acquire). A closing client seals its errors
 * before its requests.
 *
 * <p>The promise would fail if one of these orders were reversed. These are interleavings, which
 * x86 shows. The processor must keep the order of the accesses too. x86 always does, so no test can
 * break this edge on x86.
 */
public final class ErrorsWithinRequests {
  /** The code whose count an aggregator reads last, long after the requests. */
  static final int LAST_CODE = 599;

  private ErrorsWithinRequests() {}

  /** Takes a summary while a request fails. The results are errors and requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | error, or load errors | both | load requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedHttpError {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client that already has its cells of errors. */
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

  /** Takes a snapshot while a segment arrives. The results are wall times and requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | wall time, or load wall times | both | load requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the wall time")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a wall time without its request")
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

  /** Removes a client while its request fails. The results are the final errors and requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "seal | request | error: both rejected")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | seal | error: rejected")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "request | error | seal")
  @Outcome(
      id = "1, 0",
      expect = FORBIDDEN,
      desc = "seal requests | request: rejected | error | seal errors")
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

  /** Takes a snapshot while a request fails. The results are errors and requests. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE,
      desc = "request | read | error, or load errors | both | load requests")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = FORBIDDEN,
      desc = "an error without its request: the error rate exceeds 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client whose slots are taken: the last code is the last counter of the row. */
    public ShippedSnapshot() {
      for (int code = 500; code < 508; code++) {
        stats.incrementSegmentRequests();
        stats.recordHttpError(code);
      }
    }

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
      stats.recordHttpError(LAST_CODE);
    }

    @Actor
    public void read(JJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.errors().total() - 8;
      result.r2 = snapshot.requests().total() - 8;
    }
  }
}
