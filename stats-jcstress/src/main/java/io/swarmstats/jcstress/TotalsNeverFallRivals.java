package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'TotalsNeverFallRivals\.'
 *
 *   test                          samples      bad   verdict
 *   RwLockRecordAndRemove         407,571  395,201   broken
 *   ConcurrentMapRecordAndRemove  155,574  153,473   broken
 *   HybridRecordAndRemove         247,912  242,661   broken
 *   CopyOnWriteRecordAndRemove    407,571  388,725   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link TotalsNeverFall}. Each test names its
 * variant and the fault that shows.
 */
public final class TotalsNeverFallRivals {
  private TotalsNeverFallRivals() {}

  private static Client addTwoRequests(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    RivalStates.addRequests(client, 2);
    return client;
  }

  private static void readTwice(Aggregator aggregator, JJ_Result result) {
    result.r1 = aggregator.aggregate().requests().segment();
    result.r2 = aggregator.aggregate().requests().segment();
  }

  /** {@code RwLockAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(
      id = {"2, 0", "3, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "H3: snapshot | remove | snapshot: the total falls")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H3: remove | both snapshots: the total has fallen")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockRecordAndRemove {
    private final Aggregator aggregator = RivalStates.aggregator(AggregatorContender.RW_LOCK);
    private final Client client = addTwoRequests(aggregator);

    @Actor
    public void recordAndRemove() {
      client.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      readTwice(aggregator, result);
    }
  }

  /** {@code ConcurrentMapAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRecordAndRemove.class)
  @State
  public static class ConcurrentMapRecordAndRemove {
    private final Aggregator aggregator =
        RivalStates.aggregator(AggregatorContender.CONCURRENT_MAP);
    private final Client client = addTwoRequests(aggregator);

    @Actor
    public void recordAndRemove() {
      client.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      readTwice(aggregator, result);
    }
  }

  /** {@code HybridAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRecordAndRemove.class)
  @State
  public static class HybridRecordAndRemove {
    private final Aggregator aggregator = RivalStates.aggregator(AggregatorContender.HYBRID);
    private final Client client = addTwoRequests(aggregator);

    @Actor
    public void recordAndRemove() {
      client.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      readTwice(aggregator, result);
    }
  }

  /** {@code CopyOnWriteAggregator}: the totals contain the live clients only. Fault H3. */
  @JCStressTest
  @JCStressMeta(RwLockRecordAndRemove.class)
  @State
  public static class CopyOnWriteRecordAndRemove {
    private final Aggregator aggregator = RivalStates.aggregator(AggregatorContender.COPY_ON_WRITE);
    private final Client client = addTwoRequests(aggregator);

    @Actor
    public void recordAndRemove() {
      client.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      readTwice(aggregator, result);
    }
  }
}
