package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * The least uptime in a snapshot is the least of the clients that it counts, also if that is zero
 * (every number that a reader sees was true at some moment of the read).
 *
 * <p>Rests on no uptime standing for "none yet". It would fail if zero did, as in all of the
 * documents' aggregators: they are what shows that the test can fail. That takes no race but the
 * youngest client before an older one in the walk.
 */
public final class LeastUptime {
  private LeastUptime() {}

  /** A snapshot against an addition, ten seconds after another: live clients, least uptime. */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(id = "2, 10", expect = FORBIDDEN, desc = "the youngest is passed over")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final StatsAggregator aggregator = new StatsAggregator(Configs.at(clock));

    /** Creates a client that is ten seconds old. */
    public Shipped() {
      aggregator.addClient(2);
      clock.advance(Duration.ofSeconds(10));
    }

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.clients().active();
      result.r2 = snapshot.uptimes().min().toSeconds();
    }
  }

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
    result.r1 = snapshot.clients();
    result.r2 = snapshot.minUptime().toSeconds();
  }

  /** A hash map behind a read-write lock; zero means "none yet". */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(
      id = "2, 10",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G8: walk the youngest, then the other: the youngest is passed over")
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
      LeastUptime.read(aggregator, result);
    }
  }

  /** The same with a concurrent map. */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(
      id = "2, 10",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G8: walk the youngest, then the other: the youngest is passed over")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMap {
    private final Aggregator aggregator = withOldClient(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptime.read(aggregator, result);
    }
  }

  /** The same with a concurrent map that is copied. */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(
      id = "2, 10",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G8: walk the youngest, then the other: the youngest is passed over")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Hybrid {
    private final Aggregator aggregator = withOldClient(AggregatorContender.HYBRID);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptime.read(aggregator, result);
    }
  }

  /** The same with a map that is copied for each change. */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(
      id = "2, 10",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G8: walk the youngest, then the other: the youngest is passed over")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWrite {
    private final Aggregator aggregator = withOldClient(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LeastUptime.read(aggregator, result);
    }
  }
}
