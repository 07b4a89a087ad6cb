package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import io.swarmstats.latency.LatencyDigest;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.rivals.Latencies;
import io.swarmstats.rivals.MutexLatencyDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * No wall time is lost or counted twice, and whatever was recorded before a snapshot began is in it
 * (promise G14).
 *
 * <p>Rests on a sample being put into its slot and taken out of it in one atomic step each, and on
 * a stripe being added to the array in one. It would fail if a slot were looked at and then filled,
 * or read and then cleared, or if a stripe were stored over another. All are interleavings, which
 * x86 shows too.
 */
public final class WallTimes {
  private WallTimes() {}

  /** The samples after which the buffer is full: the first one makes the stripe. */
  private static final int FULL = 1 + 256;

  private static LatencyDigest digest(int samples) {
    LatencyDigest digest = new LatencyDigest(10); // the least there is, for quick states
    for (int i = 0; i < samples; i++) {
      digest.record(5);
    }
    return digest;
  }

  /** Two recorders, each of which adds the first stripe. */
  @JCStressTest
  @Outcome(id = "2, 1, 9", expect = ACCEPTABLE, desc = "both are there")
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

  /** Two recorders: one merges the full buffer; the other finds a free slot, or adds a stripe. */
  @JCStressTest
  @Outcome(id = "259, 1, 9", expect = ACCEPTABLE, desc = "all are there")
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

  /** A recorder looks for its own sample while another thread takes a snapshot; then a last one. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the other snapshot | record | snapshot")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "record | both snapshots")
  @Outcome(
      id = "0, .*",
      expect = FORBIDDEN,
      desc = "a sample that was recorded before a snapshot is not in it")
  @Outcome(
      id = {".*, 0", ".*, 2"},
      expect = FORBIDDEN,
      desc = "lost, or counted twice")
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

  /** A recorder whose buffer is full adds a stripe, if a snapshot has the lock. */
  @JCStressTest
  @Outcome(
      id = {"257, 259", "258, 259", "259, 259"},
      expect = ACCEPTABLE,
      desc = "the snapshot has none, one or both; none is lost")
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

  /** A t-digest behind a lock: two recorders; no buffer, so none is full. */
  @JCStressTest
  @Outcome(id = "259, 1, 9", expect = ACCEPTABLE, desc = "all are there")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLatencyDigestRecord {
    private final Latencies digest = new MutexLatencyDigest();

    /** Creates a digest with as many samples as fill a buffer of the library. */
    public MutexLatencyDigestRecord() {
      for (int i = 0; i < FULL; i++) {
        digest.record(5);
      }
    }

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

  /** A t-digest behind a lock: a recorder looks for its own sample while another thread reads. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the other count | record | count")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "record | both counts")
  @Outcome(
      id = {"0, .*", ".*, 0", ".*, 2"},
      expect = FORBIDDEN,
      desc = "not seen, lost, or counted twice")
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

  /** A slot is read and then cleared, instead of exchanged. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "clear | record")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "record | read")
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "read | record | clear: lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTake {
    private static final long EMPTY = 0;

    private final long[] slot = {EMPTY};

    @Actor
    public void record() {
      Cells.casGauge(slot, 0, EMPTY, 1);
    }

    @Actor
    public void take(JJ_Result result) {
      result.r1 = Cells.readGaugeVolatile(slot, 0);
      Cells.setGaugeVolatile(slot, 0, EMPTY);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.readGaugeVolatile(slot, 0);
    }
  }

  /** A sample is stored if its slot is seen empty, instead of a compare-and-set. */
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "one | nine: try another slot")
  @Outcome(id = "false, true, 9", expect = ACCEPTABLE, desc = "nine | one: try another slot")
  @Outcome(
      id = "true, true, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | store | store: a sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPut {
    private static final long EMPTY = 0;

    private final long[] slot = {EMPTY};

    @Actor
    public void one(ZZJ_Result result) {
      result.r1 = put(1);
    }

    @Actor
    public void nine(ZZJ_Result result) {
      result.r2 = put(9);
    }

    private boolean put(long sample) {
      if (Cells.readGaugeVolatile(slot, 0) != EMPTY) {
        return false;
      }
      Cells.setGaugeVolatile(slot, 0, sample);
      return true;
    }

    @Arbiter
    public void look(ZZJ_Result result) {
      result.r3 = Cells.readGaugeVolatile(slot, 0);
    }
  }

  /** A stripe is added by storing the longer array, whatever stands there by now. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a stripe is lost with its sample")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStripes {
    private final AtomicReference<long[]> stripes = new AtomicReference<>(new long[0]);

    @Actor
    public void one() {
      add();
    }

    @Actor
    public void nine() {
      add();
    }

    private void add() {
      long[] all = stripes.get();
      long[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = 1;
      stripes.set(more);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Arrays.stream(stripes.get()).sum();
    }
  }

  /** A writer that does not get the lock merges all the same. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "one after the other")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a merged sample is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLock {
    private final ReentrantLock lock = new ReentrantLock();
    private long merged;

    @Actor
    public void one() {
      merge();
    }

    @Actor
    public void nine() {
      merge();
    }

    private void merge() {
      boolean locked = lock.tryLock();
      merged++;
      if (locked) {
        lock.unlock();
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = merged;
    }
  }
}
