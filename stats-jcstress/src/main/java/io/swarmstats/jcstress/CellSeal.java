package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/*
 * Run: .ci/jcstress 'CellSeal\.'
 *
 *   test               samples  bad   verdict
 *   ShippedIncrement   479,251    0   held
 *   ShippedRaise       278,179    0   held
 *   ShippedTwoSealers  294,707    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A sealed cell never changes again: every sealer gets the same final value, and every change is
 * either in that value or rejected.
 *
 * <p>A fold and a removal read final values because of this property (promises G3 and G11). The
 * property rests on two atomic steps: the seal, and the change that looks at the seal.
 *
 * <p>The property would fail if the seal were a read and a write: a change in between would be
 * lost. It would also fail if a change looked at the seal in a separate step: the change would
 * leave a trace after the seal. Both failures are interleavings, which x86 shows too.
 */
public final class CellSeal {
  private CellSeal() {}

  /** Increments a counter while another thread seals the counter. */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | seal")
  @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "seal | increment: rejected")
  @Outcome(
      id = {"true, 0, .*", "false, 1, 1"},
      expect = FORBIDDEN,
      desc = "accepted and lost, or rejected and counted")
  @Outcome(id = ".*, 0, 1", expect = FORBIDDEN, desc = "the cell changes after its seal")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedIncrement {
    private final long[] row = new long[1];

    @Actor
    public void increment(ZJJ_Result result) {
      result.r1 = Cells.increment(row, 0);
    }

    @Actor
    public void seal(ZJJ_Result result) {
      result.r2 = Cells.seal(row, 0);
    }

    @Arbiter
    public void look(ZJJ_Result result) {
      result.r3 = Cells.readCounterAcquire(row, 0);
    }
  }

  /** Raises a level while another thread seals the level. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: rejected")
  @Outcome(
      id = {"true, 3, .*", "false, 5, 5"},
      expect = FORBIDDEN,
      desc = "accepted and lost, or rejected and applied")
  @Outcome(id = ".*, 3, 5", expect = FORBIDDEN, desc = "the cell changes after its seal")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRaise {
    private final long[] row = {3};

    @Actor
    public void raise(ZJJ_Result result) {
      result.r1 = Cells.raise(row, 0, 5);
    }

    @Actor
    public void seal(ZJJ_Result result) {
      result.r2 = Cells.seal(row, 0);
    }

    @Arbiter
    public void look(ZJJ_Result result) {
      result.r3 = Cells.readCounterAcquire(row, 0);
    }
  }

  /** Seals a level from two threads, one of which has just raised the level. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: rejected | seal")
  @Outcome(
      id = {".*, 3, 5", ".*, 5, 3"},
      expect = FORBIDDEN,
      desc = "the sealers disagree")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoSealers {
    private final long[] row = {3};

    @Actor
    public void raiseAndSeal(ZJJ_Result result) {
      result.r1 = Cells.raise(row, 0, 5);
      result.r2 = Cells.seal(row, 0);
    }

    @Actor
    public void seal(ZJJ_Result result) {
      result.r3 = Cells.seal(row, 0);
    }
  }
}
