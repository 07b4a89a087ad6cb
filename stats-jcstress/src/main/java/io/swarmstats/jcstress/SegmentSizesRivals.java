package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.AtomicSlotsSegmentSizes;
import io.swarmstats.rivals.CasIndexSegmentSizes;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.PlainSlotsSegmentSizes;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'SegmentSizesRivals\.'
 *
 *   test                             samples     bad   verdict
 *   MutexFirstSizes                  438,291       0   held
 *   SynchronizedFirstSizes            54,964       0   held
 *   PooledResetBeforePutFirstSizes   438,291  31,138   broken
 *   PooledResetAfterGetFirstSizes    438,291  77,945   broken
 *   PlainSlotsFirstSizes             479,251   6,594   broken
 *   AtomicSlotsFirstSizes            438,291  15,958   broken
 *   CasIndexFirstSizes               438,291       0   held
 *   PooledResetBeforePutWrap         207,079  54,642   broken
 *   PooledResetBeforePutOtherClient  119,041      12   broken
 *   PooledResetAfterGetOtherClient    56,563      36   broken
 *   PlainSlotsWrap                   110,004   1,526   broken
 *   PlainSlotsRead                   111,981       0   not seen
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link SegmentSizes}. Each test names its
 * variant and the fault that shows.
 */
public final class SegmentSizesRivals {
  private SegmentSizesRivals() {}

  /** {@code MutexClientStats}. No fault shows here. */
  @JCStressTest
  @JCStressMeta(SegmentSizes.ShippedFirstSizes.class)
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

  /** {@code SynchronizedClientStats}. No fault shows here. */
  @JCStressTest
  @JCStressMeta(SegmentSizes.ShippedFirstSizes.class)
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

  /** {@code PooledClientStats}, reset before {@code Put}: the swap is unconditional. Fault C5. */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are kept")
  @Outcome(
      id = {"100", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy | copy | swap | swap: one size is lost")
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

  /** {@code PooledClientStats}, reset after {@code Get}: the swap is unconditional. Fault C5. */
  @JCStressTest
  @JCStressMeta(PooledResetBeforePutFirstSizes.class)
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

  /**
   * {@code PlainSlotsSegmentSizes}, option A: an atomic index is loaded and stored, over plain
   * slots. Fault F1.
   */
  @JCStressTest
  @Outcome(id = "200", expect = ACCEPTABLE, desc = "both are kept")
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

  /** {@code AtomicSlotsSegmentSizes}, option B: the same index over atomic slots. Fault F1. */
  @JCStressTest
  @JCStressMeta(PlainSlotsFirstSizes.class)
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

  /**
   * {@code CasIndexSegmentSizes}, option C: a compare-and-set moves the index. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(SegmentSizes.ShippedFirstSizes.class)
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

  /**
   * {@code PooledClientStats}, reset before {@code Put}: a writer may still copy the cleared ring.
   * Fault C5.
   */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are kept, in the last slot and the first")
  @Outcome(
      id = {"200", "300"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy | copy | swap | swap: one size is lost")
  @Outcome(
      id = "\\d+",
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: copy half | swap, clear | copy the rest: older sizes are lost as well")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutWrap {
    private final Client client = ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.STILL);

    /** Creates a ring with 99 sizes of 100 bytes. */
    public PooledResetBeforePutWrap() {
      SegmentSizes.fillButOne(client::recordSegmentSize, 100);
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

  /**
   * {@code PooledClientStats}, reset before {@code Put}: a reader may still hold the ring. Fault
   * C5.
   */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the sizes of the client")
  @Outcome(
      id = {"0", "[1-5]\\d{3}"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, clear, put | the other client gets the state | "
          + "read: foreign sizes or none")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetBeforePutOtherClient {
    private final Client client = ClientContender.POOLED_RESET_BEFORE_PUT.create(1, Configs.STILL);
    private final Client other = ClientContender.POOLED_RESET_BEFORE_PUT.create(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes and one with 99 sizes of 5000 bytes. */
    public PooledResetBeforePutOtherClient() {
      SegmentSizes.fillButOne(client::recordSegmentSize, 1000);
      SegmentSizes.fillButOne(other::recordSegmentSize, 5000);
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

  /**
   * {@code PooledClientStats}, reset after {@code Get}: a reader may still hold the ring. Fault C5.
   */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "the sizes of the client")
  @Outcome(
      id = {"0", "[1-5]\\d{3}"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "C5: load the state | swap, put | the other client gets the state | read: "
          + "foreign sizes or none")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledResetAfterGetOtherClient {
    private final Client client = ClientContender.POOLED_RESET_AFTER_GET.create(1, Configs.STILL);
    private final Client other = ClientContender.POOLED_RESET_AFTER_GET.create(2, Configs.STILL);

    /** Creates a client with 99 sizes of 1000 bytes and one with 99 sizes of 5000 bytes. */
    public PooledResetAfterGetOtherClient() {
      SegmentSizes.fillButOne(client::recordSegmentSize, 1000);
      SegmentSizes.fillButOne(other::recordSegmentSize, 5000);
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

  /** {@code PlainSlotsSegmentSizes}, option A, where the ring wraps. Fault F1. */
  @JCStressTest
  @Outcome(id = "400", expect = ACCEPTABLE, desc = "both are kept, in the last slot and the first")
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
      SegmentSizes.fillButOne(sizes::record, 100);
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
   * {@code PlainSlotsSegmentSizes}, option A, whose slots are plain, like those of option C. Fault
   * F1, which only a 32-bit machine can show: a 64-bit machine writes a slot whole.
   */
  @JCStressTest
  @Outcome(
      id = "0",
      expect = ACCEPTABLE,
      desc = "claim | read | write: the reader skips the claimed slot")
  @Outcome(id = "4294967297", expect = ACCEPTABLE, desc = "after the write")
  @Outcome(
      id = {"1", "4294967296"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "F1: store one half | read | store the other half: torn")
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
}
