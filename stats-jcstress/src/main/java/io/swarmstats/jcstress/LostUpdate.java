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
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of two concurrent increments of one counter, none is lost (promise G1).
 *
 * <p>Rests on the increment being one atomic read-modify-write, and on a row that is made at first
 * use being installed by one compare-and-set; an HTTP error also on its code being marked, in one
 * step, before it is counted. It would fail if one of these were a read and a write that another
 * increment can come between, or if the mark came last. That is an interleaving, not a reordering:
 * every machine with two cores can show it, x86 too.
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

  /** Two HTTP errors of a client, one of whose recorders looks at once: its look, both. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = ACCEPTABLE,
      desc = "both counted, and its own is found")
  @Outcome(
      id = "0, 2",
      expect = FORBIDDEN,
      desc = "count | count | look | mark: not found, though recorded")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedOwnError {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void first() {
      stats.recordHttpError(404);
    }

    @Actor
    public void second(JJ_Result result) {
      stats.recordHttpError(404);
      result.r1 = of404(stats.httpErrors());
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = of404(stats.httpErrors());
    }
  }

  /** The first HTTP errors of two codes, whose marks share a word. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both found")
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = FORBIDDEN,
      desc = "read | read | mark | mark: one mark is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoCodes {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void notFound() {
      stats.recordHttpError(404);
    }

    @Actor
    public void gone() {
      stats.recordHttpError(410);
    }

    @Arbiter
    public void look(JJ_Result result) {
      Map<Integer, Long> errors = stats.httpErrors();
      result.r1 = of404(errors);
      result.r2 = errors.getOrDefault(410, 0L);
    }
  }

  /** The documents' counters of requests, which are atomics in all generations. */
  @JCStressTest
  @JCStressMeta(Shipped.class)
  @State
  public static class PlainAtomicsRequests {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);

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
      result.r1 = Cells.readCounterAcquire(Objects.requireNonNull(errors.get()), 0);
    }
  }

  /** Counts first, and leaves the mark to the one who counted first. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = ACCEPTABLE,
      desc = "both counted, and its own is found")
  @Outcome(
      id = "0, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "count | count | look | mark: not found, though recorded")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedMark {
    private static final int MARKS = 0;
    private static final int ERRORS = 1;

    private final long[] row = new long[2];

    @Actor
    public void first() {
      record();
    }

    @Actor
    public void second(JJ_Result result) {
      record();
      result.r1 = look();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = look();
    }

    private void record() {
      if (Cells.claim(row, ERRORS) == 0) {
        Cells.mark(row, MARKS, 1);
      }
    }

    private long look() {
      return Cells.readCounterAcquire(row, MARKS) == 0 ? 0 : Cells.readCounterAcquire(row, ERRORS);
    }
  }

  /** Marks by a read and a write. */
  @JCStressTest
  @Outcome(id = "3", expect = ACCEPTABLE, desc = "both found")
  @Outcome(
      id = {"1", "2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | read | mark | mark: one mark is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedMarkSet {
    private final long[] row = new long[1];

    @Actor
    public void notFound() {
      Cells.setGaugeVolatile(row, 0, Cells.readGaugeVolatile(row, 0) | 1);
    }

    @Actor
    public void gone() {
      Cells.setGaugeVolatile(row, 0, Cells.readGaugeVolatile(row, 0) | 2);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = Cells.readCounterAcquire(row, 0);
    }
  }
}
