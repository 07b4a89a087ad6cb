package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/**
 * A sealed cell never changes again: every sealer gets the same final value, and every change is
 * either in it or refused.
 *
 * <p>What a fold or a removal reads rests on this (promises G3, G11). It rests on sealing and on
 * changing being one atomic step each: a seal that is a read and a write drops what came between,
 * and a change that does not look at the seal in the same step leaves a trace behind it. Both are
 * interleavings, which x86 shows too.
 */
public final class CellSeal {
  private CellSeal() {}

  /** An increment against the seal. */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | seal")
  @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "seal | increment: refused")
  @Outcome(
      id = {"true, 0, .*", "false, 1, 1"},
      expect = FORBIDDEN,
      desc = "accepted and lost, or refused and counted")
  @Outcome(id = ".*, 0, 1", expect = FORBIDDEN, desc = "changed after it was sealed")
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

  /** A raise against the seal. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: refused")
  @Outcome(
      id = {"true, 3, .*", "false, 5, 5"},
      expect = FORBIDDEN,
      desc = "accepted and lost, or refused and applied")
  @Outcome(id = ".*, 3, 5", expect = FORBIDDEN, desc = "changed after it was sealed")
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

  /** Two sealers, one of which has just raised the level. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: refused | seal")
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

  /** The seal is a read and a write instead of one step. */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | read | write")
  @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "read | write | increment: refused")
  @Outcome(
      id = "true, 0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | increment | write: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private final long[] row = new long[1];

    @Actor
    public void increment(ZJJ_Result result) {
      result.r1 = Cells.increment(row, 0);
    }

    @Actor
    public void seal(ZJJ_Result result) {
      long last = Cells.readCounterAcquire(row, 0);
      Cells.setGaugeRelease(row, 0, last | Long.MIN_VALUE);
      result.r2 = last;
    }

    @Arbiter
    public void look(ZJJ_Result result) {
      result.r3 = Cells.readCounterAcquire(row, 0);
    }
  }

  /** The increment is a fetch-and-add, which learns of the seal after it has changed the cell. */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | seal")
  @Outcome(
      id = "false, 0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal | increment: refused and counted")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedIncrement {
    private final long[] row = new long[1];

    @Actor
    public void increment(ZJJ_Result result) {
      result.r1 = Cells.getAndIncrementGauge(row, 0) >= 0;
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

  /** The raise looks at the seal and then stores, in two steps instead of one. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: refused")
  @Outcome(
      id = "true, 3, 5",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | seal | store: accepted and lost, and the seal is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRaise {
    private final long[] row = {3};

    @Actor
    public void raise(ZJJ_Result result) {
      result.r1 = !Cells.isSealed(row, 0);
      if (result.r1) {
        Cells.setGaugeRelease(row, 0, 5);
      }
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
}
