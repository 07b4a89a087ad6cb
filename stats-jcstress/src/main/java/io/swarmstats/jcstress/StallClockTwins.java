package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DZ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'StallClockTwins\.'
 *
 *   test                samples    bad   verdict
 *   WeakenedSecondLook  509,971  2,445   caught
 *   WeakenedTotalOrder  438,291    284   caught
 *   WeakenedReader      208,749    240   caught
 *   WeakenedStart       530,451  7,827   caught
 *   WeakenedReread      293,044     16   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link StallClock}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class StallClockTwins {
  private StallClockTwins() {}

  /** Removes the second look at the speed, while the clock runs. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store fast | store slow | clear: slow, but never stalled")
  @Outcome(
      id = "1, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store slow | store and clear | set: fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSecondLook {
    private static final int SLOW = 0;
    private static final int FAST = 1;

    private final long[] speed = {SLOW};
    private final long[] clock = {1};

    @Actor
    public void fast() {
      Cells.setGaugeVolatile(speed, 0, FAST);
      Cells.setGaugeVolatile(clock, 0, 0);
    }

    @Actor
    public void slow() {
      Cells.setGaugeVolatile(speed, 0, SLOW);
      if (Cells.readGaugeVolatile(clock, 0) == 0) {
        Cells.casGauge(clock, 0, 0, 1);
      }
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(speed, 0);
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /**
   * Replaces volatile mode by release and acquire: the look at the other cell can pass the store.
   */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "slow loads the clock before the clear of fast is visible: slow, but never stalled")
  @Outcome(
      id = "1, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fast loads the clock before the start of slow is visible (not on x86): "
          + "fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTotalOrder {
    private static final int SLOW = 0;
    private static final int FAST = 1;

    private final long[] speed = {SLOW};
    private final long[] clock = {1};

    @Actor
    public void fast() {
      record(FAST);
    }

    @Actor
    public void slow() {
      record(SLOW);
    }

    private void record(long value) {
      Cells.setGaugeRelease(speed, 0, value);
      long seen = value;
      long stored;
      do {
        stored = seen;
        if (stored == FAST) {
          if (Cells.readGaugeAcquire(clock, 0) != 0) {
            Cells.setGaugeRelease(clock, 0, 0);
          }
        } else if (Cells.readGaugeAcquire(clock, 0) == 0) {
          Cells.casGauge(clock, 0, 0, 1);
        }
        seen = Cells.readGaugeAcquire(speed, 0);
      } while (seen != stored);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(speed, 0);
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /** Decides by the clock alone, and reads the clock before the speed. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the clock is cleared")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the clock | sample | load the speed: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReader {
    private volatile double speed = 0.5;
    private volatile boolean clockRuns = true;

    @Actor
    public void fast() {
      speed = 1.0;
      clockRuns = false;
    }

    @Actor
    public void read(DZ_Result result) {
      result.r2 = clockRuns;
      result.r1 = speed;
    }
  }

  /**
   * Removes the compare-and-set: two slow samples, at times 1 and 2, start the clock by a store.
   */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "the clock runs from its start")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | start at 1 | read | start at 2: a running clock moves")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStart {
    private final long[] clock = {-1};

    @Actor
    public void atOne(JJ_Result result) {
      start(1);
      result.r1 = Cells.readGaugeVolatile(clock, 0);
    }

    @Actor
    public void atTwo() {
      start(2);
    }

    private void start(long now) {
      if (Cells.readGaugeVolatile(clock, 0) == -1) {
        Cells.setGaugeVolatile(clock, 0, now);
      }
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.readGaugeVolatile(clock, 0);
    }
  }

  /** Reads the speed a second time for the decision. */
  @JCStressTest
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE,
      desc = "store the speed | read | start the clock")
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the speed | sample | load both: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReread {
    private volatile double speed = 1.0;
    private volatile boolean clockRuns;

    @Actor
    public void slow() {
      speed = 0.5;
      clockRuns = true;
    }

    @Actor
    public void read(DZ_Result result) {
      result.r1 = speed;
      result.r2 = speed < 0.9 && clockRuns;
    }
  }
}
