package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/*
 * Run: .ci/jcstress 'RunFoldedOnceTwins\.'
 *
 *   test             samples      bad   verdict
 *   WeakenedFold     499,731    5,859   caught
 *   WeakenedPointer  148,404   20,766   caught
 *   WeakenedSeal     254,644  207,804   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link RunFoldedOnce}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class RunFoldedOnceTwins {
  private RunFoldedOnceTwins() {}

  /** Removes the base of the next run: a restart adds to the total in place. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "one restart follows the other")
  @Outcome(
      id = "2000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | add | add: the run is folded twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFold {
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong current = new AtomicLong(1000);

    @Actor
    public void first() {
      restart();
    }

    @Actor
    public void second() {
      restart();
    }

    private void restart() {
      long ended = current.get();
      current.set(0);
      finished.addAndGet(ended);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = finished.get() + current.get();
    }
  }

  /**
   * Removes the comparison: the pointer is stored over any other pointer. A row holds the bytes of
   * a run and its base.
   */
  @JCStressTest
  @Outcome(
      id = "true, true, 1110",
      expect = ACCEPTABLE,
      desc = "restart | update | restart | update")
  @Outcome(
      id = {"true, false, 1010", "false, true, 1100"},
      expect = ACCEPTABLE,
      desc = "restart | restart, which seals | update: rejected")
  @Outcome(
      id = {"true, true, 1010", "true, true, 1100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | update | store: a run is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPointer {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[] {1000, 0});

    @Actor
    public void first(ZZJ_Result result) {
      result.r1 = Cells.raise(restart(), 0, 10);
    }

    @Actor
    public void second(ZZJ_Result result) {
      result.r2 = Cells.raise(restart(), 0, 100);
    }

    private long[] restart() {
      long[] run = current.get();
      long[] next = {0, run[1] + Cells.seal(run, 0)};
      current.set(next);
      return next;
    }

    @Arbiter
    public void total(ZZJ_Result result) {
      long[] run = current.get();
      result.r3 = run[1] + Cells.readCounterAcquire(run, 0);
    }
  }

  /** Removes the seal of the ended run. */
  @JCStressTest
  @Outcome(id = "true, 1100", expect = ACCEPTABLE, desc = "update | fold")
  @Outcome(
      id = "true, 1000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | update: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private final long[] row = {1000};
    private long base;

    @Actor
    public void restart() {
      base = Cells.readCounterAcquire(row, 0);
    }

    @Actor
    public void update(ZJ_Result result) {
      result.r1 = Cells.raise(row, 0, 1100);
    }

    @Arbiter
    public void total(ZJ_Result result) {
      result.r2 = base;
    }
  }
}
