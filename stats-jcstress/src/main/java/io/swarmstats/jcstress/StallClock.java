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
import org.openjdk.jcstress.infra.results.DZ_Result;

/*
 * Run: .ci/jcstress 'StallClock\.'
 *
 *   test                 samples  bad   verdict
 *   ShippedFirstSamples  111,284    0   held
 *   ShippedWhileSlow      76,724    0   held
 *   ShippedWhileFast     444,497    0   held
 *   ShippedSummary       338,001    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A stalled client has a speed below the threshold in the same summary. Once all writers are quiet,
 * the stall clock runs exactly if the speed is below the threshold (promise G7).
 *
 * <p>The promise rests on three rules. Each writer looks at the stored speed again after it has
 * changed the clock. Speed and clock are volatile, because only volatile mode orders a store before
 * a later load. The reader decides by the speed that it read.
 *
 * <p>The promise would fail if a writer left out the second look; the failure is an interleaving.
 * The promise would also fail if the look could pass the store. x86 does this one reordering, so
 * both failures show on x86.
 *
 * <p>Each test with two writers ends with a check of the clock. Six seconds pass, and the stall
 * duration is five seconds. The client is then stalled exactly if its clock was already running.
 */
public final class StallClock {
  private StallClock() {}

  private static boolean clockRan(ClientStats stats, ManualTimeSource clock) {
    clock.advance(Duration.ofSeconds(6));
    stats.updateSpeed(0.5); // starts the clock unless it runs
    return stats.isStalled();
  }

  /** Records the first two samples, both slow. */
  @JCStressTest
  @Outcome(
      id = {"0.4, true", "0.5, true"},
      expect = ACCEPTABLE,
      desc = "either speed is the current one, and the clock runs")
  @Outcome(
      id = {"0.4, false", "0.5, false"},
      expect = FORBIDDEN,
      desc = "slow, but never stalled")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstSamples {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    @Actor
    public void slow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void slower() {
      stats.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** Records a fast and a slow sample while the clock runs. */
  @JCStressTest
  @Outcome(id = "0.4, true", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(
      id = "0.4, false",
      expect = FORBIDDEN,
      desc = "store 1.0 | store 0.4 | clear: slow, but never stalled")
  @Outcome(id = "1.0, true", expect = FORBIDDEN, desc = "fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWhileSlow {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a slow client whose clock runs. */
    public ShippedWhileSlow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      stats.updateSpeed(0.4);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** Records a slow and a fast sample while the clock does not run. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "slow comes last; the clock runs")
  @Outcome(id = "1.2, false", expect = ACCEPTABLE, desc = "fast comes last; no clock runs")
  @Outcome(id = "0.5, false", expect = FORBIDDEN, desc = "slow, but never stalled")
  @Outcome(
      id = "1.2, true",
      expect = FORBIDDEN,
      desc = "store 0.5 | store 1.2 | set: fast, and the clock runs")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWhileFast {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a fast client whose clock does not run. */
    public ShippedWhileFast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void slow() {
      stats.updateSpeed(0.5);
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.2);
    }

    @Arbiter
    public void look(DZ_Result result) {
      result.r1 = stats.speed();
      result.r2 = clockRan(stats, clock);
    }
  }

  /** Takes a summary of a stalled client while another thread records a fast sample. */
  @JCStressTest
  @Outcome(id = "0.5, true", expect = ACCEPTABLE, desc = "before the sample")
  @Outcome(id = "0.5, false", expect = ACCEPTABLE, desc = "load speed | sample | load clock")
  @Outcome(id = "1.0, false", expect = ACCEPTABLE, desc = "after the speed is stored")
  @Outcome(id = "1.0, true", expect = FORBIDDEN, desc = "stalled at full speed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final ClientStats stats = new ClientStats(1, Configs.at(clock));

    /** Creates a client that has been slow for six seconds. */
    public ShippedSummary() {
      stats.updateSpeed(0.5);
      clock.advance(Duration.ofSeconds(6));
    }

    @Actor
    public void fast() {
      stats.updateSpeed(1.0);
    }

    @Actor
    public void read(DZ_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.speed();
      result.r2 = summary.stalled();
    }
  }
}
