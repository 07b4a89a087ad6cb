package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.Snapshot;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/*
 * Run: .ci/jcstress 'LeastUptimeRivals\.'
 *
 *   test           samples      bad   verdict
 *   RwLock          88,804   78,467   broken
 *   ConcurrentMap  369,413  345,043   broken
 *   Hybrid         145,423  136,691   broken
 *   CopyOnWrite    195,091  182,706   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link LeastUptime}. Each test names its variant
 * and the fault that shows.
 */
public final class LeastUptimeRivals {
  private LeastUptimeRivals() {}

  private static Aggregator withOldClient(AggregatorContender contender) {
    ManualTimeSource clock = new ManualTimeSource();
    Aggregator aggregator =
        contender.create(Configs.at(clock), ClientContender.MUTEX, RateBaseline.Form.ATOMIC);
    aggregator.addClient(2);
    clock.advance(Duration.ofSeconds(10));
    return aggregator;
  }

  private static void read(Aggregator aggregator, IJ_Result result) {
    Snapshot snapshot = aggregator.aggregate();
    result.r1 = (int) snapshot.clients();
    result.r2 = snapshot.minUptime().toSeconds();
  }

  /** {@code RwLockAggregator}: zero means "none yet". Fault H8. */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(
      id = "2, 10",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H8: visit the youngest, then the older client: the snapshot ignores the youngest")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLock {
    private final Aggregator aggregator = withOldClient(AggregatorContender.RW_LOCK);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptimeRivals.read(aggregator, result);
    }
  }

  /** {@code ConcurrentMapAggregator}: zero means "none yet". Fault H8. */
  @JCStressTest
  @JCStressMeta(RwLock.class)
  @State
  public static class ConcurrentMap {
    private final Aggregator aggregator = withOldClient(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptimeRivals.read(aggregator, result);
    }
  }

  /** {@code HybridAggregator}: zero means "none yet". Fault H8. */
  @JCStressTest
  @JCStressMeta(RwLock.class)
  @State
  public static class Hybrid {
    private final Aggregator aggregator = withOldClient(AggregatorContender.HYBRID);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptimeRivals.read(aggregator, result);
    }
  }

  /** {@code CopyOnWriteAggregator}: zero means "none yet". Fault H8. */
  @JCStressTest
  @JCStressMeta(RwLock.class)
  @State
  public static class CopyOnWrite {
    private final Aggregator aggregator = withOldClient(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptimeRivals.read(aggregator, result);
    }
  }
}
