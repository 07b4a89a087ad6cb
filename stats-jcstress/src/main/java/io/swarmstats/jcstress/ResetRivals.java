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
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ResetRivals\.'
 *
 *   test                    samples  bad   verdict
 *   MutexBaselineSnapshot   272,635  390   broken
 *   AtomicBaselineSnapshot  299,259  702   broken
 *   RwLockSnapshot          177,919    0   held
 *   RwLockPeak              338,001    0   held
 *   ConcurrentMapPeak       177,949  213   broken
 *   HybridPeak              156,001  119   broken
 *   CopyOnWritePeak         212,407  138   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link Reset}. Each test names its variant and
 * the fault that shows.
 */
public final class ResetRivals {
  private ResetRivals() {}

  private static Aggregator withWindow(
      AggregatorContender contender, RateBaseline.Form baseline, ManualTimeSource clock) {
    Aggregator aggregator = contender.create(Configs.at(clock), ClientContender.MUTEX, baseline);
    RivalStates.addRequests(aggregator.addClient(1), 5);
    aggregator.aggregate();
    return aggregator;
  }

  /** Adds a client with three requests and takes the first window, which lasts one second. */
  private static void look(Aggregator aggregator, ManualTimeSource clock, JJJ_Result result) {
    RivalStates.addRequests(aggregator.addClient(1), 3);
    clock.advance(Duration.ofSeconds(1));
    Snapshot snapshot = aggregator.aggregate();
    result.r2 = snapshot.requests().segment();
    result.r3 = Math.round(snapshot.instantaneous().segmentPerSecond());
  }

  private static Aggregator withPeak(AggregatorContender contender) {
    Aggregator aggregator = RivalStates.aggregator(contender);
    aggregator.addClient(1).recordDroppedLines(2, 1, 0, 0);
    return aggregator;
  }

  /**
   * {@code RateBaseline.Mutex}: a reset clears the clients, then the previous snapshot. Fault H7.
   */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot | reset")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "reset | snapshot")
  @Outcome(
      id = "., 3, -2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H7: load 5 | reset | store 5: the next rate is negative")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexBaselineSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.CONCURRENT_MAP, RateBaseline.Form.MUTEX, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      ResetRivals.look(aggregator, clock, result);
    }
  }

  /**
   * {@code RateBaseline.Atomic}: a reset clears the clients, then the previous snapshot. Fault H7.
   */
  @JCStressTest
  @JCStressMeta(MutexBaselineSnapshot.class)
  @State
  public static class AtomicBaselineSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.CONCURRENT_MAP, RateBaseline.Form.ATOMIC, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      ResetRivals.look(aggregator, clock, result);
    }
  }

  /**
   * {@code RwLockAggregator}: an aggregate holds the read lock throughout, a reset holds the write
   * lock. No fault shows here.
   */
  @JCStressTest
  @Outcome(id = "5, 3, 3", expect = ACCEPTABLE, desc = "snapshot | reset")
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "reset | snapshot")
  @Outcome(id = "., 3, -2", expect = FORBIDDEN, desc = "the old epoch shows in the window")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockSnapshot {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final Aggregator aggregator =
        withWindow(AggregatorContender.RW_LOCK, RateBaseline.Form.MUTEX, clock);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      ResetRivals.look(aggregator, clock, result);
    }
  }

  /**
   * {@code RwLockAggregator}: an aggregate raises the peak under the read lock. No fault shows
   * here.
   */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot | reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "reset | snapshot")
  @Outcome(
      id = "50, 50",
      expect = FORBIDDEN,
      desc = "the peak of the old epoch shows in the new epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.RW_LOCK);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Reset.percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Reset.percent(aggregator.peakDropRate());
    }
  }

  /** {@code ConcurrentMapAggregator}: an aggregate raises the peak after its walk. Fault H7. */
  @JCStressTest
  @Outcome(id = "50, 0", expect = ACCEPTABLE, desc = "snapshot | reset")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "reset | snapshot")
  @Outcome(
      id = "50, 50",
      expect = ACCEPTABLE_INTERESTING,
      desc = "H7: walk | reset | raise: the peak of the old epoch shows in the new epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Reset.percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Reset.percent(aggregator.peakDropRate());
    }
  }

  /** {@code HybridAggregator}: an aggregate raises the peak after its walk. Fault H7. */
  @JCStressTest
  @JCStressMeta(ConcurrentMapPeak.class)
  @State
  public static class HybridPeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.HYBRID);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Reset.percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Reset.percent(aggregator.peakDropRate());
    }
  }

  /** {@code CopyOnWriteAggregator}: an aggregate raises the peak after its walk. Fault H7. */
  @JCStressTest
  @JCStressMeta(ConcurrentMapPeak.class)
  @State
  public static class CopyOnWritePeak {
    private final Aggregator aggregator = withPeak(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void reset() {
      aggregator.reset();
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Reset.percent(aggregator.aggregate().peakDropRate());
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = Reset.percent(aggregator.peakDropRate());
    }
  }
}
