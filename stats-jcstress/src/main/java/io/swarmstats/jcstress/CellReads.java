package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * What one thread sees of a cell never goes back and is never put together from two values, and who
 * is refused by a seal sees what came before it.
 *
 * <p>Totals that never fall and sizes that are never torn rest on it (promises G8, G10), and so
 * does each relation that a refused raise takes part in. It rests on reads in acquire mode, also
 * those of a raise, and on access to 64 bits being one step. Two plain reads can be swapped by the
 * compiler, which x86 shows; that the machine keeps the order of reads is an edge that x86 cannot
 * fail.
 */
public final class CellReads {
  private CellReads() {}

  /** Two reads of a counter, under two names that the compiler cannot know to be one. */
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

    /** Reads twice; the stores before only rid both reads of their checks. */
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

  /** A gauge whose halves both change. Only a machine of 32 bits can fail it. */
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

  /** A refused raise, and a field that was set before the seal. x86 cannot fail it. */
  @JCStressTest
  @Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "set | seal | raise: refused | look")
  @Outcome(id = "false, 0", expect = FORBIDDEN, desc = "refused, and blind to what came before")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRefusedRaise {
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

  /** The two reads are plain. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the store")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read | store | read")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the store")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "second read | store | first read, as the compiler swapped them: it goes back")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTwoReads {
    private final Cell cell = new Cell();
    private final Cell sameCell = cell;

    @Actor
    public void increment() {
      cell.value = 1;
    }

    /** Reads twice; the stores before only rid both reads of their null checks. */
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

  /** A value of two halves, as on a machine of 32 bits: on one of 64 a long is never torn. */
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

  /** The raise reads in opaque mode, which orders nothing else. x86 cannot show it. */
  @JCStressTest
  @Outcome(id = "true, -1", expect = ACCEPTABLE, desc = "raise | seal")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "set | seal | raise: refused | look")
  @Outcome(
      id = "false, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the look came before the read of the seal (not on x86): blind to what came before")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRefusedRaise {
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
