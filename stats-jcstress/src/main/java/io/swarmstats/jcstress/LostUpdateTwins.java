package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'LostUpdateTwins\.'
 *
 *   test             samples    bad   verdict
 *   Weakened          53,684     12   caught
 *   WeakenedInstall  448,531  5,024   caught
 *   WeakenedSlot     111,284    366   caught
 *   WeakenedClaim    458,771  7,767   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link LostUpdate}. Each test names the edge or the step
 * that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class LostUpdateTwins {
  private LostUpdateTwins() {}

  /** Removes the atomic step: the increment reads, adds and writes a plain field. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are counted")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | read | write | write: one increment is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Weakened {
    private long segmentRequests;

    @Actor
    public void first() {
      segmentRequests += 1;
    }

    @Actor
    public void second() {
      segmentRequests += 1;
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = segmentRequests;
    }
  }

  /** Removes the compare-and-set: each thread stores its new row. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are counted in one row")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | store | increment | store: a row and its count are lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedInstall {
    private final AtomicReference<long @Nullable []> errors = new AtomicReference<>();

    @Actor
    public void first() {
      record();
    }

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

    @Arbiter
    public void total(J_Result result) {
      result.r1 = Cells.readCounterAcquire(Objects.requireNonNull(errors.get()), 0);
    }
  }

  /** Keeps code and count in two cells: only the first thread that counts sets the code. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 2"},
      expect = ACCEPTABLE,
      desc = "both errors count, and the recorder sees its own")
  @Outcome(
      id = "0, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "count | count | look | code: the recorder misses its own error")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSlot {
    private static final int CODE = 0;
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
        Cells.setGaugeVolatile(row, CODE, 404);
      }
    }

    private long look() {
      return Cells.readGaugeAcquire(row, CODE) == 0 ? 0 : Cells.readCounterAcquire(row, ERRORS);
    }
  }

  /** Splits the claim of a free slot into a look and a store. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "both codes have a slot")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "look | look | claim | claim: one code is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedClaim {
    private final long[] slots = new long[2];

    @Actor
    public void notFound() {
      claim(404);
    }

    @Actor
    public void gone() {
      claim(410);
    }

    private void claim(int code) {
      int free = Cells.readGaugeVolatile(slots, 0) == 0 ? 0 : 1;
      Cells.setGaugeVolatile(slots, free, code);
    }

    @Arbiter
    public void look(J_Result result) {
      for (int i = 0; i < slots.length; i++) {
        result.r1 += Cells.readGaugeVolatile(slots, i) == 0 ? 0 : 1;
      }
    }
  }
}
