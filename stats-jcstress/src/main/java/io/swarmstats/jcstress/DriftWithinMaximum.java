package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * In every summary the current drift is at most the maximum, and the maximum is the greatest drift
 * that was offered (promise G4).
 *
 * <p>Rests on the writer raising the maximum (release) before it sets the drift (release), on the
 * reader loading the drift (acquire) before the maximum (acquire), and on the raise being one
 * atomic step. The orders of the accesses in the program are interleavings, which x86 shows when
 * they are swapped; that the machine keeps them is an edge that x86 cannot fail.
 */
public final class DriftWithinMaximum {
  private DriftWithinMaximum() {}

  /** Returns a client that was made 10 s ago: its drift is what it has not played of these. */
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

  /** A summary against two samples. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the first maximum")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "maximum 3 | read | drift 3")
  @Outcome(id = "0, 6", expect = ACCEPTABLE, desc = "read drift | both samples | read maximum")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "between the samples")
  @Outcome(
      id = "3, 6",
      expect = ACCEPTABLE,
      desc = "drift 3 | read drift | maximum 6 | read maximum")
  @Outcome(id = "6, 6", expect = ACCEPTABLE, desc = "after the second")
  @Outcome(
      id = {"3, 0", "6, 0", "6, 3"},
      expect = FORBIDDEN,
      desc = "the drift is above its maximum")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a client whose run began 10 s ago. */
    public ShippedSummary() {
      clock.advance(Duration.ofSeconds(10));
    }

    @Actor
    public void record() {
      stats.updateDrift(7_000_000);
      stats.updateDrift(4_000_000);
    }

    @Actor
    public void read(JJ_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.currentDrift().toSeconds();
      result.r2 = summary.maxDrift().toSeconds();
    }
  }

  /** Two samples at once. */
  @JCStressTest
  @Outcome(
      id = {"3, 6", "6, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum is the greater")
  @Outcome(
      id = {"3, 3", "6, 3"},
      expect = FORBIDDEN,
      desc = "the greater is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoSamples {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a client whose run began 10 s ago. */
    public ShippedTwoSamples() {
      clock.advance(Duration.ofSeconds(10));
    }

    @Actor
    public void three() {
      stats.updateDrift(7_000_000);
    }

    @Actor
    public void six() {
      stats.updateDrift(4_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = stats.currentDrift().toSeconds();
      result.r2 = stats.maxDrift().toSeconds();
    }
  }

  /** Two samples below the maximum, while another client gets a greater one. */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum stays")
  @Outcome(id = ".*, 8", expect = FORBIDDEN, desc = "the maximum of the other client, for ever")
  @Outcome(
      id = {"2, 2", "3, 2", "2, 3", "3, 3"},
      expect = FORBIDDEN,
      desc = "the maximum goes down")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedOtherClient {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));
    private final ClientStats other = new ClientStats(2, Configs.at(clock));

    /** Creates a client whose maximum is 6 s. */
    public ShippedOtherClient() {
      clock.advance(Duration.ofSeconds(10));
      stats.updateDrift(4_000_000);
    }

    @Actor
    public void two() {
      stats.updateDrift(8_000_000);
    }

    @Actor
    public void threeAndOther() {
      stats.updateDrift(7_000_000);
      other.updateDrift(2_000_000);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = stats.currentDrift().toSeconds();
      result.r2 = stats.maxDrift().toSeconds();
    }
  }

  /** The documents' mutex: both change in one step, and the reader takes the lock for each. */
  @JCStressTest
  @JCStressMeta(ShippedSummary.class)
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

  /** The same with {@code synchronized}. */
  @JCStressTest
  @JCStressMeta(ShippedSummary.class)
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

  /** The documents' atomics: the drift is stored before the maximum is raised. */
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
      desc = "D1: store the drift | read both | raise the maximum: the drift is above it")
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

  /** The documents' mutex. */
  @JCStressTest
  @JCStressMeta(ShippedTwoSamples.class)
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

  /** The documents' atomics: the maximum is raised by compare-and-set. */
  @JCStressTest
  @JCStressMeta(ShippedTwoSamples.class)
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

  /** The documents' pooled state, cleared before it is put: the swap is not conditional. */
  @JCStressTest
  @Outcome(
      id = {"3, 6", "6, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum is the greater")
  @Outcome(
      id = "3, 3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load | load | swap 6 | swap 3: the maximum goes down, and a sample vanishes")
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

  /** The documents' pooled state, cleared after the get: the swap is not conditional. */
  @JCStressTest
  @Outcome(
      id = {"3, 6", "6, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum is the greater")
  @Outcome(
      id = "3, 3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load | load | swap 6 | swap 3: the maximum goes down, and a sample vanishes")
  @Outcome(expect = FORBIDDEN)
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

  /** The documents' pooled state, cleared before it is put: a writer may still hold it. */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum stays")
  @Outcome(
      id = "2, 8",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other fills it | take its maximum: latched")
  @Outcome(
      id = {"2, 2", "3, 3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear | take its maximum: it goes down")
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

  /** The documents' pooled state, cleared after the get: a writer may still hold it. */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either is the current one, and the maximum stays")
  @Outcome(
      id = "2, 8",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other fills it | take its maximum: latched")
  @Outcome(
      id = {"2, 2", "3, 3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put, get, clear | take its maximum: it goes down")
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

  /** The drift is set before the maximum is raised. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "read drift | sample | read maximum")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "drift | read | maximum: the drift is above its maximum")
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

  /** The maximum is compared and then stored, in two steps instead of one. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "the greater")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "compare | compare | store 6 | store 3: the greater is lost")
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

  /** The maximum is read before the drift. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "maximum | read | drift")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read maximum | sample | read drift: the drift is above its maximum")
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

  /** The drift is set in opaque mode, which orders nothing else. x86 cannot show it. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "maximum | read | drift")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the sample")
  @Outcome(
      id = "3, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "the drift came out first (not on x86): it is above its maximum")
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
