package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.ClientContender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DZ_Result;

/*
 * Run: .ci/jcstress 'StallClockRivals\.'
 *
 *   test                           samples      bad   verdict
 *   MutexFirstSamples               84,404        0   held
 *   PlainAtomicsFirstSamples       130,020  130,020   broken
 *   MutexWhileSlow                 124,084        0   held
 *   SynchronizedWhileSlow          138,980        0   held
 *   PooledResetBeforePutWhileSlow   69,044        0   held
 *   PlainAtomicsWhileSlow           83,124    2,036   broken
 *   MutexWhileFast                  70,324        0   held
 *   PooledResetBeforePutWhileFast   95,924        0   held
 *   PlainAtomicsWhileFast           66,484    1,577   broken
 *   MutexSummary                   110,308        0   held
 *   PooledResetBeforePutSummary     61,683       11   broken
 *   PooledResetAfterGetSummary     132,321        0   not seen
 *   PlainAtomicsSummary            132,321    4,614   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link StallClock}. Each test names its variant
 * and the fault that shows.
 */
public final class StallClockRivals {
  private StallClockRivals() {}

  /** {@code MutexClientStats}: speed and clock change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedFirstSamples.class)
  @State
  public static class MutexFirstSamples {
    private final TimedRival rival = new TimedRival(ClientContender.MUTEX);

    @Actor
    public void slow() {
      rival.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: the clock starts only when the speed falls from a known speed.
   * Fault C1.
   */
  @JCStressTest
  @Outcome(
      id = {"0.4, true", "0.5, true"},
      expect = ACCEPTABLE,
      desc = "either speed is the current one, and the clock runs")
  @Outcome(
      id = {"0.4, false", "0.5, false"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C1: the previous speed is 0 or slow: slow, but never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsFirstSamples {
    private final TimedRival rival = new TimedRival(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void slow() {
      rival.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /** {@code MutexClientStats}: speed and clock change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedWhileSlow.class)
  @State
  public static class MutexWhileSlow {
    private final TimedRival rival = TimedRival.slow(ClientContender.MUTEX);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /** {@code SynchronizedClientStats}: speed and clock change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedWhileSlow.class)
  @State
  public static class SynchronizedWhileSlow {
    private final TimedRival rival = TimedRival.slow(ClientContender.SYNCHRONIZED);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /** {@code PooledClientStats}: one swap changes speed and clock. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedWhileSlow.class)
  @State
  public static class PooledResetBeforePutWhileSlow {
    private final TimedRival rival = TimedRival.slow(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: each writer moves the clock by the change that it saw. Fault
   * C2.
   */
  @JCStressTest
  @Outcome(id = "0.4, true", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(
      id = "0.4, false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C2: store 1.0 | store 0.4, set | clear: slow, but never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsWhileSlow {
    private final TimedRival rival = TimedRival.slow(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      rival.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /** {@code MutexClientStats}: speed and clock change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedWhileFast.class)
  @State
  public static class MutexWhileFast {
    private final TimedRival rival = TimedRival.fast(ClientContender.MUTEX);

    @Actor
    public void slow() {
      rival.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      rival.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /** {@code PooledClientStats}: one swap changes speed and clock. No fault shows here. */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedWhileFast.class)
  @State
  public static class PooledResetBeforePutWhileFast {
    private final TimedRival rival = TimedRival.fast(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void slow() {
      rival.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      rival.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: each writer moves the clock by the change that it saw. Faults
   * C2 and C3.
   */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1.2, false", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(
      id = "0.5, false",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C2: store 1.2 | store 0.5, set | clear: slow, but never stalled")
  @Outcome(
      id = "1.2, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C3: store 0.5 | store 1.2, clear | set: fast, and stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsWhileFast {
    private final TimedRival rival = TimedRival.fast(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void slow() {
      rival.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      rival.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      rival.lookLater(result);
    }
  }

  /**
   * {@code MutexClientStats}: the reader takes the lock for the speed, then for the clock. No fault
   * shows here.
   */
  @JCStressTest
  @JCStressMeta(StallClock.ShippedSummary.class)
  @State
  public static class MutexSummary {
    private final TimedRival rival = TimedRival.slowForSixSeconds(ClientContender.MUTEX);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      rival.look(result);
    }
  }

  /**
   * {@code PooledClientStats}, reset before {@code Put}: a reader may still hold the state. Fault
   * C5.
   */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0.5, false", expect = ACCEPTABLE, desc = "load speed | sample | load clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed is stored")
  @Outcome(
      id = "0.0, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear | read: no speed, although 0.5 was stored")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutSummary {
    private final TimedRival rival =
        TimedRival.slowForSixSeconds(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      rival.look(result);
    }
  }

  /**
   * {@code PooledClientStats}, reset after {@code Get}. Fault C5, which x86 may never show here,
   * because the state is filled again at once. {@link SegmentSizesRivals} shows the fault.
   */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0.5, false", expect = ACCEPTABLE, desc = "load speed | sample | load clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed is stored")
  @Outcome(
      id = "0.0, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put, get, clear | read: "
          + "no speed, although 0.5 was stored")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetSummary {
    private final TimedRival rival =
        TimedRival.slowForSixSeconds(ClientContender.POOLED_RESET_AFTER_GET);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      rival.look(result);
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: the reader decides by the clock alone, so the client is
   * stalled at full speed for a moment.
   */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0.5, false", expect = ACCEPTABLE, desc = "load speed | sample | load clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed is stored")
  @Outcome(
      id = "1.0, true",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store 1.0 | load both | clear: stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsSummary {
    private final TimedRival rival = TimedRival.slowForSixSeconds(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void fast() {
      rival.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      rival.look(result);
    }
  }
}
