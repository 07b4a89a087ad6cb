package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'TotalsNeverFall\.'
 *
 *   test                    samples  bad   verdict
 *   ShippedRecordAndRemove  407,571    0   held
 *   ShippedRecord           407,571    0   held
 *   ShippedReplace          294,188    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Totals that one observer sees never fall, under any mix of adding, removing, replacing and
 * recording (promise G10).
 *
 * <p>The promise rests on two steps. Membership changes in one step. A removal seals the client
 * before it adds the figures to the departed, so that an observer who still sees the client live
 * sees the same figures.
 *
 * <p>The promise would fail if a removal took two steps, or if a removed client continued to count.
 * Both failures are interleavings, which x86 shows too.
 */
public final class TotalsNeverFall {
  private TotalsNeverFall() {}

  /** Takes two snapshots while another thread counts a request and removes the client. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(id = "3, 2", expect = FORBIDDEN, desc = "the total falls")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecordAndRemove {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with two requests. */
    public ShippedRecordAndRemove() {
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void recordAndRemove() {
      stats.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  /** Counts a request and reads the total while another thread removes the client. */
  @JCStressTest
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "request | seal")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "seal | request: rejected")
  @Outcome(id = "3, 2", expect = FORBIDDEN, desc = "a request that a reader saw is gone")
  @Outcome(id = "2, 3", expect = FORBIDDEN, desc = "a rejected request counts")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecord {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with two requests. */
    public ShippedRecord() {
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void recordAndRead(JJ_Result result) {
      stats.incrementSegmentRequests();
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  /** Takes two snapshots while a client with one request replaces a client with two. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the replacement")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | replace | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the replacement")
  @Outcome(
      id = {"0, .*", "1, .*", ".*, 0", ".*, 1"},
      expect = FORBIDDEN,
      desc = "the old client is neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedReplace {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats next = new ClientStats(1, Configs.STILL);

    /** Creates a client with two requests and its successor with one. */
    public ShippedReplace() {
      ClientStats stats = aggregator.addClient(1);
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
      next.incrementSegmentRequests();
    }

    @Actor
    public void replace() {
      aggregator.addClient(next);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }
}
