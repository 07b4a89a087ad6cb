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

/*
 * Run: .ci/jcstress 'CellSealTwins\.'
 *
 *   test               samples     bad   verdict
 *   WeakenedSeal       458,771   2,754   caught
 *   WeakenedIncrement  292,003  84,017   caught
 *   WeakenedRaise      602,131   5,222   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link CellSeal}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class CellSealTwins {
  private CellSealTwins() {}

  /** Splits the seal into a read and a write. */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | read | write")
  @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "read | write | increment: rejected")
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

  /**
   * Replaces the increment by a fetch-and-add, which learns of the seal only after it has changed
   * the cell.
   */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | seal")
  @Outcome(
      id = "false, 0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal | increment: rejected and counted")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedIncrement {
    private final long[] row = new long[1];

    @Actor
    public void increment(ZJJ_Result result) {
      result.r1 = Cells.getAndAddGauge(row, 0, 1) >= 0;
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

  /** Splits the raise into a look at the seal and a store. */
  @JCStressTest
  @Outcome(id = "true, 5, 5", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 3, 3", expect = ACCEPTABLE, desc = "seal | raise: rejected")
  @Outcome(
      id = "true, 3, 5",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | seal | store: accepted and lost, and the store erases the seal")
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
