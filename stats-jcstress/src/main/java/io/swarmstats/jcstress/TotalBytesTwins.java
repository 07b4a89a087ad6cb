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
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'TotalBytesTwins\.'
 *
 *   test              samples  bad   verdict
 *   WeakenedPointer   233,956  569   caught
 *   WeakenedFold      106,164  297   caught
 *   WeakenedTwoLoads  136,557   37   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link TotalBytes}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class TotalBytesTwins {
  private TotalBytesTwins() {}

  /** Removes the one pointer: the ended runs and the current run are two words. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "before or after the restart")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "swap | read both | add: the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPointer {
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong current = new AtomicLong(1000);

    @Actor
    public void restart() {
      finished.addAndGet(current.getAndSet(0));
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = finished.get() + current.get();
    }
  }

  /** Removes the seal before the fold. A row holds the bytes of a run and its base. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | fold")
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "fold | seal | update: rejected")
  @Outcome(
      id = "1100, 1000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | update | read | move the pointer: an update that a reader saw is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFold {
    private final long[] first = {1000, 0};
    private final AtomicReference<long[]> current = new AtomicReference<>(first);

    @Actor
    public void restart() {
      long total = total(first);
      Cells.seal(first, 0);
      current.compareAndSet(first, new long[] {0, total});
    }

    @Actor
    public void update(JJ_Result result) {
      Cells.raise(first, 0, 1100);
      result.r1 = total(current.get());
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = total(current.get());
    }

    private static long total(long[] run) {
      return run[1] + Cells.readCounterAcquire(run, 0);
    }
  }

  /** Loads the pointer twice: for the base and for the bytes. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "before or after the restart")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "base of the first run | restart | bytes of the second: "
          + "the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTwoLoads {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[] {1000, 0});

    @Actor
    public void restart() {
      long[] run = current.get();
      current.compareAndSet(run, new long[] {0, run[1] + Cells.seal(run, 0)});
    }

    @Actor
    public void read(J_Result result) {
      long base = current.get()[1];
      result.r1 = base + Cells.readCounterAcquire(current.get(), 0);
    }
  }
}
