package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/*
 * Run: .ci/jcstress 'WallTimesTwins\.'
 *
 *   test             samples    bad   verdict
 *   WeakenedTake         515    118   caught
 *   WeakenedPut       55,283    129   caught
 *   WeakenedStripes  103,923  3,823   caught
 *   WeakenedLock         841    198   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-27.
 */
/**
 * Tests weakened copies for the promise of {@link WallTimes}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class WallTimesTwins {
  private WallTimesTwins() {}

  /** Splits the exchange into a read of the slot and a clear. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "clear | record")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "record | read")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | record | clear: the sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTake {
    private static final long EMPTY = 0;

    private final long[] slot = {EMPTY};

    @Actor
    public void record() {
      Cells.casGauge(slot, 0, EMPTY, 1);
    }

    @Actor
    public void take(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(slot, 0);
      Cells.setGaugeVolatile(slot, 0, EMPTY);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.readGaugeVolatile(slot, 0);
    }
  }

  /** Splits the compare-and-set into a look for an empty slot and a store. */
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "one | nine: try another slot")
  @Outcome(id = "false, true, 9", expect = ACCEPTABLE, desc = "nine | one: try another slot")
  @Outcome(
      id = "true, true, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | store | store: a sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPut {
    private static final long EMPTY = 0;

    private final long[] slot = {EMPTY};

    @Actor
    public void one(ZZJ_Result result) {
      result.r1 = put(1);
    }

    @Actor
    public void nine(ZZJ_Result result) {
      result.r2 = put(9);
    }

    private boolean put(long sample) {
      if (Cells.readGaugeVolatile(slot, 0) != EMPTY) {
        return false;
      }
      Cells.setGaugeVolatile(slot, 0, sample);
      return true;
    }

    @Arbiter
    public void look(ZZJ_Result result) {
      result.r3 = Cells.readGaugeVolatile(slot, 0);
    }
  }

  /** Removes the comparison: the longer array of stripes is stored over any other array. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a stripe is lost with its sample")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStripes {
    private final AtomicReference<long[]> stripes = new AtomicReference<>(new long[0]);

    @Actor
    public void one() {
      add();
    }

    @Actor
    public void nine() {
      add();
    }

    private void add() {
      long[] all = stripes.get();
      long[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = 1;
      stripes.set(more);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Arrays.stream(stripes.get()).sum();
    }
  }

  /** Ignores the lock: a writer that does not get the lock merges as well. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "one merge follows the other")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a merged sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLock {
    private final ReentrantLock lock = new ReentrantLock();
    private long merged;

    @Actor
    public void one() {
      merge();
    }

    @Actor
    public void nine() {
      merge();
    }

    private void merge() {
      boolean locked = lock.tryLock();
      merged++;
      if (locked) {
        lock.unlock();
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = merged;
    }
  }
}
