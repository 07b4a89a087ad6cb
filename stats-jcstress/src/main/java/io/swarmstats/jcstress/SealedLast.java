package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * Who has seen that a run has ended, or that a client is closed, finds every update refused (the
 * second half of promises G3 and G11).
 *
 * <p>Rests on the cell that tells being sealed last, and on its seal being a release that the look
 * at it acquires. It would fail if that cell were sealed first: an interleaving, which x86 shows
 * too. That the machine keeps the order of the seals is an edge that x86 cannot fail.
 */
public final class SealedLast {
  private SealedLast() {}

  /** A thread that looks whether its run has ended, against a restart. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | restart")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "restart | look | update: refused")
  @Outcome(id = "true, 5", expect = FORBIDDEN, desc = "ended, and still taking updates")
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

  /** A thread that looks whether its client is closed, against its removal. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | removal")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "removal | look | request: refused")
  @Outcome(id = "true, 1", expect = FORBIDDEN, desc = "closed, and still counting")
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

  /** The cell that tells is sealed first: of a client its rejected updates, of a run its bytes. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | seal | seal")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "seal | seal | look | request: refused")
  @Outcome(
      id = "true, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal of the telling one | look | request | seal of the requests")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedOrder {
    private static final int REQUESTS = 0;
    private static final int TELLING = 1;

    private final long[] row = new long[2];

    @Actor
    public void close() {
      Cells.seal(row, TELLING);
      Cells.seal(row, REQUESTS);
    }

    @Actor
    public void look(ZJ_Result result) {
      result.r1 = Cells.isSealed(row, TELLING);
      if (result.r1) {
        Cells.increment(row, REQUESTS);
      }
    }

    @Arbiter
    public void requests(ZJ_Result result) {
      result.r2 = Cells.readCounterAcquire(row, REQUESTS);
    }
  }
}
