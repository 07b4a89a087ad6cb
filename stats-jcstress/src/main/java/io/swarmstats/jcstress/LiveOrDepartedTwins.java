package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/*
 * Run: .ci/jcstress 'LiveOrDepartedTwins\.'
 *
 *   test              samples     bad   verdict
 *   WeakenedSeal      232,884   7,972   caught
 *   WeakenedClosed    502,425     103   caught
 *   WeakenedAdd       448,531  15,533   caught
 *   WeakenedTwoLoads  130,020      52   caught
 *   WeakenedInstall   155,574   1,899   caught
 *   WeakenedFreeSlot  118,125  44,258   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link LiveOrDeparted}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class LiveOrDepartedTwins {
  private LiveOrDepartedTwins() {}

  /**
   * Reads the last figures before the seal of the client. The results are whether the request was
   * accepted, and the totals.
   */
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "request | read")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "seal | request: rejected")
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

  /** Asks whether the client is closed before the registry is loaded. */
  @JCStressTest
  @Outcome(
      id = "0, 2",
      expect = ACCEPTABLE,
      desc = "add: the client is live | remove, or close | add: rejected")
  @Outcome(
      id = "1, 4",
      expect = ACCEPTABLE_INTERESTING,
      desc = "ask | close | remove | load | add: the client is live and departed")
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

    /** Adds ten times, because the time between the two looks is short. */
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

  /**
   * Removes the comparison: the registry is stored over any other registry. The registry has one
   * bit for each live client.
   */
  @JCStressTest
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "both clients are live")
  @Outcome(
      id = {"1", "2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: one client is neither live nor departed")
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
   * Loads the registry twice: for the departed clients and for the live clients. The registry holds
   * the requests of both.
   */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "the client is live or departed")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the departed | remove | load the live: the client is neither")
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

  /** Removes the compare-and-set: a closer that sees no row stores a sealed row. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "make the row | error | seal")
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "install a sealed row | error: rejected")
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

  /** The closer seals only the slots that are taken: a free slot stays open. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "claim | seal: in the totals")
  @Outcome(
      id = "true, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | claim: accepted, but missing from the totals")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFreeSlot {
    private final long[] slots = new long[1];

    @Actor
    public void record(ZJ_Result result) {
      result.r1 = Cells.casCounter(slots, 0, 0, 1);
    }

    @Actor
    public void close(ZJ_Result result) {
      result.r2 = Cells.readCounterAcquire(slots, 0) == 0 ? 0 : Cells.seal(slots, 0);
    }
  }
}
