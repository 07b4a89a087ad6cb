package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'DriftWithinMaximumRivals\.'
 *
 *   test                             samples    bad   verdict
 *   MutexSummary                     123,115      0   held
 *   SynchronizedSummary              123,115      0   held
 *   PlainAtomicsSummary              106,164     19   broken
 *   MutexTwoSamples                  438,291      0   held
 *   PlainAtomicsTwoSamples            54,964      0   held
 *   PooledResetBeforePutTwoSamples    70,324  3,430   broken
 *   PooledResetAfterGetTwoSamples     85,684  7,396   broken
 *   PooledResetBeforePutOtherClient   56,244     61   broken
 *   PooledResetAfterGetOtherClient   407,571     23   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link DriftWithinMaximum}. Each test names its
 * variant and the fault that shows.
 */
public final class DriftWithinMaximumRivals {
  private DriftWithinMaximumRivals() {}

  /**
   * Returns a client that is 10 s old. Its drift is the part of these 10 s that is not played yet.
   */
  private static Client tenSecondsOld(ClientContender rival) {
    ManualTimeSource clock = new ManualTimeSource();
    Client client = rival.create(1, Configs.at(clock));
    clock.advance(Duration.ofSeconds(10));
    return client;
  }

  private static void lookAt(Client rival, JJ_Result result) {
    result.r1 = rival.currentDrift().toSeconds();
    result.r2 = rival.maxDrift().toSeconds();
  }

  /**
   * {@code MutexClientStats}: both values change in one step, and the reader takes the lock for
   * each. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(DriftWithinMaximum.ShippedSummary.class)
  @State
  public static class MutexSummary {
    private final Client client = tenSecondsOld(ClientContender.MUTEX);

    @Actor
    public void record() {
      client.updateDrift(7_000_000);
      client.updateDrift(4_000_000);
    }

    @Actor
    public void read(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code SynchronizedClientStats}: both values change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(DriftWithinMaximum.ShippedSummary.class)
  @State
  public static class SynchronizedSummary {
    private final Client client = tenSecondsOld(ClientContender.SYNCHRONIZED);

    @Actor
    public void record() {
      client.updateDrift(7_000_000);
      client.updateDrift(4_000_000);
    }

    @Actor
    public void read(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: the drift is stored before the maximum is raised. Fault D1.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the first maximum")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "read drift | sample | read maximum")
  @Outcome(id = "0, 6", expect = ACCEPTABLE, desc = "read drift | both samples | read maximum")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "between the samples")
  @Outcome(
      id = "3, 6",
      expect = ACCEPTABLE,
      desc = "drift 3 | read drift | maximum 6 | read maximum")
  @Outcome(id = "6, 6", expect = ACCEPTABLE, desc = "after the second")
  @Outcome(
      id = {"3, 0", "6, 3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "D1: store the drift | read both | raise the maximum: the drift exceeds its maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsSummary {
    private final Client client = tenSecondsOld(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void record() {
      client.updateDrift(7_000_000);
      client.updateDrift(4_000_000);
    }

    @Actor
    public void read(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code MutexClientStats}: both values change in one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(DriftWithinMaximum.ShippedTwoSamples.class)
  @State
  public static class MutexTwoSamples {
    private final Client client = tenSecondsOld(ClientContender.MUTEX);

    @Actor
    public void three() {
      client.updateDrift(7_000_000);
    }

    @Actor
    public void six() {
      client.updateDrift(4_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PlainAtomicsClientStats}: a compare-and-set raises the maximum. No fault shows here. */
  @JCStressTest
  @JCStressMeta(DriftWithinMaximum.ShippedTwoSamples.class)
  @State
  public static class PlainAtomicsTwoSamples {
    private final Client client = tenSecondsOld(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void three() {
      client.updateDrift(7_000_000);
    }

    @Actor
    public void six() {
      client.updateDrift(4_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PooledClientStats}, reset before {@code Put}: the swap is unconditional. Fault C5. */
  @JCStressTest
  @Outcome(
      id = {"3, 6", "6, 6"},
      expect = ACCEPTABLE,
      desc = "either drift is the current one; the maximum is the greater drift")
  @Outcome(
      id = "3, 3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load | load | swap 6 | swap 3: the maximum falls and a sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutTwoSamples {
    private final Client client = tenSecondsOld(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void three() {
      client.updateDrift(7_000_000);
    }

    @Actor
    public void six() {
      client.updateDrift(4_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PooledClientStats}, reset after {@code Get}: the swap is unconditional. Fault C5. */
  @JCStressTest
  @JCStressMeta(PooledResetBeforePutTwoSamples.class)
  @State
  public static class PooledResetAfterGetTwoSamples {
    private final Client client = tenSecondsOld(ClientContender.POOLED_RESET_AFTER_GET);

    @Actor
    public void three() {
      client.updateDrift(7_000_000);
    }

    @Actor
    public void six() {
      client.updateDrift(4_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /**
   * {@code PooledClientStats}, reset before {@code Put}: a writer may still hold the state. Fault
   * C5.
   */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either drift is the current one; the maximum stays")
  @Outcome(
      id = "2, 8",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other client fills the state | "
          + "copy the foreign maximum")
  @Outcome(
      id = {"2, 2", "3, 3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear | copy the cleared maximum: the maximum falls")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutOtherClient {
    private final Client client = tenSecondsOld(ClientContender.POOLED_RESET_BEFORE_PUT);
    private final Client other = tenSecondsOld(ClientContender.POOLED_RESET_BEFORE_PUT);

    /** Creates a client whose maximum is 6 s. */
    public PooledResetBeforePutOtherClient() {
      client.updateDrift(4_000_000);
    }

    @Actor
    public void two() {
      client.updateDrift(8_000_000);
    }

    @Actor
    public void threeAndOther() {
      client.updateDrift(7_000_000);
      other.updateDrift(2_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /**
   * {@code PooledClientStats}, reset after {@code Get}: a writer may still hold the state. Fault
   * C5.
   */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either drift is the current one; the maximum stays")
  @Outcome(
      id = "2, 8",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other client fills the state | "
          + "copy the foreign maximum")
  @Outcome(
      id = {"2, 2", "3, 3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put, get, clear | copy the cleared maximum: "
          + "the maximum falls")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetOtherClient {
    private final Client client = tenSecondsOld(ClientContender.POOLED_RESET_AFTER_GET);
    private final Client other = tenSecondsOld(ClientContender.POOLED_RESET_AFTER_GET);

    /** Creates a client whose maximum is 6 s. */
    public PooledResetAfterGetOtherClient() {
      client.updateDrift(4_000_000);
    }

    @Actor
    public void two() {
      client.updateDrift(8_000_000);
    }

    @Actor
    public void threeAndOther() {
      client.updateDrift(7_000_000);
      other.updateDrift(2_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      lookAt(client, result);
    }
  }
}
