package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'LostRaise\.'
 *
 *   test     samples  bad   verdict
 *   Shipped  458,771    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Of two concurrent raises of one level the higher level stays, whichever raise comes last.
 *
 * <p>Bytes, lines, the maximum drift and the peak drop rate rest on this property (promises G2, G4,
 * G5 and G6). The property rests on a compare-and-set from a level that is lower, repeated when
 * another raise wins.
 *
 * <p>The property would fail if a raise stored its level, or if a raise that lost gave up. Both
 * failures are interleavings, which x86 shows too.
 */
public final class LostRaise {
  private LostRaise() {}

  /** Reports bytes from two threads. The results are the bytes and the rejected updates. */
  @JCStressTest
  @Outcome(id = "6, 0", expect = ACCEPTABLE, desc = "the higher level stays; no update is rejected")
  @Outcome(
      id = "3, .*",
      expect = FORBIDDEN,
      desc = "raise to 6 | raise to 3: the higher level is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void three() {
      stats.updateCurrentBytes(3);
    }

    @Actor
    public void six() {
      stats.updateCurrentBytes(6);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }
}
