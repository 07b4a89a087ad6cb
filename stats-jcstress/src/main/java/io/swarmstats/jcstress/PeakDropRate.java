package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.snapshot.ClientSummary;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;
import org.openjdk.jcstress.infra.results.D_Result;

/*
 * Run: .ci/jcstress 'PeakDropRate\.'
 *
 *   test               samples  bad   verdict
 *   ShippedTwoReports  117,476    0   held
 *   ShippedSummary     520,211    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * The peak drop rate is the greatest rate of any single call, never a mix of two calls. No summary
 * shows a drop rate above its peak (promise G5).
 *
 * <p>The promise rests on three steps. Each call computes the rate from its own arguments. One
 * atomic step raises the peak ({@link LostRaise}), before the lines. The reader loads the peak
 * after the lines.
 *
 * <p>The promise would fail if a call computed the rate from the stored numbers, or if the writer
 * or the reader took the other order. All failures are interleavings, which x86 shows too.
 */
public final class PeakDropRate {
  private PeakDropRate() {}

  /** Makes two calls whose mix would be a rate of 250. */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate stays")
  @Outcome(id = "0.01", expect = FORBIDDEN, desc = "the greater value is lost")
  @Outcome(
      id = "250.0",
      expect = FORBIDDEN,
      desc = "2000 dropped lines of one call over 8 read lines of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReports {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void few() {
      stats.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      stats.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = stats.peakDropRate();
    }
  }

  /**
   * Takes a summary while a call drops one line of four in each stream. The results are the drop
   * rate and its peak.
   */
  @JCStressTest
  @Outcome(id = "0.0, 0.0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(
      id = "0.0, 0.25",
      expect = ACCEPTABLE,
      desc = "peak | read | lines dropped, or load lines | report | load peak")
  @Outcome(
      id = "0.125, 0.25",
      expect = ACCEPTABLE,
      desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "0.25, 0.25", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = {"0.125, 0.0", "0.25, 0.0"},
      expect = FORBIDDEN,
      desc = "the drop rate exceeds its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void record() {
      stats.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void read(DD_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.dropRate();
      result.r2 = summary.peakDropRate();
    }
  }
}
