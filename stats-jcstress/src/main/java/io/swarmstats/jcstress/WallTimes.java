package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.latency.LatencyDigest;
import io.swarmstats.latency.LatencySnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'WallTimes\.'
 *
 *   test                   samples  bad   verdict
 *   ShippedFirst            78,296    0   held
 *   ShippedFullBuffer        2,743    0   held
 *   ShippedSnapshot         59,757    0   held
 *   ShippedFullBufferRead   34,088    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-27.
 */
/**
 * No wall time is lost or counted twice, and a snapshot contains everything that was recorded
 * before the snapshot began (promise G14).
 *
 * <p>The promise rests on atomic steps. One step puts a sample into its slot, one step takes the
 * sample out, and one step adds a stripe to the array. A lock guards the merged samples.
 *
 * <p>The promise would fail if a writer looked at a slot and then filled it, if a reader read a
 * slot and then cleared it, or if a thread stored its stripe over another. All failures are
 * interleavings, which x86 shows too.
 */
public final class WallTimes {
  /** The number of samples that fill the buffer. The first sample makes the stripe. */
  static final int FULL = 1 + 256;

  private WallTimes() {}

  private static LatencyDigest digest(int samples) {
    LatencyDigest digest =
        new LatencyDigest(10); // the smallest compression, so that jcstress creates states quickly
    for (int i = 0; i < samples; i++) {
      digest.record(5);
    }
    return digest;
  }

  /** Records from two threads, each of which adds the first stripe. */
  @JCStressTest
  @Outcome(id = "2, 1, 9", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirst {
    private final LatencyDigest digest = digest(0);

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
      LatencySnapshot snapshot = digest.snapshot();
      result.r1 = snapshot.count();
      result.r2 = snapshot.min().toNanos();
      result.r3 = snapshot.max().toNanos();
    }
  }

  /**
   * Records from two threads when the buffer is full. One thread merges the buffer; the other finds
   * a free slot or adds a stripe.
   */
  @JCStressTest
  @Outcome(id = "259, 1, 9", expect = ACCEPTABLE, desc = "all samples are kept")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFullBuffer {
    private final LatencyDigest digest = digest(FULL);

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
      LatencySnapshot snapshot = digest.snapshot();
      result.r1 = snapshot.count();
      result.r2 = snapshot.min().toNanos();
      result.r3 = snapshot.max().toNanos();
    }
  }

  /**
   * Records a sample and looks for it while another thread takes a snapshot. A last snapshot
   * follows.
   */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the other snapshot | record | snapshot")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "record | both snapshots")
  @Outcome(
      id = "0, .*",
      expect = FORBIDDEN,
      desc = "the snapshot misses a sample that was recorded before it")
  @Outcome(
      id = {".*, 0", ".*, 2"},
      expect = FORBIDDEN,
      desc = "the sample is lost or counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final LatencyDigest digest = digest(0);

    @Actor
    public void recordAndRead(JJJ_Result result) {
      digest.record(1);
      result.r1 = digest.snapshot().count();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r2 = digest.snapshot().count();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r3 = digest.snapshot().count();
    }
  }

  /** Records when the buffer is full. If a snapshot holds the lock, the writer adds a stripe. */
  @JCStressTest
  @Outcome(
      id = {"257, 259", "258, 259", "259, 259"},
      expect = ACCEPTABLE,
      desc = "the snapshot has none, one or both; no sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFullBufferRead {
    private final LatencyDigest digest = digest(FULL);

    @Actor
    public void record() {
      digest.record(1);
      digest.record(9);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = digest.snapshot().count();
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = digest.snapshot().count();
    }
  }
}
