package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.AtomicSlotsSegmentSizes;
import io.swarmstats.rivals.CasIndexSegmentSizes;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.PlainSlotsSegmentSizes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
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

  private static void fillButOne(LongConsumer ring, long bytes) {
    for (int i = 1; i < ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
      ring.accept(bytes);
    }
  }

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

  /** Two claims of one counter. */
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "each has a number of its own")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "read | read: both have one number")
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
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

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

  /** A read while another client is written too, by the same thread. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the client's own sizes")
  @Outcome(id = "0", expect = FORBIDDEN, desc = "nothing, where 1000 was stored")
  @Outcome(id = "[1-5]\\d{3}", expect = FORBIDDEN, desc = "sizes of the other client")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedOtherClient {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ClientStats other = new ClientStats(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes, and one with as many of 5000. */
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

  /** The documents' mutex. */
  @JCStressTest
  @JCStressMeta(ShippedFirstSizes.class)
  @State
  public static class MutexFirstSizes {
    private final Client client = ClientContender.MUTEX.create(1, Configs.STILL);

    @Actor
    public void small() {
      client.recordSegmentSize(100);
    }

    @Actor
    public void large() {
      client.recordSegmentSize(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** The same with {@code synchronized}. */
  @JCStressTest
  @JCStressMeta(ShippedFirstSizes.class)
  @State
  public static class SynchronizedFirstSizes {
    private final Client client = ClientContender.SYNCHRONIZED.create(1, Configs.STILL);

    @Actor
    public void small() {
      client.recordSegmentSize(100);
    }

    @Actor
    public void large() {
      client.recordSegmentSize(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** The documents' pooled ring, cleared before it is put: the swap is not conditional. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = {"100", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy | copy | swap | swap: one size vanishes")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutFirstSizes {
    private final Client client = ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.STILL);

    @Actor
    public void small() {
      client.recordSegmentSize(100);
    }

    @Actor
    public void large() {
      client.recordSegmentSize(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** The documents' pooled ring, cleared after the get: the swap is not conditional. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = {"100", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy | copy | swap | swap: one size vanishes")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetFirstSizes {
    private final Client client = ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.STILL);

    @Actor
    public void small() {
      client.recordSegmentSize(100);
    }

    @Actor
    public void large() {
      client.recordSegmentSize(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** Option A of the documents: an atomic index, loaded and stored, over plain slots. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = {"100", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "F1: load | load | store | store: both write one slot, and one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainSlotsFirstSizes {
    private final PlainSlotsSegmentSizes sizes = new PlainSlotsSegmentSizes();

    @Actor
    public void small() {
      sizes.record(100);
    }

    @Actor
    public void large() {
      sizes.record(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = sizes.average();
    }
  }

  /** Option B of the documents: the same index over atomic slots. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are there")
  @Outcome(
      id = {"100", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "F1: load | load | store | store: both write one slot, and one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AtomicSlotsFirstSizes {
    private final AtomicSlotsSegmentSizes sizes = new AtomicSlotsSegmentSizes();

    @Actor
    public void small() {
      sizes.record(100);
    }

    @Actor
    public void large() {
      sizes.record(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = sizes.average();
    }
  }

  /** Option C of the documents: the index is moved by compare-and-set. */
  @JCStressTest
  @JCStressMeta(ShippedFirstSizes.class)
  @State
  public static class CasIndexFirstSizes {
    private final CasIndexSegmentSizes sizes = new CasIndexSegmentSizes();

    @Actor
    public void small() {
      sizes.record(100);
    }

    @Actor
    public void large() {
      sizes.record(300);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = sizes.average();
    }
  }

  /** The documents' pooled ring, cleared before it is put: a writer may still copy it. */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are there, in the last slot and the first")
  @Outcome(
      id = {"200", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy | copy | swap | swap: one size vanishes")
  @Outcome(
      id = "\\d+",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy half | swap, clear | copy the rest: older sizes vanish too")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutWrap {
    private final Client client = ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.STILL);

    /** Creates a ring with 99 sizes of 100 bytes. */
    public PooledResetBeforePutWrap() {
      fillButOne(client::recordSegmentSize, 100);
    }

    @Actor
    public void first() {
      client.recordSegmentSize(10_100);
    }

    @Actor
    public void second() {
      client.recordSegmentSize(20_100);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** The documents' pooled ring, cleared before it is put: a reader may still hold it. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the client's own sizes")
  @Outcome(
      id = {"0", "[1-5]\\d{3}"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear, put | the other gets it | read: its sizes, or none")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutOtherClient {
    private final Client client = ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.STILL);
    private final Client other = ClientContender.POOLED_RESET_BEFORE_PUT.create(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes, and one with as many of 5000. */
    public PooledResetBeforePutOtherClient() {
      fillButOne(client::recordSegmentSize, 1000);
      fillButOne(other::recordSegmentSize, 5000);
    }

    @Actor
    public void record() {
      client.recordSegmentSize(1000);
      other.recordSegmentSize(5000);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** The documents' pooled ring, cleared after the get: a reader may still hold it. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the client's own sizes")
  @Outcome(
      id = {"0", "[1-5]\\d{3}"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other gets it | read: its sizes, or none")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetOtherClient {
    private final Client client = ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.STILL);
    private final Client other = ClientContender.POOLED_RESET_AFTER_GET.create(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes, and one with as many of 5000. */
    public PooledResetAfterGetOtherClient() {
      fillButOne(client::recordSegmentSize, 1000);
      fillButOne(other::recordSegmentSize, 5000);
    }

    @Actor
    public void record() {
      client.recordSegmentSize(1000);
      other.recordSegmentSize(5000);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = client.averageSegmentSize();
    }
  }

  /** Option A of the documents where the ring wraps. */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are there, in the last slot and the first")
  @Outcome(
      id = {"200", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "F1: load | load | store | store: both write one slot, and one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainSlotsWrap {
    private final PlainSlotsSegmentSizes sizes = new PlainSlotsSegmentSizes();

    /** Creates a ring with 99 sizes of 100 bytes. */
    public PlainSlotsWrap() {
      fillButOne(sizes::record, 100);
    }

    @Actor
    public void first() {
      sizes.record(10_100);
    }

    @Actor
    public void second() {
      sizes.record(20_100);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = sizes.average();
    }
  }

  /**
   * Option A of the documents, whose slots are plain, as are those of option C. A machine of 64
   * bits writes them whole: only one of 32 can show the fault.
   */
  @JCStressTest
  @Outcome(
      id = "0",
      expect = ACCEPTABLE,
      desc = "claim | read | write: a claimed slot is passed over")
  @Outcome(id = "4294967297", expect = ACCEPTABLE, desc = "after the write")
  @Outcome(
      id = {"1", "4294967296"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "F1: store one half | read | store the other: torn")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainSlotsRead {
    private final PlainSlotsSegmentSizes sizes = new PlainSlotsSegmentSizes();

    @Actor
    public void record() {
      sizes.record(0x1_0000_0001L);
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = sizes.average();
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
