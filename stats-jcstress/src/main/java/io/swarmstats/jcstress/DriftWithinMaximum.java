package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'DriftWithinMaximum\.'
 *
 *   test                samples  bad   verdict
 *   ShippedSummary      208,711    0   held
 *   ShippedTwoSamples   153,524    0   held
 *   ShippedOtherClient  155,443    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * In every summary the current drift is at most the maximum drift, and the maximum is the greatest
 * drift that was offered (promise G4).
 *
 * <p>The promise rests on opposite orders. The writer raises the maximum before it sets the drift
 * (release). The reader loads the drift before the maximum (acquire). The raise is one atomic step.
 *
 * <p>The promise would fail if the writer or the reader took the other order, or if a raise could
 * overwrite a greater maximum. These are interleavings, which x86 shows. The processor must keep
 * the order of the accesses too. x86 always does, so no test can break this edge on x86.
 */
public final class DriftWithinMaximum {
  private DriftWithinMaximum() {}

  /** Takes a summary while another thread records two samples. */
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
      desc = "the drift exceeds its maximum")
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

  /** Records two samples at the same time. */
  @JCStressTest
  @Outcome(
      id = {"3, 6", "6, 6"},
      expect = ACCEPTABLE,
      desc = "either drift is the current one; the maximum is the greater drift")
  @Outcome(
      id = {"3, 3", "6, 3"},
      expect = FORBIDDEN,
      desc = "the greater value is lost")
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

  /** Records two samples below the maximum while another client gets a greater drift. */
  @JCStressTest
  @Outcome(
      id = {"2, 6", "3, 6"},
      expect = ACCEPTABLE,
      desc = "either drift is the current one; the maximum stays")
  @Outcome(
      id = ".*, 8",
      expect = FORBIDDEN,
      desc = "the client keeps the maximum of the other client")
  @Outcome(
      id = {"2, 2", "3, 2", "2, 3", "3, 3"},
      expect = FORBIDDEN,
      desc = "the maximum falls")
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
}
