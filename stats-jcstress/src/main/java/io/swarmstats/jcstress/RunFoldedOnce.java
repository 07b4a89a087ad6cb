package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'RunFoldedOnce\.'
 *
 *   test               samples  bad   verdict
 *   ShippedTwoRuns     428,051    0   held
 *   ShippedLateWriter  101,348    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A run is folded once, however many threads restart the process, and a late writer of an ended run
 * changes nothing (promise G3).
 *
 * <p>The promise rests on two steps. A compare-and-set moves the pointer to the current run, and
 * expects exactly the run that was folded. The seal rejects late writers.
 *
 * <p>The promise would fail if a restart added to a total in place, if a restart stored the pointer
 * without a comparison, or if the ended run stayed unsealed. All failures are interleavings, which
 * x86 shows too.
 */
public final class RunFoldedOnce {
  private RunFoldedOnce() {}

  /** Restarts from two threads. Each thread reports through the handle of its own run. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = "1100, 1",
      expect = ACCEPTABLE,
      desc = "restart 10 | restart 100 | update 10: rejected")
  @Outcome(
      id = "1010, 1",
      expect = ACCEPTABLE,
      desc = "restart 100 | restart 10 | update 100: rejected")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = FORBIDDEN,
      desc = "a whole run is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRuns {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client with 1000 bytes. */
    public ShippedTwoRuns() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void first() {
      stats.onProcessStart().updateBytes(10);
    }

    @Actor
    public void second() {
      stats.onProcessStart().updateBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /** Updates a run while another thread ends it. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(id = "1000, 1", expect = ACCEPTABLE, desc = "seal | update: rejected")
  @Outcome(id = "1000, 0", expect = FORBIDDEN, desc = "accepted and lost")
  @Outcome(id = "2100, .*", expect = FORBIDDEN, desc = "the update lands in the next run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedLateWriter {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client with 1000 bytes. */
    public ShippedLateWriter() {
      run.updateBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Actor
    public void update() {
      run.updateBytes(1100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }
}
