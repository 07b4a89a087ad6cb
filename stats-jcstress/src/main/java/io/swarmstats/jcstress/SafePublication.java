package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'SafePublication\.'
 *
 *   test           samples  bad   verdict
 *   ShippedClient  112,883    0   held
 *   ShippedRun     148,723    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * A thread that receives a client or the handle of a run through a data race sees the object
 * complete or not at all (promise G16).
 *
 * <p>The promise rests on final fields: everything that the object holds is reached through them
 * (Java Language Specification 17.5). The promise would fail if one of these fields were not final.
 *
 * <p>x86 keeps stores in order, so only the compiler can move the reference before the fields. The
 * barrier of G1, the default garbage collector, mostly prevents this move. The twin therefore shows
 * its fault seldom or never with the usual options, but always with {@code -jvmArgs
 * "-XX:+UseParallelGC -XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM
 * -XX:+StressGCM"}.
 */
public final class SafePublication {
  private SafePublication() {}

  /**
   * Passes a client through a data race. The results are its requests, and its bytes after an
   * update through the racy reference.
   */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "the reference is not visible yet")
  @Outcome(id = "0, 5", expect = ACCEPTABLE, desc = "the object is visible and complete")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedClient {
    private @Nullable ClientStats shared;

    @Actor
    public void publish() {
      shared = new ClientStats(1, Configs.STILL);
    }

    @Actor
    public void use(JJ_Result result) {
      ClientStats stats = shared;
      if (stats == null) {
        result.r1 = -1;
        result.r2 = -1;
      } else {
        result.r1 = stats.segmentRequests();
        stats.updateCurrentBytes(5);
        result.r2 = stats.totalBytes();
      }
    }
  }

  /**
   * Passes the handle of a run through a data race. The results are whether the run has ended, and
   * the total bytes after an update through the racy reference.
   */
  @JCStressTest
  @Outcome(id = "false, -1", expect = ACCEPTABLE, desc = "the reference is not visible yet")
  @Outcome(id = "false, 1005", expect = ACCEPTABLE, desc = "the object is visible and complete")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRun {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private @Nullable ProcessRun shared;

    /** Creates a client with 1000 bytes. */
    public ShippedRun() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void publish() {
      shared = stats.onProcessStart();
    }

    @Actor
    public void use(ZJ_Result result) {
      ProcessRun run = shared;
      if (run == null) {
        result.r2 = -1;
      } else {
        run.updateBytes(5);
        result.r1 = run.isEnded();
        result.r2 = stats.totalBytes();
      }
    }
  }
}
