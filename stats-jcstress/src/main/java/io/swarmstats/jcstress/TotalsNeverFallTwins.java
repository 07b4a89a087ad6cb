package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'TotalsNeverFallTwins\.'
 *
 *   test          samples  bad   verdict
 *   WeakenedStep  121,197   63   caught
 *   WeakenedSeal   85,684  132   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link TotalsNeverFall}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class TotalsNeverFallTwins {
  private TotalsNeverFallTwins() {}

  /**
   * Splits the removal: the client leaves the live clients in one step and joins the departed in
   * another.
   */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "the client is live or departed")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "leave | load both | join: the total falls")
  @Outcome(
      id = "4",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load live | leave | join | load departed: counted twice")
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

  /**
   * Removes the seal of the removed client. A registry holds the live row and the departed total.
   */
  @JCStressTest
  @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "request | fold")
  @Outcome(
      id = "2, 2",
      expect = ACCEPTABLE,
      desc = "swap | request, which no reader sees any more | read")
  @Outcome(
      id = "3, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | request | read | swap: a request that a reader saw is gone")
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
