package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.FetchAddCounter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/*
 * Run: .ci/jcstress 'CellSealRivals\.'
 *
 *   test      samples  bad   verdict
 *   FetchAdd  448,531    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the wait-free counter of decision 35 for the promise of {@link CellSeal}: a count is in the
 * final value or rejected, and the final value never changes.
 */
public final class CellSealRivals {
  private CellSealRivals() {}

  /**
   * Increments a counter while another thread seals the counter. {@code CellSealTwins} shows the
   * same increment with a seal that does not move the count: there the late addition is seen.
   */
  @JCStressTest
  @Outcome(id = "true, 1, 1", expect = ACCEPTABLE, desc = "increment | seal")
  @Outcome(id = "false, 0, 0", expect = ACCEPTABLE, desc = "seal | increment: rejected")
  @Outcome(
      id = {"true, 0, .*", "false, 1, 1"},
      expect = FORBIDDEN,
      desc = "accepted and lost, or rejected and counted")
  @Outcome(id = ".*, 0, 1", expect = FORBIDDEN, desc = "the counter changes after its seal")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class FetchAdd {
    private final FetchAddCounter counter = new FetchAddCounter();

    @Actor
    public void increment(ZJJ_Result result) {
      result.r1 = counter.increment();
    }

    @Actor
    public void seal(ZJJ_Result result) {
      result.r2 = counter.seal();
    }

    @Arbiter
    public void look(ZJJ_Result result) {
      result.r3 = counter.count();
    }
  }
}
