package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.LatencyDigest;
import io.swarmstats.LatencySnapshot;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Latencies;
import io.swarmstats.rivals.MutexLatencyDigest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/**
 * No wall time is lost or counted twice, and whatever was recorded before a snapshot began is in it
 * (promise G14).
 *
 * <p>Rests on a sample being put into its slot and taken out of it in one atomic step each, on a
 * new buffer taking the place of the full one together with its link to it, and on the slots of a
 * buffer that was handed over being sealed as they are taken. It would fail if a slot were read and
 * then cleared, or if a buffer left the chain unsealed. Both are interleavings, which x86 shows
 * too.
 *
 * <p>Two threads share a buffer if their ids are equal modulo the number of stripes. jcstress gives
 * its two actors neighbouring ids, so they share one only with {@code -jvmArgs
 * -XX:ActiveProcessorCount=1}, which makes a single stripe.
 */
public final class WallTimes {
  private WallTimes() {}

  /** The samples that fill one buffer. */
  private static final int BUFFER = 256;

  private static LatencyDigest digest(int samples) {
    LatencyDigest digest = new LatencyDigest(10); // the least there is, for quick states
    for (int i = 0; i < samples; i++) {
      digest.record(5);
    }
    return digest;
  }

  /** Two recorders, one of which may find its buffer full. */
  @JCStressTest
  @Outcome(id = "258, 1, 9", expect = ACCEPTABLE, desc = "all are there")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFullBuffer {
    private final LatencyDigest digest = digest(BUFFER);

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

  /** A recorder whose buffer is full hands it over while a snapshot has the lock. */
  @JCStressTest
  @Outcome(
      id = {"256, 258", "257, 258", "258, 258"},
      expect = ACCEPTABLE,
      desc = "the snapshot has none, one or both; none is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedHandOver {
    private final LatencyDigest digest = digest(BUFFER);

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
  @Outcome(id = "258, 1, 9", expect = ACCEPTABLE, desc = "all are there")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLatencyDigestRecord {
    private final Latencies digest = new MutexLatencyDigest();

    /** Creates a digest with as many samples as fill a buffer of the library. */
    public MutexLatencyDigestRecord() {
      for (int i = 0; i < BUFFER; i++) {
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
      Cells.compareAndSet(slot, 0, EMPTY, 1);
    }

    @Actor
    public void take(JJ_Result result) {
      result.r1 = Cells.getVolatile(slot, 0);
      Cells.setVolatile(slot, 0, EMPTY);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.getVolatile(slot, 0);
    }
  }

  /** A buffer leaves the chain without a seal on the slots that were empty. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "record | take")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "hand over | record: into the new buffer")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the buffer | hand over | take | record: into a buffer that no one reads")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedHandOver {
    private static final long EMPTY = 0;

    private final AtomicReference<long[]> current = new AtomicReference<>(new long[] {EMPTY});

    @Actor
    public void record() {
      Cells.compareAndSet(current.get(), 0, EMPTY, 1);
    }

    @Actor
    public void handOverAndTake(JJ_Result result) {
      long[] older = current.getAndSet(new long[] {EMPTY});
      result.r1 = Cells.getAndSet(older, 0, EMPTY);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Cells.getVolatile(current.get(), 0);
    }
  }

  /** A new buffer is stored in the stripe, whatever stands there by now: samples in the chain. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a buffer is lost with its sample")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedHead {
    private final AtomicReference<@Nullable Buffer> head = new AtomicReference<>();

    @Actor
    public void one() {
      handOver();
    }

    @Actor
    public void nine() {
      handOver();
    }

    private void handOver() {
      Buffer next = new Buffer(1);
      next.older = head.get();
      head.set(next);
    }

    @Arbiter
    public void look(J_Result result) {
      for (Buffer buffer = head.get(); buffer != null; buffer = buffer.older) {
        result.r1 += buffer.samples;
      }
    }
  }

  /** The new buffer takes its place and is then linked to the full one, which has 256 samples. */
  @JCStressTest
  @Outcome(id = "256", expect = ACCEPTABLE, desc = "before the new buffer")
  @Outcome(id = "257", expect = ACCEPTABLE, desc = "after it was linked")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store | read | link: the samples of the full buffer are out of reach")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLink {
    private final Buffer full = new Buffer(BUFFER);
    private final AtomicReference<Buffer> head = new AtomicReference<>(full);

    @Actor
    public void handOver() {
      Buffer next = new Buffer(1);
      head.set(next);
      next.older = full;
    }

    @Actor
    public void read(J_Result result) {
      Buffer current = head.get();
      Buffer older = current.older;
      result.r1 = current.samples + (older == null ? 0 : older.samples);
    }
  }

  /** A sample is stored if its slot is seen empty, instead of a compare-and-set. */
  @JCStressTest
  @Outcome(id = "true, 7", expect = ACCEPTABLE, desc = "record | seal and take")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "seal | record: try another buffer")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | seal and take | store: into a buffer that no one reads")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPut {
    private static final long EMPTY = 0;
    private static final long SEALED = 1;

    private final long[] slot = {EMPTY};

    @Actor
    public void record(ZJ_Result result) {
      result.r1 = Cells.getVolatile(slot, 0) == EMPTY;
      if (result.r1) {
        Cells.setVolatile(slot, 0, 7);
      }
    }

    @Actor
    public void take(ZJ_Result result) {
      result.r2 = Cells.getAndSet(slot, 0, SEALED);
    }
  }

  /** A buffer of the twins: how many samples it has, and the link. */
  private static final class Buffer {
    final long samples;
    volatile @Nullable Buffer older;

    Buffer(long samples) {
      this.samples = samples;
    }
  }
}
