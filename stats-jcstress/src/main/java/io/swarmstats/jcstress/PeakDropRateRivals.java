package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;

/*
 * Run: .ci/jcstress 'PeakDropRateRivals\.'
 *
 *   test                    samples     bad   verdict
 *   MutexTwoReports         209,761   5,471   broken
 *   SynchronizedTwoReports  217,885   4,652   broken
 *   PlainAtomicsTwoReports  111,284  20,860   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link PeakDropRate}. Each test names its
 * variant and the fault that shows.
 */
public final class PeakDropRateRivals {
  private PeakDropRateRivals() {}

  /**
   * {@code MutexClientStats}: the mutex guards the peak, but not the four numbers behind the rate.
   * Fault E1.
   */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate stays")
  @Outcome(
      id = {"250.0", "125.125"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: dropped lines of one call over read lines of the other: the peak stays above 1")
  @Outcome(
      id = {"0\\.0.*", ".*E-.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: computed after the other call stored its numbers: the greater rate is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexTwoReports {
    private final Client client = ClientContender.MUTEX.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }

  /** {@code SynchronizedClientStats}: as the mutex variant. Fault E1. */
  @JCStressTest
  @JCStressMeta(MutexTwoReports.class)
  @State
  public static class SynchronizedTwoReports {
    private final Client client = ClientContender.SYNCHRONIZED.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: a compare-and-set raises the peak to a rate of the same four
   * numbers. {@code PooledClientStats} shares this code. Fault E1.
   */
  @JCStressTest
  @JCStressMeta(MutexTwoReports.class)
  @State
  public static class PlainAtomicsTwoReports {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }
}
