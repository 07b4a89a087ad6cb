package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'PeakDropRateTwins\.'
 *
 *   test                samples     bad   verdict
 *   WeakenedRate        448,531  11,865   caught
 *   WeakenedWriteOrder  149,299     148   caught
 *   WeakenedReadOrder   248,685     154   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link PeakDropRate}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class PeakDropRateTwins {
  private PeakDropRateTwins() {}

  /** Computes the rate from the stored numbers, not from the arguments of the call. */
  @JCStressTest
  @Outcome(id = "0.01", expect = ACCEPTABLE, desc = "the rate of one call")
  @Outcome(
      id = "500.0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store (2, 0, 2, 0) over the read lines | "
          + "dropped lines of one call over read lines of the other")
  @Outcome(
      id = {"250.0", "0\\.0[01].*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "another mix of the two calls")
  @Outcome(
      id = "0.0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "both rates are computed after the call without drops stored its numbers")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRate {
    private final AtomicLongArray lines = new AtomicLongArray(4);
    private final AtomicLong peak = new AtomicLong();

    @Actor
    public void few() {
      record(2, 0);
    }

    @Actor
    public void many() {
      record(100_000, 1000);
    }

    private void record(long read, long dropped) {
      lines.set(0, read);
      lines.set(1, dropped);
      lines.set(2, read);
      lines.set(3, dropped);
      double rate = (double) (lines.get(1) + lines.get(3)) / (lines.get(0) + lines.get(2));
      peak.accumulateAndGet(Double.doubleToRawLongBits(rate), Math::max);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = Double.longBitsToDouble(peak.get());
    }
  }

  /** Reverses the order of the writer: the peak is raised after the lines. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "load lines | report | load peak")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "raise lines | load both | raise peak: the drop rate exceeds its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWriteOrder {
    private final long[] dropped = new long[1];
    private final long[] peak = new long[1];

    @Actor
    public void record() {
      Cells.raise(dropped, 0, 1);
      Cells.raise(peak, 0, 1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(dropped, 0);
      result.r2 = Cells.readCounterAcquire(peak, 0);
    }
  }

  /** Reverses the order of the reader: the peak is read before the lines. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "raise peak | load both | raise lines")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load peak | report | load lines: the drop rate exceeds its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] dropped = new long[1];
    private final long[] peak = new long[1];

    @Actor
    public void record() {
      Cells.raise(peak, 0, 1);
      Cells.raise(dropped, 0, 1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(peak, 0);
      result.r1 = Cells.readCounterAcquire(dropped, 0);
    }
  }
}
