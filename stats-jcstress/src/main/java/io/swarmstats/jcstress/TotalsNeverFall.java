package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Totals that one observer sees never fall, under any mix of adding, removing, replacing and
 * recording (promise G10).
 *
 * <p>Rests on membership changing in one step, and on a client being sealed before its figures go
 * to those of the departed clients, so that an observer who still sees it live sees the same
 * figures. It would fail if a removal were two steps, or if a removed client went on counting. Both
 * are interleavings, which x86 shows too.
 */
public final class TotalsNeverFall {
  private TotalsNeverFall() {}

  /** Two snapshots against a request and the removal after it. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(id = "3, 2", expect = FORBIDDEN, desc = "the total falls")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecordAndRemove {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with two requests. */
    public ShippedRecordAndRemove() {
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void recordAndRemove() {
      stats.incrementSegmentRequests();
      aggregator.removeClient(1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  /** A writer that looks at the totals itself, against the removal of its client. */
  @JCStressTest
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "request | seal")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "seal | request: refused")
  @Outcome(id = "3, 2", expect = FORBIDDEN, desc = "a request that was seen is gone")
  @Outcome(id = "2, 3", expect = FORBIDDEN, desc = "counted after it was refused")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecord {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with two requests. */
    public ShippedRecord() {
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void recordAndRead(JJ_Result result) {
      stats.incrementSegmentRequests();
      result.r1 = aggregator.aggregate().requests().segment();
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  /** Two snapshots against a replacement by a client that has a request already. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the replacement")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | replace | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the replacement")
  @Outcome(
      id = {"0, .*", "1, .*", ".*, 0", ".*, 1"},
      expect = FORBIDDEN,
      desc = "the old one is neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedReplace {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats next = new ClientStats(1, Configs.STILL);

    /** Creates a client with two requests, and the one to come with one. */
    public ShippedReplace() {
      ClientStats stats = aggregator.addClient(1);
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
      next.incrementSegmentRequests();
    }

    @Actor
    public void replace() {
      aggregator.addClient(next);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = aggregator.aggregate().requests().segment();
      result.r2 = aggregator.aggregate().requests().segment();
    }
  }

  private static Client addTwoRequests(Aggregator aggregator) {
    Client client = aggregator.addClient(1);
    Rivals.addRequests(client, 2);
    return client;
  }

  private static void readTwice(Aggregator aggregator, JJ_Result result) {
    result.r1 = aggregator.aggregate().requests().segment();
    result.r2 = aggregator.aggregate().requests().segment();
  }

  /** A hash map behind a read-write lock, whose totals are those of the live clients. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(
      id = {"2, 0", "3, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: snapshot | remove | snapshot: the total falls")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | both snapshots: the total has fallen")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockRecordAndRemove {
    private final Aggregator aggregator = Rivals.aggregator(AggregatorContender.RW_LOCK);
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

  /** The same with a concurrent map. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(
      id = {"2, 0", "3, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: snapshot | remove | snapshot: the total falls")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | both snapshots: the total has fallen")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapRecordAndRemove {
    private final Aggregator aggregator = Rivals.aggregator(AggregatorContender.CONCURRENT_MAP);
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

  /** The same with a concurrent map that is copied. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(
      id = {"2, 0", "3, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: snapshot | remove | snapshot: the total falls")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | both snapshots: the total has fallen")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class HybridRecordAndRemove {
    private final Aggregator aggregator = Rivals.aggregator(AggregatorContender.HYBRID);
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

  /** The same with a map that is copied for each change. */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "snapshot | request | snapshot")
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "after the request")
  @Outcome(
      id = {"2, 0", "3, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: snapshot | remove | snapshot: the total falls")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | both snapshots: the total has fallen")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWriteRecordAndRemove {
    private final Aggregator aggregator = Rivals.aggregator(AggregatorContender.COPY_ON_WRITE);
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

  /** The client leaves the live ones in one step and joins the departed in another. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "live or departed")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "leave | read both | join: the total falls")
  @Outcome(
      id = "4",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read live | leave and join | read departed: counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStep {
    private final AtomicLong live = new AtomicLong(2);
    private final AtomicLong departed = new AtomicLong();

    @Actor
    public void remove() {
      departed.addAndGet(live.getAndSet(0));
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = live.get() + departed.get();
    }
  }

  /** The removed client is not sealed. A registry is the live row and the departed total. */
  @JCStressTest
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "request | fold")
  @Outcome(
      id = "2, 2",
      expect = ACCEPTABLE,
      desc = "swap | request, which no one sees any more | read")
  @Outcome(
      id = "3, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | request | read | swap: a request that was seen is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private static final long[] NONE = new long[1];

    private final long[] client = {2};
    private final AtomicReference<Registry> registry =
        new AtomicReference<>(new Registry(client, 0));

    @Actor
    public void remove() {
      registry.set(new Registry(NONE, registry.get().total()));
    }

    @Actor
    public void recordAndRead(JJ_Result result) {
      Cells.increment(client, 0);
      result.r1 = registry.get().total();
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r2 = registry.get().total();
    }

    private static final class Registry {
      final long[] live;
      final long departed;

      Registry(long[] live, long departed) {
        this.live = live;
        this.departed = departed;
      }

      long total() {
        return departed + Cells.readCounterAcquire(live, 0);
      }
    }
  }
}
