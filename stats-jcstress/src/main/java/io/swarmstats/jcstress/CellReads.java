package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'CellReads\.'
 *
 *   test                  samples  bad   verdict
 *   ShippedTwoReads       122,733    0   held
 *   ShippedWhole          765,971    0   held
 *   ShippedRejectedRaise  755,428    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A thread never sees a cell go back, and never sees a value put together from two values. A thread
 * whose raise a seal rejects sees everything before the seal.
 *
 * <p>Two promises rest on these reads: totals never fall (G10), and sizes are never torn (G8). So
 * does every relation in which a raise can be rejected. The reads themselves, including the read
 * inside a raise, rest on acquire mode and on atomic access to 64 bits.
 *
 * <p>The compiler can swap two plain reads, which x86 shows. The processor must keep the order of
 * reads too. x86 always does, so no test can break this edge on x86.
 */
public final class CellReads {
  private CellReads() {}

  /** Reads a counter twice, through two references that the compiler cannot know to be equal. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the increment")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read | increment | read")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the increment")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the counter goes back")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReads {
    private final long[] row = new long[2];
    private final long[] sameRow = row;

    @Actor
    public void increment() {
      Cells.increment(row, 0);
    }

    /**
     * Reads twice. The stores remove the bounds checks from both reads, so that the compiler could
     * swap the reads.
     */
    @Actor
    public void read(JJ_Result result) {
      long[] first = row;
      long[] second = sameRow;
      first[1] = 0;
      second[1] = 0;
      result.r1 = Cells.readCounterAcquire(first, 0);
      result.r2 = Cells.readCounterAcquire(second, 0);
    }
  }

  /** Reads a gauge while both of its halves change. Only a 32-bit machine can fail this test. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "before it is set")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "after it was set")
  @Outcome(
      id = {"4294967295", "-4294967296"},
      expect = FORBIDDEN,
      desc = "torn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWhole {
    private final long[] row = new long[1];

    @Actor
    public void set() {
      Cells.setGaugeRelease(row, 0, -1);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = Cells.readGaugeAcquire(row, 0);
    }
  }

  /**
   * Raises a level that another thread seals, then reads a field that was set before the seal. x86
   * cannot fail it.
   */
  @JCStressTest
  @Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "set | seal | raise: rejected | look")
  @Outcome(
      id = "false, 0",
      expect = FORBIDDEN,
      desc = "the raise is rejected, but the thread misses the earlier write")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRejectedRaise {
    private final long[] row = new long[1];
    private long before;

    @Actor
    public void setAndSeal() {
      before = 1;
      Cells.seal(row, 0);
    }

    @Actor
    public void raise(ZJ_Result result) {
      result.r1 = Cells.raise(row, 0, 5);
      result.r2 = result.r1 ? -1 : before;
    }
  }
}
