package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.HttpErrors;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of two concurrent increments of one counter, none is lost (promise G1).
 *
 * <p>Rests on the increment being one atomic read-modify-write, and on a row that is made at first
 * use being installed by one compare-and-set. It would fail if either were a read and a write that
 * another increment can come between. That is an interleaving, not a reordering: every machine with
 * two cores can show it, x86 too.
 */
public final class LostUpdate {
  private LostUpdate() {}

  private static long of404(Map<Integer, Long> httpErrors) {
    return httpErrors.getOrDefault(404, 0L);
  }

  /** The library. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
  @Outcome(id = "1", expect = FORBIDDEN, desc = "read | read | write | write: one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ClientStats stats = new ClientStats(1);

    /** One increment. */
    @Actor
    public void first() {
      stats.incrementSegmentRequests();
    }

    /** The other. */
    @Actor
    public void second() {
      stats.incrementSegmentRequests();
    }

    /** Looks once both are done. */
    @Arbiter
    public void total(J_Result result) {
      result.r1 = stats.segmentRequests();
    }
  }

  /** The first two HTTP errors of a client, which also race to make its row. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
  @Outcome(
      id = {"0", "1"},
      expect = FORBIDDEN,
      desc = "look | look | make | make: one is in a row that was thrown away")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedHttpErrors {
    private final ClientStats stats = new ClientStats(1);

    @Actor
    public void first() {
      stats.recordHttpError(404);
    }

    @Actor
    public void second() {
      stats.recordHttpError(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = of404(stats.httpErrors());
    }
  }

  /** The documents' counters of requests, which are atomics in all generations. */
  @JCStressTest
  @JCStressMeta(Shipped.class)
  @State
  public static class PlainAtomicsRequests {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, ManualClock.STILL);

    @Actor
    public void first() {
      client.incrementSegmentRequests();
    }

    @Actor
    public void second() {
      client.incrementSegmentRequests();
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = client.segmentRequests();
    }
  }

  /** The documents' map behind a mutex. */
  @JCStressTest
  @JCStressMeta(ShippedHttpErrors.class)
  @State
  public static class MutexHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.MutexHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = of404(errors.counts());
    }
  }

  /** The same map with {@code synchronized}. */
  @JCStressTest
  @JCStressMeta(ShippedHttpErrors.class)
  @State
  public static class SynchronizedHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.SynchronizedHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = of404(errors.counts());
    }
  }

  /** The documents' array of atomics, which is made with the client. */
  @JCStressTest
  @JCStressMeta(ShippedHttpErrors.class)
  @State
  public static class EagerHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.EagerHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = of404(errors.counts());
    }
  }

  /** The documents' concurrent map, whose two first users race to make the counter. */
  @JCStressTest
  @JCStressMeta(ShippedHttpErrors.class)
  @State
  public static class ConcurrentMapHttpErrors {
    private final HttpErrors errors = new io.swarmstats.rivals.ConcurrentMapHttpErrors();

    @Actor
    public void first() {
      errors.record(404);
    }

    @Actor
    public void second() {
      errors.record(404);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = of404(errors.counts());
    }
  }

  /** The same with a plain field: a read, an addition and a write. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | read | write | write: one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Weakened {
    private long segmentRequests;

    /** One increment. */
    @Actor
    public void first() {
      segmentRequests += 1;
    }

    /** The other. */
    @Actor
    public void second() {
      segmentRequests += 1;
    }

    /** Looks once both are done. */
    @Arbiter
    public void total(J_Result result) {
      result.r1 = segmentRequests;
    }
  }

  /** The row that is made at first use is stored, whatever row is there by then. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted, in one row")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | store | increment | store: a row is lost with its count")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedInstall {
    private final AtomicReference<long @Nullable []> errors = new AtomicReference<>();

    /** One error. */
    @Actor
    public void first() {
      record();
    }

    /** The other. */
    @Actor
    public void second() {
      record();
    }

    private void record() {
      if (errors.get() == null) {
        errors.set(new long[1]);
      }
      Cells.increment(Objects.requireNonNull(errors.get()), 0);
    }

    /** Looks once both are done. */
    @Arbiter
    public void total(J_Result result) {
      result.r1 = Cells.readAcquire(Objects.requireNonNull(errors.get()), 0);
    }
  }
}
