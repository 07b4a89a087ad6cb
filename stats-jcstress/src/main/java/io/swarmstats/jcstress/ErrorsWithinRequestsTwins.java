package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'ErrorsWithinRequestsTwins\.'
 *
 *   test               samples  bad   verdict
 *   WeakenedReadOrder  262,324   23   caught
 *   WeakenedSealOrder  165,814  344   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link ErrorsWithinRequests}. Each test names the edge
 * or the step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class ErrorsWithinRequestsTwins {
  private ErrorsWithinRequestsTwins() {}

  /** Reverses the order of the reader: the requests are loaded before the errors. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the request")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | read | error")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the error")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load requests | request | error | load errors: an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] requests = new long[1];
    private final long[] errors = new long[1];

    @Actor
    public void record() {
      Cells.increment(requests, 0);
      Cells.increment(errors, 0);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(requests, 0);
      result.r1 = Cells.readCounterAcquire(errors, 0);
    }
  }

  /** Reverses the order of the seals: the closer seals the requests before the errors. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "seal | request | error: both rejected")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "request | seal | error: rejected")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "request | error | seal")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal requests | request: rejected | error | seal errors: "
          + "an error without its request")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSealOrder {
    private final long[] requests = new long[1];
    private final long[] errors = new long[1];

    @Actor
    public void record() {
      Cells.increment(requests, 0);
      Cells.increment(errors, 0);
    }

    @Actor
    public void close() {
      Cells.seal(requests, 0);
      Cells.seal(errors, 0);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(errors, 0);
      result.r2 = Cells.readCounterAcquire(requests, 0);
    }
  }
}
