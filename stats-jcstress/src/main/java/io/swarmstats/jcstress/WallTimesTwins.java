package io.swarmstats.jcstress;

import static io.swarmstats.jcstress.WallTimes.ROUNDS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/*
 * Run: .ci/jcstress 'WallTimesTwins\.'
 *
 *   test                  samples     bad   verdict
 *   WeakenedBucket        111,981      55   caught
 *   WeakenedReadOrder     122,733     322   caught
 *   WeakenedExtremes       79,725     209   caught
 *   WeakenedExtremesRead   61,683      54   caught
 *   WeakenedDays          106,483      65   caught
 *   WeakenedAddition      128,472  23,500   caught
 *   WeakenedRows          111,284   3,747   caught
 *   WeakenedPublication   120,244     895   caught
 *   WeakenedTurn           51,124      59   caught
 *   WeakenedCatchUp       448,531   3,587   caught
 *   WeakenedTurnRead      114,482      70   caught
 *   WeakenedWindow         51,124      79   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link WallTimes}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 *
 * <p>A copy is a row with few cells: the maximum, the sum, how often the sum passed a multiple of
 * 2^63 (the turns), the upper bits of the sum, and one bucket.
 */
public final class WallTimesTwins {
  private static final int MAX = 0;
  private static final int SUM = 1;
  private static final int TURNS = 2;
  private static final int DAYS = 3;
  private static final int BUCKET = 4;
  private static final int CELLS = 5;

  private static final long QUARTER = 1L << 62; // of 2^64

  private WallTimesTwins() {}

  private static boolean isBehind(long turns, long sum) {
    return (turns & 1) != sum >>> (Long.SIZE - 1);
  }

  /** Counts the latency in its bucket before its part of the sum. */
  @JCStressTest
  @Outcome(
      id = "true",
      expect = ACCEPTABLE,
      desc = "the sum has the latencies that the bucket counts")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "count | read | add: the bucket counts a latency that the sum does not have")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedBucket {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int i = 1; i <= ROUNDS; i++) {
        Cells.getAndAddGauge(row, BUCKET, 1);
        Cells.getAndAddGauge(row, SUM, 1);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long count = Cells.readGaugeAcquire(row, BUCKET);
        result.r1 &= count <= Cells.readGaugeAcquire(row, SUM);
      }
    }
  }

  /** Loads the sum before the bucket. */
  @JCStressTest
  @Outcome(
      id = "true",
      expect = ACCEPTABLE,
      desc = "the sum has the latencies that the bucket counts")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the sum | record | load the bucket: the sum does not have the latency")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int i = 1; i <= ROUNDS; i++) {
        Cells.getAndAddGauge(row, SUM, 1);
        Cells.getAndAddGauge(row, BUCKET, 1);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long sum = Cells.readGaugeAcquire(row, SUM);
        result.r1 &= Cells.readGaugeAcquire(row, BUCKET) <= sum;
      }
    }
  }

  /** Raises the maximum after the latency was counted in its bucket. */
  @JCStressTest
  @Outcome(
      id = "true",
      expect = ACCEPTABLE,
      desc = "the maximum is at least any latency that the bucket counts")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "count | read | raise: the bucket counts a latency above the maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedExtremes {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int nanos = 1; nanos <= ROUNDS; nanos++) {
        Cells.getAndAddGauge(row, BUCKET, 1);
        Cells.raise(row, MAX, nanos);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long count = Cells.readGaugeAcquire(row, BUCKET);
        result.r1 &= count <= Cells.readCounterAcquire(row, MAX);
      }
    }
  }

  /** Keeps the maximum that was loaded before the bucket. */
  @JCStressTest
  @Outcome(
      id = "true",
      expect = ACCEPTABLE,
      desc = "the maximum is at least any latency that the bucket counts")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the maximum | record | load the bucket: the maximum is too low")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedExtremesRead {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int nanos = 1; nanos <= ROUNDS; nanos++) {
        Cells.raise(row, MAX, nanos);
        Cells.getAndAddGauge(row, BUCKET, 1);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long max = Cells.readCounterAcquire(row, MAX);
        result.r1 &= Cells.readGaugeAcquire(row, BUCKET) <= max;
      }
    }
  }

  /** Adds the upper bits of a latency of days after the latency was counted in its bucket. */
  @JCStressTest
  @Outcome(
      id = "true",
      expect = ACCEPTABLE,
      desc = "the sum has all bits of the latencies that the bucket counts")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "count | read | add: the sum does not have the upper bits of the latency")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedDays {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int i = 1; i <= ROUNDS; i++) {
        Cells.getAndAddGauge(row, BUCKET, 1);
        Cells.getAndAddGauge(row, DAYS, 1);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long count = Cells.readGaugeAcquire(row, BUCKET);
        result.r1 &= count <= Cells.readGaugeAcquire(row, DAYS);
      }
    }
  }

  /** Counts a latency in the row although the addition to the sum of the row failed. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "each latency is counted once")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | add | add: fails, so the latency is counted in both rows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedAddition {
    private final long[] row = new long[CELLS];
    private final long[] next = new long[CELLS];

    @Actor
    public void one() {
      record();
    }

    @Actor
    public void other() {
      record();
    }

    private void record() {
      for (int i = 0; i < ROUNDS; i++) {
        long sum = Cells.readGaugeAcquire(row, SUM);
        boolean added = Cells.casGauge(row, SUM, sum, sum + 1);
        Cells.getAndAddGauge(row, BUCKET, 1);
        if (!added) {
          Cells.getAndAddGauge(next, SUM, 1);
          Cells.getAndAddGauge(next, BUCKET, 1);
        }
      }
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 =
          Cells.readGaugeAcquire(row, BUCKET) + Cells.readGaugeAcquire(next, BUCKET) == 2 * ROUNDS;
    }
  }

  /** Removes the comparison: the longer array of rows is stored over any other array. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a row is lost with its latency")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRows {
    private final AtomicReference<long[]> rows = new AtomicReference<>(new long[0]);

    @Actor
    public void one() {
      add();
    }

    @Actor
    public void nine() {
      add();
    }

    private void add() {
      long[] all = rows.get();
      long[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = 1;
      rows.set(more);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Arrays.stream(rows.get()).sum();
    }
  }

  /** Publishes a row before its first latency. */
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "there is no row yet")
  @Outcome(id = "9", expect = ACCEPTABLE, desc = "the row has a latency")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "publish | read | record: no bucket lies between the extremes of the row")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPublication {
    private final AtomicReference<long[]> row = new AtomicReference<>(new long[0]);

    @Actor
    public void record() {
      long[] made = new long[CELLS];
      row.set(made);
      Cells.raise(made, MAX, 9);
    }

    @Actor
    public void read(J_Result result) {
      long[] found = row.get();
      for (int i = 0; i < ROUNDS && found.length == 0; i++) {
        found = row.get();
      }
      result.r1 = found.length == 0 ? -1 : Cells.readCounterAcquire(found, MAX);
    }
  }

  /**
   * Ignores the top bit of the sum. Instead, the writer that passes a multiple counts the turn
   * after its addition. Each latency is 2^62 ns. The result is whether the turns and the sum that a
   * reader loads fit together.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the turns are those of the sum")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "add | read | count the turn: the sum is too low by a whole turn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTurn {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int i = 0; i < ROUNDS; i++) {
        long before = Cells.getAndAddGauge(row, SUM, QUARTER);
        if ((before ^ (before + QUARTER)) < 0) {
          Cells.getAndAddGauge(row, TURNS, 1);
        }
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long turns = Cells.readGaugeAcquire(row, TURNS);
        long sum = Cells.readGaugeAcquire(row, SUM);
        result.r1 &= Cells.readGaugeAcquire(row, TURNS) != turns || !isBehind(turns, sum);
      }
    }
  }

  /** Adds to the turns without a comparison. Each latency is 2^62 ns. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "each turn is counted once")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | add | add: one turn is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedCatchUp {
    private final long[] row = new long[CELLS];

    @Actor
    public void one() {
      record();
    }

    @Actor
    public void other() {
      record();
    }

    private void record() {
      for (int i = 0; i < ROUNDS; i++) {
        if (isBehind(Cells.readGaugeAcquire(row, TURNS), Cells.readGaugeAcquire(row, SUM))) {
          Cells.getAndAddGauge(row, TURNS, 1);
        }
        Cells.getAndAddGauge(row, SUM, QUARTER);
      }
    }

    /** After all rounds, the sum has just passed a multiple: the last turn was not counted yet. */
    @Arbiter
    public void look(Z_Result result) {
      result.r1 = Cells.readGaugeAcquire(row, TURNS) == ROUNDS - 1;
    }
  }

  /**
   * Loads the turns after the sum, and only once. Each latency is 2^62 ns. The result is whether
   * the sum is at most that of a later reader.
   */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "the sum is at most the later one")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the sum | record past a multiple, twice | load the turns: the sum is too high")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTurnRead {
    private final long[] row = new long[CELLS];

    @Actor
    public void record() {
      for (int i = 0; i < ROUNDS; i++) {
        long turns = Cells.readGaugeAcquire(row, TURNS);
        if (isBehind(turns, Cells.readGaugeAcquire(row, SUM))) {
          Cells.casGauge(row, TURNS, turns, turns + 1);
        }
        Cells.getAndAddGauge(row, SUM, QUARTER);
      }
    }

    @Actor
    public void read(Z_Result result) {
      result.r1 = true;
      for (int i = 0; i < ROUNDS; i++) {
        long sum = Cells.readGaugeAcquire(row, SUM);
        long turns = Cells.readGaugeAcquire(row, TURNS);
        result.r1 &= quarters(turns, sum) <= laterQuarters();
      }
    }

    private long laterQuarters() {
      while (true) {
        long turns = Cells.readGaugeAcquire(row, TURNS);
        long sum = Cells.readGaugeAcquire(row, SUM);
        if (Cells.readGaugeAcquire(row, TURNS) == turns) {
          return quarters(turns, sum);
        }
      }
    }

    private static long quarters(long turns, long sum) {
      return 2 * (isBehind(turns, sum) ? turns + 1 : turns) + (sum & QUARTER) / QUARTER;
    }
  }

  /** Reads once for the interval and once more for its end. */
  @JCStressTest
  @Outcome(id = "true", expect = ACCEPTABLE, desc = "each latency is in one interval")
  @Outcome(
      id = "false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read the interval | record | read its end: the latency is in no interval")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWindow {
    private final long[] row = new long[CELLS];
    private long inWindows;
    private long end;

    @Actor
    public void record() {
      for (int i = 0; i < ROUNDS; i++) {
        Cells.getAndAddGauge(row, BUCKET, 1);
      }
    }

    @Actor
    public void read() {
      for (int i = 0; i < ROUNDS; i++) {
        inWindows += Cells.readGaugeAcquire(row, BUCKET) - end;
        end = Cells.readGaugeAcquire(row, BUCKET);
      }
    }

    @Arbiter
    public void look(Z_Result result) {
      result.r1 = inWindows + (Cells.readGaugeAcquire(row, BUCKET) - end) == ROUNDS;
    }
  }
}
