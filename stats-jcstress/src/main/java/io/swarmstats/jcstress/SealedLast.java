package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'SealedLast\.'
 *
 *   test           samples  bad   verdict
 *   ShippedRun     323,021    0   held
 *   ShippedClient  320,812    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A thread that has seen the end of a run, or the closing of a client, finds every later update
 * rejected (the second half of promises G3 and G11).
 *
 * <p>The promise rests on two facts. One cell tells that the object has ended, and this cell is
 * sealed last. The read of this cell is an acquire read.
 *
 * <p>The promise would fail if this cell were sealed first. The failure is an interleaving, which
 * x86 shows too. The processor must keep the order of the seals too. x86 always does, so no test
 * can break this edge on x86.
 */
public final class SealedLast {
  private SealedLast() {}

  /** Checks whether a run has ended while another thread restarts the process. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | restart")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "restart | look | update: rejected")
  @Outcome(
      id = "true, 5",
      expect = FORBIDDEN,
      desc = "the run has ended and still accepts an update")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRun {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);
    private final ProcessRun run = stats.currentRun();

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Actor
    public void look(ZJ_Result result) {
      result.r1 = run.isEnded();
      if (result.r1) {
        run.recordDroppedLines(5, 0, 0, 0);
      }
    }

    @Arbiter
    public void lines(ZJ_Result result) {
      result.r2 = aggregator.aggregate().pipeline().linesRead();
    }
  }

  /** Checks whether a client is closed while another thread removes the client. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | removal")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "removal | look | request: rejected")
  @Outcome(
      id = "true, 1",
      expect = FORBIDDEN,
      desc = "the client is closed and still counts a request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedClient {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void look(ZJ_Result result) {
      result.r1 = stats.isClosed();
      if (result.r1) {
        stats.incrementUnknownRequests();
      }
    }

    @Arbiter
    public void requests(ZJ_Result result) {
      result.r2 = stats.unknownRequests();
    }
  }
}
