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
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'SealedLastTwins\.'
 *
 *   test           samples  bad   verdict
 *   WeakenedOrder  102,324  107   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link SealedLast}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class SealedLastTwins {
  private SealedLastTwins() {}

  /**
   * Seals the telling cell first: the cell whose seal tells that the object has ended. In a client
   * this cell holds the rejected updates; in a run it holds the bytes.
   */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "look | seal | seal")
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "seal | seal | look | request: rejected")
  @Outcome(
      id = "true, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal the telling cell | look | request | seal the requests")
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
