package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'DriftWithinMaximumTwins\.'
 *
 *   test                samples    bad   verdict
 *   WeakenedWriteOrder  150,381     68   caught
 *   WeakenedMaximum     448,531  1,470   caught
 *   WeakenedReadOrder   112,883      9   caught
 *   WeakenedRelease     182,637      0   x86 cannot show it
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link DriftWithinMaximum}. Each test names the edge or
 * the step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class DriftWithinMaximumTwins {
  private DriftWithinMaximumTwins() {}

  /** Reverses the order of the writer: the drift is set before the maximum is raised. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "read drift | sample | read maximum")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "set the drift | read both | raise the maximum: the drift exceeds its maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWriteOrder {
    private final long[] drift = new long[1];
    private final long[] maximum = new long[1];

    @Actor
    public void record() {
      Cells.setGaugeRelease(drift, 0, 3);
      Cells.raise(maximum, 0, 3);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Cells.readGaugeAcquire(drift, 0);
      result.r2 = Cells.readCounterAcquire(maximum, 0);
    }
  }

  /** Splits the raise into a comparison and a store. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "the greater drift stays")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "compare | compare | store 6 | store 3: the greater drift is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedMaximum {
    private final long[] maximum = new long[1];

    @Actor
    public void three() {
      raise(3);
    }

    @Actor
    public void six() {
      raise(6);
    }

    private void raise(long candidate) {
      if (Cells.readCounterAcquire(maximum, 0) < candidate) {
        Cells.setGaugeRelease(maximum, 0, candidate);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(maximum, 0);
    }
  }

  /** Reverses the order of the reader: the maximum is read before the drift. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "raise the maximum | read both | set the drift")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read maximum | sample | read drift: the drift exceeds its maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] drift = new long[1];
    private final long[] maximum = new long[1];

    @Actor
    public void record() {
      Cells.raise(maximum, 0, 3);
      Cells.setGaugeRelease(drift, 0, 3);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(maximum, 0);
      result.r1 = Cells.readGaugeAcquire(drift, 0);
    }
  }

  /** Removes release mode: opaque mode orders no other access. x86 cannot show it. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "raise the maximum | read both | set the drift")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "set the drift | read both | raise the maximum (not on x86): "
          + "the drift exceeds its maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRelease {
    private final AtomicLong drift = new AtomicLong();
    private final AtomicLong maximum = new AtomicLong();

    @Actor
    public void record() {
      maximum.setRelease(3);
      drift.setOpaque(3);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = drift.getAcquire();
      result.r2 = maximum.getAcquire();
    }
  }
}
