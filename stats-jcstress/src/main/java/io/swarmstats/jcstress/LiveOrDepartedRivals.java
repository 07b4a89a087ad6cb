package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Snapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IJ_Result;

/*
 * Run: .ci/jcstress 'LiveOrDepartedRivals\.'
 *
 *   test                   samples      bad   verdict
 *   RwLockRead             155,542  143,143   broken
 *   ConcurrentMapRead      202,081  201,037   broken
 *   HybridRead             119,661  117,264   broken
 *   CopyOnWriteRead        174,337  171,200   broken
 *   RwLockExchange         156,001        0   held
 *   ConcurrentMapExchange  162,631       12   broken
 *   HybridExchange         110,387        0   not seen
 *   CopyOnWriteExchange    298,445        0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link LiveOrDeparted}. Each test names its
 * variant and the fault that shows.
 */
public final class LiveOrDepartedRivals {
  private LiveOrDepartedRivals() {}

  private static Aggregator withTwoRequests(AggregatorContender contender) {
    Aggregator aggregator = RivalStates.aggregator(contender);
    RivalStates.addRequests(aggregator.addClient(1), 2);
    return aggregator;
  }

  private static void read(Aggregator aggregator, IJ_Result result) {
    Snapshot snapshot = aggregator.aggregate();
    result.r1 = (int) snapshot.clients();
    result.r2 = snapshot.requests().segment();
  }

  /**
   * Returns an aggregator with a client that is last in a walk. The client that will be added is
   * first.
   */
  private static Aggregator withLastClient(AggregatorContender contender) {
    Aggregator aggregator = RivalStates.aggregator(contender);
    aggregator.addClient(15);
    return aggregator;
  }

  private static void exchange(Aggregator aggregator) {
    aggregator.addClient(0);
    aggregator.removeClient(15);
  }

  private static int addAndRead(Aggregator aggregator) {
    aggregator.addClient(7);
    return (int) aggregator.aggregate().clients();
  }

  /** {@code RwLockAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the client is live")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H3: remove | snapshot: the client is neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.RW_LOCK);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDepartedRivals.read(aggregator, result);
    }
  }

  /** {@code ConcurrentMapAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRead.class)
  @State
  public static class ConcurrentMapRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDepartedRivals.read(aggregator, result);
    }
  }

  /** {@code HybridAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRead.class)
  @State
  public static class HybridRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.HYBRID);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDepartedRivals.read(aggregator, result);
    }
  }

  /** {@code CopyOnWriteAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRead.class)
  @State
  public static class CopyOnWriteRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDepartedRivals.read(aggregator, result);
    }
  }

  /**
   * {@code RwLockAggregator}: a walk holds the read lock and sees one moment. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LiveOrDeparted.ShippedExchange.class)
  @State
  public static class RwLockExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.RW_LOCK);

    @Actor
    public void exchange() {
      LiveOrDepartedRivals.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDepartedRivals.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** {@code ConcurrentMapAggregator}: a walk mixes moments. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "the client of this thread, and one or both of the others")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "pass the first place | add the first | remove the last | "
          + "reach the last place: neither of the others")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of membership is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void exchange() {
      LiveOrDepartedRivals.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDepartedRivals.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** {@code HybridAggregator}: the copy before a walk mixes moments. */
  @JCStressTest
  @JCStressMeta(ConcurrentMapExchange.class)
  @State
  public static class HybridExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.HYBRID);

    @Actor
    public void exchange() {
      LiveOrDepartedRivals.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDepartedRivals.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /**
   * {@code CopyOnWriteAggregator}: a map never changes, and no change is lost. No fault shows here.
   */
  @JCStressTest
  @JCStressMeta(LiveOrDeparted.ShippedExchange.class)
  @State
  public static class CopyOnWriteExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void exchange() {
      LiveOrDepartedRivals.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDepartedRivals.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }
}
