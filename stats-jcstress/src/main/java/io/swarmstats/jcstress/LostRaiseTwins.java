package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'LostRaiseTwins\.'
 *
 *   test           samples     bad   verdict
 *   WeakenedSet    438,291  38,580   caught
 *   WeakenedRetry  653,331  40,477   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link LostRaise}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class LostRaiseTwins {
  private LostRaiseTwins() {}

  /** Removes the comparison: the level is stored, even over a higher level. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "store 3 | store 6")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store 6 | store 3: the higher level is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSet {
    private final AtomicLong level = new AtomicLong();

    @Actor
    public void three() {
      level.set(3);
    }

    @Actor
    public void six() {
      level.set(6);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = level.get();
    }
  }

  /** Gives up when another raise wins, even if that raise is lower. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "the higher level stays")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load 0 | raise to 3 | compare-and-set from 0 to 6 fails: the higher level is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRetry {
    private final AtomicLong level = new AtomicLong();

    @Actor
    public void three() {
      raise(3);
    }

    @Actor
    public void six() {
      raise(6);
    }

    private void raise(long candidate) {
      long seen = level.get();
      if (seen < candidate) {
        level.compareAndSet(seen, candidate);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = level.get();
    }
  }
}
