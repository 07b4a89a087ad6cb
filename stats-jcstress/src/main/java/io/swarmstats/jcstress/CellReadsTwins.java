package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'CellReadsTwins\.'
 *
 *   test                   samples  bad   verdict
 *   WeakenedTwoReads       122,733    0   not seen
 *   WeakenedHalves         175,923   59   caught
 *   WeakenedRejectedRaise  185,572    0   x86 cannot show it
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link CellReads}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class CellReadsTwins {
  private CellReadsTwins() {}

  /** Removes acquire mode: both reads are plain. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the store")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read | store | read")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the store")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "second read | store | first read, swapped by the compiler: the value goes back")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTwoReads {
    private final Cell cell = new Cell();
    private final Cell sameCell = cell;

    @Actor
    public void increment() {
      cell.value = 1;
    }

    /**
     * Reads twice. The stores remove the null checks from both reads, so that the compiler can swap
     * the reads.
     */
    @Actor
    public void read(JJ_Result result) {
      Cell first = cell;
      Cell second = sameCell;
      first.unused = 0;
      second.unused = 0;
      result.r1 = first.value;
      result.r2 = second.value;
    }

    private static final class Cell {
      long value;
      int unused;
    }
  }

  /**
   * Removes atomic access: the value consists of two halves, as on a 32-bit machine. A 64-bit
   * machine never tears a long.
   */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "before it is set")
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "after it was set")
  @Outcome(
      id = {"4294967295", "-4294967296"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "one half | read both | the other half: torn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedHalves {
    private int high;
    private int low;

    @Actor
    public void set() {
      high = -1;
      low = -1;
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
    }
  }

  /**
   * Removes acquire mode from the read of the raise: opaque mode orders no other access. x86 cannot
   * show it.
   */
  @JCStressTest
  @Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "set | seal | raise: rejected | look")
  @Outcome(
      id = "false, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | set | seal | read the seal (not on x86): the thread misses the earlier write")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRejectedRaise {
    private final AtomicLong level = new AtomicLong();
    private long before;

    @Actor
    public void setAndSeal() {
      before = 1;
      level.set(Long.MIN_VALUE);
    }

    @Actor
    public void raise(ZJ_Result result) {
      result.r1 = level.getOpaque() >= 0;
      result.r2 = result.r1 ? -1 : before;
    }
  }
}
