package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.Pipeline;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DJ_Result;
import org.openjdk.jcstress.infra.results.D_Result;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/*
 * Run: .ci/jcstress 'DroppedWithinRead\.'
 *
 *   test             samples  bad   verdict
 *   ShippedSnapshot  299,259    0   held
 *   ShippedRestart   219,579    0   held
 *   ShippedDropRate  112,564    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * In every snapshot the dropped lines are at most the read lines, in each stream and in total
 * (promise G6).
 *
 * <p>The promise rests on opposite orders. The writer raises the read lines before the dropped
 * lines. The reader loads the dropped lines before the read lines (acquire). A rejected raise ends
 * its call, because a rejected number is no bound.
 *
 * <p>The promise would fail if the writer or the reader took the other order, or if a call went on
 * after a rejection. These are interleavings, which x86 shows. The processor must keep the order of
 * the accesses too. x86 always does, so no test can break this edge on x86.
 */
public final class DroppedWithinRead {
  private DroppedWithinRead() {}

  /**
   * Takes a snapshot while a call drops all lines. The results are the lines of progress read and
   * dropped, then of stderr read and dropped.
   */
  @JCStressTest
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(
      id = {"2, 0, 1, 0", "2, 0, 2, 0"},
      expect = ACCEPTABLE,
      desc = "lines read | snapshot | lines dropped")
  @Outcome(
      id = "2, 2, 2, 0",
      expect = ACCEPTABLE,
      desc = "progress dropped | snapshot | stderr dropped")
  @Outcome(id = "2, 2, 2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"1, 2, .*", ".*, 1, 2"},
      expect = FORBIDDEN,
      desc = "more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client that has read a line of each stream. */
    public ShippedSnapshot() {
      stats.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      stats.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(JJJJ_Result result) {
      Pipeline pipeline = aggregator.aggregate().pipeline();
      result.r1 = pipeline.progress().read();
      result.r2 = pipeline.progress().dropped();
      result.r3 = pipeline.stderr().read();
      result.r4 = pipeline.stderr().dropped();
    }
  }

  /** Records lines while the run ends, so that the run may reject the second half of the call. */
  @JCStressTest
  @Outcome(id = "1.0, 0", expect = ACCEPTABLE, desc = "call | seal")
  @Outcome(
      id = "0.5, 1",
      expect = ACCEPTABLE,
      desc = "progress dropped | seal | stderr dropped: rejected")
  @Outcome(id = "0.0, 1", expect = ACCEPTABLE, desc = "seal | progress dropped: rejected")
  @Outcome(
      id = {"2.0, .*", "1\\.3.*"},
      expect = FORBIDDEN,
      desc = "more lines dropped than read")
  @Outcome(id = "1.0, 1", expect = FORBIDDEN, desc = "applied in full and rejected")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client that has read a line of each stream. */
    public ShippedRestart() {
      run.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      run.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Arbiter
    public void look(DJ_Result result) {
      result.r1 = stats.currentDropRate();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /** Reads the drop rate while a call drops all lines. */
  @JCStressTest
  @Outcome(id = "0.0", expect = ACCEPTABLE, desc = "before the dropped lines change")
  @Outcome(id = "0.5", expect = ACCEPTABLE, desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "1.0", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"2.0", "1\\.3.*"},
      expect = FORBIDDEN,
      desc = "more lines dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedDropRate {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client that has read a line of each stream. */
    public ShippedDropRate() {
      stats.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      stats.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(D_Result result) {
      result.r1 = stats.currentDropRate();
    }
  }
}
