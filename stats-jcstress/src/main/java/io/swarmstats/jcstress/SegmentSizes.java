package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of up to a hundred concurrent segment sizes none is lost, and no size is ever torn (promise G8).
 *
 * <p>Rests on a slot being claimed by an atomic increment, and on a size being written in one
 * store. It would fail if the index were read and written, so that two writers could share a slot:
 * an interleaving, which x86 shows too. A torn store of 64 bits takes a machine of 32.
 */
public final class SegmentSizes {
  private SegmentSizes() {}

  /** The first two sizes of a client, which also race to make its row. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = {"0", "100", "300"},
      expect = FORBIDDEN,
      desc = "one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstSizes {
    private final ClientStats stats = new ClientStats(1, ManualClock.STILL);

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

  /** Two sizes where the ring wraps: 98 of 100 stay, and both of the new ones are there. */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are there, in the last slot and the first")
  @Outcome(
      id = {"201", "301"},
      expect = FORBIDDEN,
      desc = "one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedWrap {
    private final ClientStats stats = new ClientStats(1, ManualClock.STILL);

    /** Creates a client with 99 sizes of 100 bytes. */
    public ShippedWrap() {
      for (int i = 1; i < ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
        stats.recordSegmentSize(100);
      }
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

  /** A read against a size with bits in both halves. */
  @JCStressTest
  @Outcome(
      id = "0",
      expect = ACCEPTABLE,
      desc = "claim | read | write: a claimed slot is passed over")
  @Outcome(id = "4294967297", expect = ACCEPTABLE, desc = "after the write")
  @Outcome(
      id = {"1", "4294967296"},
      expect = FORBIDDEN,
      desc = "torn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRead {
    private final ClientStats stats = new ClientStats(1, ManualClock.STILL);

    @Actor
    public void record() {
      stats.recordSegmentSize(0x1_0000_0001L);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = stats.averageSegmentSize();
    }
  }

  /** The index is read and written instead of incremented, as in the documents' atomics. */
  @JCStressTest
  @Outcome(
      id = {"100, 300", "300, 100"},
      expect = ACCEPTABLE,
      desc = "both are there")
  @Outcome(
      id = {"100, 0", "300, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | read: both write one slot, and one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedIndex {
    private final AtomicLong index = new AtomicLong();
    private final AtomicLongArray slots = new AtomicLongArray(2);

    @Actor
    public void small() {
      record(100);
    }

    @Actor
    public void large() {
      record(300);
    }

    private void record(long bytes) {
      long slot = index.get();
      slots.set((int) slot, bytes);
      index.set(slot + 1);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = slots.get(0);
      result.r2 = slots.get(1);
    }
  }
}
