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
 * Run: .ci/jcstress 'TotalBytes\.'
 *
 *   test            samples  bad   verdict
 *   ShippedRestart  228,367    0   held
 *   ShippedUpdate   228,607    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * The total bytes of a client never fall and never exceed what was reported, over any number of
 * restarts (promise G2).
 *
 * <p>The promise rests on two steps. One pointer moves from a run to the next run, whose base
 * already contains the ended run. The seal makes the ended run final before the restart folds it.
 *
 * <p>The promise would fail if the base and the bytes of the current run were two independent
 * words, or if an update could enter a run after its fold. Both failures are interleavings, which
 * x86 shows too.
 */
public final class TotalBytes {
  private TotalBytes() {}

  /**
   * Reads the total twice while another thread restarts the process and reports the first bytes of
   * the new run.
   */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = FORBIDDEN,
      desc = "the reader misses the ended run")
  @Outcome(
      id = {"2000, .*", ".*, 2000"},
      expect = FORBIDDEN,
      desc = "the reader counts the ended run twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client with 1000 bytes. */
    public ShippedRestart() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart().updateBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.totalBytes();
    }
  }

  /**
   * Updates a run while another thread ends it, then reads the total twice: after the update and at
   * the end.
   */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "seal | update: rejected")
  @Outcome(id = "1100, 1000", expect = FORBIDDEN, desc = "an update that a reader saw is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedUpdate {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client with 1000 bytes. */
    public ShippedUpdate() {
      run.updateBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Actor
    public void update(JJ_Result result) {
      run.updateBytes(1100);
      result.r1 = stats.totalBytes();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = stats.totalBytes();
    }
  }
}
