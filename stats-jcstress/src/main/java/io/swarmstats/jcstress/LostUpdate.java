package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of two concurrent increments of one counter, none is lost (promise G1).
 *
 * <p>Rests on the increment being one atomic read-modify-write. It would fail if it were a read and
 * a write that another increment can come between. That is an interleaving, not a reordering: every
 * machine with two cores can show it, x86 too.
 */
public final class LostUpdate {
  private LostUpdate() {}

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
}
