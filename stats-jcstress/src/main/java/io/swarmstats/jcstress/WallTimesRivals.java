package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Latencies;
import io.swarmstats.rivals.MutexLatencyDigest;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/*
 * Run: .ci/jcstress 'WallTimesRivals\.'
 *
 *   test                        samples  bad   verdict
 *   MutexLatencyDigestRecord     90,529    0   held
 *   MutexLatencyDigestSnapshot   82,337    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link WallTimes}. Each test names its variant
 * and the fault that shows.
 */
public final class WallTimesRivals {
  private WallTimesRivals() {}

  /**
   * {@code MutexLatencyDigest}, a t-digest behind a lock: two threads record. No fault shows here.
   */
  @JCStressTest
  @Outcome(id = "2, 1, 9", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(id = "1, .*", expect = FORBIDDEN, desc = "one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLatencyDigestRecord {
    private final Latencies digest = new MutexLatencyDigest();

    @Actor
    public void one() {
      digest.record(1);
    }

    @Actor
    public void nine() {
      digest.record(9);
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r1 = digest.count();
      result.r2 = digest.percentile(0).toNanos();
      result.r3 = digest.percentile(1).toNanos();
    }
  }

  /**
   * {@code MutexLatencyDigest}: a recorder looks for its latency while another thread reads. No
   * fault shows here.
   */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the other count | record | count")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "record | both counts")
  @Outcome(
      id = {"0, .*", ".*, 0", ".*, 2"},
      expect = FORBIDDEN,
      desc = "the latency is missed, lost or counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLatencyDigestSnapshot {
    private final Latencies digest = new MutexLatencyDigest();

    @Actor
    public void recordAndRead(JJJ_Result result) {
      digest.record(1);
      result.r1 = digest.count();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r2 = digest.count();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r3 = digest.count();
    }
  }
}
