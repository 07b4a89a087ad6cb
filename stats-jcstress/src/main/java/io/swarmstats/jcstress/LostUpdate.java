package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'LostUpdate\.'
 *
 *   test                 samples  bad   verdict
 *   Shipped              469,011    0   held
 *   ShippedHttpErrors     56,244    0   held
 *   ShippedOwnError       83,124    0   held
 *   ShippedTwoCodes      111,284    0   held
 *   ShippedTwoCodesMore  110,817    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Of two concurrent increments of one counter none is lost (promise G1).
 *
 * <p>The promise rests on three steps. The increment is one atomic read-modify-write. One
 * compare-and-set installs cells at their first use. One compare-and-set claims a slot with the
 * code of an HTTP error and its first count.
 *
 * <p>The promise would fail if one of these steps were a read and a separate write, or if code and
 * count were two cells. These failures are interleavings: every machine with two cores can show
 * them, including x86.
 */
public final class LostUpdate {
  private LostUpdate() {}

  static long of404(Map<Integer, Long> httpErrors) {
    return httpErrors.getOrDefault(404, 0L);
  }

  /** Increments a counter from two threads. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are counted")
  @Outcome(
      id = "1",
      expect = FORBIDDEN,
      desc = "read | read | write | write: one increment is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ClientStats stats = new ClientStats(1);

    @Actor
    public void first() {
      stats.incrementSegmentRequests();
    }

    @Actor
    public void second() {
      stats.incrementSegmentRequests();
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = stats.segmentRequests();
    }
  }

  /** Records the first two HTTP errors of a client. Both threads try to make the cells. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are counted")
  @Outcome(
      id = {"0", "1"},
      expect = FORBIDDEN,
      desc = "look | look | make | make: one error is in discarded cells")
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

  /**
   * Records an HTTP error from two threads; one of them reads the count at once. The results are
   * this count and the final count.
   */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = ACCEPTABLE,
      desc = "both errors count, and the recorder sees its own")
  @Outcome(
      id = "0, 2",
      expect = FORBIDDEN,
      desc = "count | count | look | code: the recorder misses its own error")
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

  /** Records the first HTTP errors of two codes. Both threads try to claim the first slot. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both codes show")
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = FORBIDDEN,
      desc = "look | look | claim | claim: one code is lost")
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

  /**
   * Records the first HTTP errors of two codes that have no slot, because other codes have taken
   * all slots. Both threads try to make the row.
   */
  @JCStressTest
  @JCStressMeta(ShippedTwoCodes.class)
  @State
  public static class ShippedTwoCodesMore {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client whose slots are taken. */
    public ShippedTwoCodesMore() {
      for (int code = 500; code < 508; code++) {
        stats.recordHttpError(code);
      }
    }

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
}
