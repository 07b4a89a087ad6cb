package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.internal.Cells;
import java.util.function.LongConsumer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'SegmentSizes\.'
 *
 *   test                samples  bad   verdict
 *   ShippedFirstSizes   111,284    0   held
 *   ShippedClaims       120,244    0   held
 *   ShippedWrap         407,571    0   held
 *   ShippedRead         111,284    0   held
 *   ShippedOtherClient   57,524    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Up to 100 concurrent segment sizes are all kept, and no size is ever torn (promise G8).
 *
 * <p>The promise rests on two steps. An atomic increment claims a slot, and one store writes the
 * size.
 *
 * <p>The promise would fail if two writers could share a slot, because the index was read and then
 * written. This failure is an interleaving, which x86 shows too. Only a 32-bit machine can tear a
 * store of 64 bits.
 */
public final class SegmentSizes {
  private SegmentSizes() {}

  static void fillButOne(LongConsumer ring, long bytes) {
    for (int i = 1; i < ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
      ring.accept(bytes);
    }
  }

  /** Records the first two sizes of a client. Both threads try to make the row. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(
      id = {"0", "100", "300"},
      expect = FORBIDDEN,
      desc = "one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstSizes {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void small() {
      stats.recordSegmentSize(100);
    }

    @Actor
    public void large() {
      stats.recordSegmentSize(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = stats.averageSegmentSize();
    }
  }

  /** Claims two numbers from one counter. */
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "each thread has its own number")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "read | read: both threads have one number")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedClaims {
    private final long[] row = new long[1];

    @Actor
    public void one(JJ_Result result) {
      result.r1 = Cells.claim(row, 0);
    }

    @Actor
    public void other(JJ_Result result) {
      result.r2 = Cells.claim(row, 0);
    }
  }

  /** Records two sizes where the ring wraps: 98 of 100 old sizes stay. */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are kept, in the last slot and the first")
  @Outcome(
      id = {"201", "301"},
      expect = FORBIDDEN,
      desc = "one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWrap {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client with 99 sizes of 100 bytes. */
    public ShippedWrap() {
      fillButOne(stats::recordSegmentSize, 100);
    }

    @Actor
    public void first() {
      stats.recordSegmentSize(10_100);
    }

    @Actor
    public void second() {
      stats.recordSegmentSize(20_100);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = stats.averageSegmentSize();
    }
  }

  /** Reads the average while a size with bits in both halves is recorded. */
  @JCStressTest
  @Outcome(
      id = "0",
      expect = ACCEPTABLE,
      desc = "claim | read | write: the reader skips the claimed slot")
  @Outcome(id = "4294967297", expect = ACCEPTABLE, desc = "after the write")
  @Outcome(
      id = {"1", "4294967296"},
      expect = FORBIDDEN,
      desc = "torn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRead {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void record() {
      stats.recordSegmentSize(0x1_0000_0001L);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = stats.averageSegmentSize();
    }
  }

  /** Reads the average of a client while one thread records for this client and another one. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the sizes of the client")
  @Outcome(id = "0", expect = FORBIDDEN, desc = "no size, although 1000 was stored")
  @Outcome(id = "[1-5]\\d{3}", expect = FORBIDDEN, desc = "sizes of the other client")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedOtherClient {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ClientStats other = new ClientStats(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes and one with 99 sizes of 5000 bytes. */
    public ShippedOtherClient() {
      fillButOne(stats::recordSegmentSize, 1000);
      fillButOne(other::recordSegmentSize, 5000);
    }

    @Actor
    public void record() {
      stats.recordSegmentSize(1000);
      other.recordSegmentSize(5000);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = stats.averageSegmentSize();
    }
  }
}
