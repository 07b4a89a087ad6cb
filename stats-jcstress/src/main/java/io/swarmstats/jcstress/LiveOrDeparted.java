package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IJ_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZIJ_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * In a snapshot a client is live or departed, never both and never neither, and after its removal
 * the totals hold exactly what was accepted (promise G11).
 *
 * <p>Rests on one registry, loaded once by each reader and replaced whole by compare-and-set, on a
 * client being sealed, the rows too that it has not made yet, before its last figures are read, and
 * on a client being asked whether it is closed after the registry was loaded that it is to join. It
 * would fail if any of these were left out; all are interleavings, which x86 shows too.
 */
public final class LiveOrDeparted {
  private LiveOrDeparted() {}

  /** A snapshot against a removal: live clients, requests. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "live")
  @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "departed")
  @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "neither")
  @Outcome(
      id = {"1, 4", "0, 4"},
      expect = FORBIDDEN,
      desc = "both")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRead {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates a client with two requests. */
    public ShippedRead() {
      ClientStats stats = aggregator.addClient(1);
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.clients().active();
      result.r2 = snapshot.requests().segment();
    }
  }

  /** The first error of a client against its removal: last summary, totals, rejected updates. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "make the row | error | seal")
  @Outcome(
      id = "0, 0, 1",
      expect = ACCEPTABLE,
      desc = "install a sealed row, or seal the one that was made | error: refused")
  @Outcome(
      id = {"0, 0, 0", "0, 1, .*", "1, 0, .*"},
      expect = FORBIDDEN,
      desc = "lost, or not the same everywhere")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstError {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.recordHttpError(404);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().errors().httpTotal();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().errors().httpTotal();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /** The same with the first error of a code, of a client that has had another. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "make the row | error | seal")
  @Outcome(
      id = "0, 0, 1",
      expect = ACCEPTABLE,
      desc = "install a sealed row, or seal the one that was made | error: refused")
  @Outcome(
      id = {"0, 0, 0", "0, 1, .*", "1, 0, .*"},
      expect = FORBIDDEN,
      desc = "lost, or not the same everywhere")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedFirstOfItsCode {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client whose row of errors is there. */
    public ShippedFirstOfItsCode() {
      stats.recordHttpError(503);
    }

    @Actor
    public void record() {
      stats.recordHttpError(404);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().errors().httpTotal() - 1;
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().errors().httpTotal() - 1;
      result.r3 = stats.rejectedUpdates();
    }
  }

  /** A request against a removal: in the last summary, in the totals, rejected updates. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "request | seal")
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "seal | request: refused")
  @Outcome(
      id = {"0, 0, 0", "0, 1, .*", "1, 0, .*"},
      expect = FORBIDDEN,
      desc = "lost, or not the same everywhere")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRecord {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    @Actor
    public void record() {
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().requests().segment();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().requests().segment();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /**
   * A restart against a removal, which closes the run that it finds: bytes of the last summary, of
   * the totals, rejected updates.
   */
  @JCStressTest
  @Outcome(id = "1500, 1500, 0", expect = ACCEPTABLE, desc = "restart | update | close")
  @Outcome(id = "1000, 1000, 1", expect = ACCEPTABLE, desc = "restart | close | update: refused")
  @Outcome(id = "1000, 1000, 2", expect = ACCEPTABLE, desc = "close | both: refused")
  @Outcome(
      id = "1000, 1000, 0",
      expect = FORBIDDEN,
      desc = "take the run | restart | update | store it as the last one: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with 1000 bytes. */
    public ShippedRestart() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart().updateBytes(500);
    }

    @Actor
    public void remove(JJJ_Result result) {
      result.r1 = aggregator.removeClient(1).orElseThrow().totalBytes();
    }

    @Arbiter
    public void look(JJJ_Result result) {
      result.r2 = aggregator.aggregate().totalBytes();
      result.r3 = stats.rejectedUpdates();
    }
  }

  /** Two removals at once. */
  @JCStressTest
  @Outcome(
      id = {"true, false, 2", "false, true, 2"},
      expect = ACCEPTABLE,
      desc = "one of them removed it")
  @Outcome(
      id = {"true, true, .*", "false, false, .*"},
      expect = FORBIDDEN,
      desc = "both, or neither")
  @Outcome(id = ".*, 4", expect = FORBIDDEN, desc = "departed twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRemovals {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates a client with two requests. */
    public ShippedTwoRemovals() {
      ClientStats stats = aggregator.addClient(1);
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void first(ZZJ_Result result) {
      result.r1 = aggregator.removeClient(1).isPresent();
    }

    @Actor
    public void second(ZZJ_Result result) {
      result.r2 = aggregator.removeClient(1).isPresent();
    }

    @Arbiter
    public void look(ZZJ_Result result) {
      result.r3 = aggregator.aggregate().requests().segment();
    }
  }

  /** Two clients added at once under one id: live, ever added, requests, and 1 if one is closed. */
  @JCStressTest
  @Outcome(id = "1, 2, 3, 1", expect = ACCEPTABLE, desc = "one replaced the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoAdditions {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats one = new ClientStats(1, Configs.STILL);
    private final ClientStats two = new ClientStats(1, Configs.STILL);

    /** Creates a client with one request and one with two. */
    public ShippedTwoAdditions() {
      one.incrementSegmentRequests();
      two.incrementSegmentRequests();
      two.incrementSegmentRequests();
    }

    @Actor
    public void addOne() {
      aggregator.addClient(one);
    }

    @Actor
    public void addTwo() {
      aggregator.addClient(two);
    }

    @Arbiter
    public void look(JJJJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = snapshot.clients().active();
      result.r2 = snapshot.clients().everAdded();
      result.r3 = snapshot.requests().segment();
      result.r4 = one.isClosed() == two.isClosed() ? 0 : 1;
    }
  }

  /** A client is added again while it is removed: accepted, live, requests. */
  @JCStressTest
  @Outcome(id = "true, 0, 2", expect = ACCEPTABLE, desc = "add: it is live, nothing to do | remove")
  @Outcome(id = "false, 0, 2", expect = ACCEPTABLE, desc = "close | add: refused")
  @Outcome(id = ".*, 1, 4", expect = FORBIDDEN, desc = "live and departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedAddAgain {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client with two requests. */
    public ShippedAddAgain() {
      stats.incrementSegmentRequests();
      stats.incrementSegmentRequests();
    }

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void add(ZIJ_Result result) {
      try {
        aggregator.addClient(stats);
        result.r1 = true;
      } catch (IllegalStateException closed) {
        result.r1 = false;
      }
    }

    @Arbiter
    public void look(ZIJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r2 = snapshot.clients().active();
      result.r3 = snapshot.requests().segment();
    }
  }

  /**
   * A client takes the place of another while a third is added: live in a snapshot of the third's
   * adder, live in the end.
   */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "its own, and one or both of the others")
  @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "neither of the two, which was never so")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of the clients is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedExchange {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);

    /** Creates an aggregator with the client that is to go. */
    public ShippedExchange() {
      aggregator.addClient(15);
    }

    @Actor
    public void exchange() {
      aggregator.addClient(0);
      aggregator.removeClient(15);
    }

    @Actor
    public void addAndRead(II_Result result) {
      aggregator.addClient(7);
      result.r1 = aggregator.aggregate().clients().active();
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  private static Aggregator withTwoRequests(AggregatorContender contender) {
    Aggregator aggregator = Rivals.aggregator(contender);
    Rivals.addRequests(aggregator.addClient(1), 2);
    return aggregator;
  }

  private static void read(Aggregator aggregator, IJ_Result result) {
    Snapshot snapshot = aggregator.aggregate();
    result.r1 = snapshot.clients();
    result.r2 = snapshot.requests().segment();
  }

  /** The client that is to go is the last of a walk, the one that is to come the first. */
  private static Aggregator withLastClient(AggregatorContender contender) {
    Aggregator aggregator = Rivals.aggregator(contender);
    aggregator.addClient(15);
    return aggregator;
  }

  private static void exchange(Aggregator aggregator) {
    aggregator.addClient(0);
    aggregator.removeClient(15);
  }

  private static int addAndRead(Aggregator aggregator) {
    aggregator.addClient(7);
    return aggregator.aggregate().clients();
  }

  /** A hash map behind a read-write lock, whose totals are those of the live clients. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "live")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | snapshot: neither live nor departed")
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
      LiveOrDeparted.read(aggregator, result);
    }
  }

  /** The same with a concurrent map. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "live")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | snapshot: neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDeparted.read(aggregator, result);
    }
  }

  /** The same with a concurrent map that is copied. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "live")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | snapshot: neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class HybridRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.HYBRID);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDeparted.read(aggregator, result);
    }
  }

  /** The same with a map that is copied for each change. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "live")
  @Outcome(
      id = "0, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fault G3: remove | snapshot: neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWriteRead {
    private final Aggregator aggregator = withTwoRequests(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void remove() {
      aggregator.removeClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      LiveOrDeparted.read(aggregator, result);
    }
  }

  /** A walk holds the read lock: its clients are of one moment. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "its own, and one or both of the others")
  @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "neither of the two, which was never so")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of the clients is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class RwLockExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.RW_LOCK);

    @Actor
    public void exchange() {
      LiveOrDeparted.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDeparted.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** A walk is of no one moment. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "its own, and one or both of the others")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "pass the first place | add the first | remove the last | come to the last place: "
          + "neither of the two, which was never so")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of the clients is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ConcurrentMapExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.CONCURRENT_MAP);

    @Actor
    public void exchange() {
      LiveOrDeparted.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDeparted.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** A copy is of no one moment either. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "its own, and one or both of the others")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "pass the first place | add the first | remove the last | come to the last place: "
          + "neither of the two, which was never so")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of the clients is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class HybridExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.HYBRID);

    @Actor
    public void exchange() {
      LiveOrDeparted.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDeparted.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** A map never changes, and two copies at once do not lose each other. */
  @JCStressTest
  @Outcome(
      id = {"2, 2", "3, 2"},
      expect = ACCEPTABLE,
      desc = "its own, and one or both of the others")
  @Outcome(id = "1, 2", expect = FORBIDDEN, desc = "neither of the two, which was never so")
  @Outcome(
      id = {"., 1", "., 3"},
      expect = FORBIDDEN,
      desc = "a change of the clients is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CopyOnWriteExchange {
    private final Aggregator aggregator = withLastClient(AggregatorContender.COPY_ON_WRITE);

    @Actor
    public void exchange() {
      LiveOrDeparted.exchange(aggregator);
    }

    @Actor
    public void addAndRead(II_Result result) {
      result.r1 = LiveOrDeparted.addAndRead(aggregator);
    }

    @Arbiter
    public void look(II_Result result) {
      result.r2 = aggregator.clientCount();
    }
  }

  /** The last figures are read before the client is sealed: accepted, in the totals. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "request | read")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "seal | request: refused")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | request | seal: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private final long[] client = new long[1];
    private long departed;

    @Actor
    public void record(ZJ_Result result) {
      result.r1 = Cells.increment(client, 0);
    }

    @Actor
    public void remove() {
      departed = Cells.readCounterAcquire(client, 0);
      Cells.seal(client, 0);
    }

    @Arbiter
    public void look(ZJ_Result result) {
      result.r2 = departed;
    }
  }

  /** A client is asked whether it is closed before the registry is loaded that it is to join. */
  @JCStressTest
  @Outcome(
      id = "0, 2",
      expect = ACCEPTABLE,
      desc = "add: it is live, nothing to do | remove; or close | add: refused")
  @Outcome(
      id = "1, 4",
      expect = ACCEPTABLE_INTERESTING,
      desc = "ask | close and remove | load | add: live and departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedClosed {
    private static final long[] NONE = new long[1];

    private final long[] client = {2};
    private final AtomicReference<Registry> registry =
        new AtomicReference<>(new Registry(client, 0));

    @Actor
    public void remove() {
      Registry before = registry.get();
      while (!registry.compareAndSet(
          before, new Registry(NONE, before.departed + Cells.seal(client, 0)))) {
        before = registry.get();
      }
    }

    /** Adds ten times, as the window between the two looks is narrow. */
    @Actor
    public void add() {
      for (int i = 0; i < 10; i++) {
        if (!Cells.isSealed(client, 0)) {
          Registry before = registry.get();
          if (before.live != client) {
            registry.compareAndSet(before, new Registry(client, before.departed));
          }
        }
      }
    }

    @Arbiter
    public void look(IJ_Result result) {
      Registry last = registry.get();
      result.r1 = last.live == client ? 1 : 0;
      result.r2 = last.departed + Cells.readCounterAcquire(last.live, 0);
    }

    private static final class Registry {
      final long[] live;
      final long departed;

      Registry(long[] live, long departed) {
        this.live = live;
        this.departed = departed;
      }
    }
  }

  /** The registry is stored, whatever stands there by now: a bit for each live client. */
  @JCStressTest
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "both are live")
  @Outcome(
      id = {"1", "2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: a client is neither live nor departed")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedAdd {
    private final AtomicInteger registry = new AtomicInteger();

    @Actor
    public void addOne() {
      registry.set(registry.get() | 1);
    }

    @Actor
    public void addTwo() {
      registry.set(registry.get() | 2);
    }

    @Arbiter
    public void look(I_Result result) {
      result.r1 = registry.get();
    }
  }

  /**
   * The registry is loaded twice, for the departed clients and for the live ones. It has the
   * requests of the live and those of the departed.
   */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "live or departed")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the departed | remove | load the live: neither")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTwoLoads {
    private static final int LIVE = 0;
    private static final int DEPARTED = 1;

    private final AtomicReference<long[]> registry = new AtomicReference<>(new long[] {2, 0});

    @Actor
    public void remove() {
      registry.set(new long[] {0, 2});
    }

    @Actor
    public void read(J_Result result) {
      long departed = registry.get()[DEPARTED];
      result.r1 = departed + registry.get()[LIVE];
    }
  }

  /** The closer stores a sealed row if it sees none, instead of a compare-and-set. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "make the row | error | seal")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "install a sealed row | error: refused")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | make the row | error | store: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedInstall {
    private static final long[] SEALED = Cells.sealedRow(1);

    private final AtomicReference<long @Nullable []> errors = new AtomicReference<>();

    @Actor
    public void record(ZJ_Result result) {
      errors.compareAndSet(null, new long[1]);
      result.r1 = Cells.increment(Objects.requireNonNull(errors.get()), 0);
    }

    @Actor
    public void close() {
      if (errors.get() == null) {
        errors.set(SEALED);
      }
      Cells.seal(Objects.requireNonNull(errors.get()), 0);
    }

    @Arbiter
    public void look(ZJ_Result result) {
      result.r2 = Cells.readCounterAcquire(Objects.requireNonNull(errors.get()), 0);
    }
  }

  /** Seals the counters that are marked, and counts in one whose mark was refused. */
  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "mark | seal | count: refused")
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "mark | count | seal: in the totals")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal the marks | count: accepted, and not in the totals")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedMark {
    private static final int MARKS = 0;
    private static final int ERRORS = 1;

    private final long[] row = new long[2];

    @Actor
    public void record(ZJ_Result result) {
      Cells.mark(row, MARKS, 1);
      result.r1 = Cells.increment(row, ERRORS);
    }

    @Actor
    public void close(ZJ_Result result) {
      result.r2 = Cells.seal(row, MARKS) == 0 ? 0 : Cells.seal(row, ERRORS);
    }
  }
}
