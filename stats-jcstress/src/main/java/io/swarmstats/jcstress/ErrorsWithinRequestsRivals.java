package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.Snapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ErrorsWithinRequestsRivals\.'
 *
 *   test                   samples  bad   verdict
 *   RwLockSnapshot         204,307   16   broken
 *   ConcurrentMapSnapshot  118,579  108   broken
 *   HybridSnapshot         114,136   50   broken
 *   CopyOnWriteSnapshot    204,307   13   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link ErrorsWithinRequests}. Each test names
 * its variant and the fault that shows.
 */
public final class ErrorsWithinRequestsRivals {
  private ErrorsWithinRequestsRivals() {}

  private static Client addFailingClient(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    recordFailure(client);
    return client;
  }

  private static void recordFailure(Client client) {
    client.incrementSegmentRequests();
    client.recordHttpError(ErrorsWithinRequests.LAST_CODE);
  }

  private static void read(Aggregator aggregator, JJ_Result result) {
    Snapshot snapshot = aggregator.aggregate();
    result.r1 = snapshot.httpErrors().getOrDefault(ErrorsWithinRequests.LAST_CODE, 0L) - 1;
    result.r2 = snapshot.requests().total() - 1;
  }

  /**
   * {@code RwLockAggregator}: recorders do not take the read-write lock. The clients are
   * {@code MutexClientStats}. Fault B1.
   */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "B1: load requests | request | error | load errors: the error rate exceeds 1")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockSnapshot {
    private final Aggregator aggregator =
        RivalStates.aggregator(AggregatorContender.RW_LOCK, ClientContender.MUTEX);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequestsRivals.read(aggregator, result);
    }
  }

  /** {@code ConcurrentMapAggregator} with {@code PlainAtomicsClientStats}. Fault B1. */
  @JCStressTest
  @JCStressMeta(RwLockSnapshot.class)
  @State
  public static class ConcurrentMapSnapshot {
    private final Aggregator aggregator =
        RivalStates.aggregator(AggregatorContender.CONCURRENT_MAP, ClientContender.PLAIN_ATOMICS);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequestsRivals.read(aggregator, result);
    }
  }

  /** {@code HybridAggregator} with {@code PlainAtomicsClientStats}. Fault B1. */
  @JCStressTest
  @JCStressMeta(RwLockSnapshot.class)
  @State
  public static class HybridSnapshot {
    private final Aggregator aggregator =
        RivalStates.aggregator(AggregatorContender.HYBRID, ClientContender.PLAIN_ATOMICS);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequestsRivals.read(aggregator, result);
    }
  }

  /** {@code CopyOnWriteAggregator} with {@code PooledClientStats}. Fault B1. */
  @JCStressTest
  @JCStressMeta(RwLockSnapshot.class)
  @State
  public static class CopyOnWriteSnapshot {
    private final Aggregator aggregator = RivalStates.aggregator(
        AggregatorContender.COPY_ON_WRITE, ClientContender.POOLED_RESET_AFTER_GET);
    private final Client client = addFailingClient(aggregator);

    @Actor
    public void record() {
      recordFailure(client);
    }

    @Actor
    public void read(JJ_Result result) {
      ErrorsWithinRequestsRivals.read(aggregator, result);
    }
  }
}
