package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Of two concurrent raises of one level the higher stays, whichever of them comes last.
 *
 * <p>Bytes, lines, the greatest drift and the peak drop rate rest on it (promises G2, G4, G5, G6).
 * It rests on the raise being a compare-and-set from the level that was found to be lower, tried
 * again when it is outbid. It would fail if the level were stored, or if an outbid raise gave up.
 * Both are interleavings, which x86 shows too.
 */
public final class LostRaise {
  private LostRaise() {}

  /** Two reports of bytes: bytes, rejected updates. */
  @JCStressTest
  @Outcome(id = "6, 0", expect = ACCEPTABLE, desc = "the higher stays, and none is refused")
  @Outcome(id = "3, .*", expect = FORBIDDEN, desc = "raise to 6 | raise to 3: the higher is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void three() {
      stats.updateCurrentBytes(3);
    }

    @Actor
    public void six() {
      stats.updateCurrentBytes(6);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /** The level is stored, whatever it is by then. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "the higher came last")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "store 6 | store 3: the higher is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSet {
    private final AtomicLong level = new AtomicLong();

    @Actor
    public void three() {
      level.set(3);
    }

    @Actor
    public void six() {
      level.set(6);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = level.get();
    }
  }

  /** A raise that is outbid gives up, by however little. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "the higher stays")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load 0 | raise to 3 | compare-and-set from 0 to 6 fails: the higher is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRetry {
    private final AtomicLong level = new AtomicLong();

    @Actor
    public void three() {
      raise(3);
    }

    @Actor
    public void six() {
      raise(6);
    }

    private void raise(long candidate) {
      long seen = level.get();
      if (seen < candidate) {
        level.compareAndSet(seen, candidate);
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = level.get();
    }
  }
}
