package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'ReaderWindowsTwins\.'
 *
 *   test               samples      bad   verdict
 *   WeakenedWindow     111,284    2,876   caught
 *   WeakenedOneWindow  251,757  244,197   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link ReaderWindows}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class ReaderWindowsTwins {
  private ReaderWindowsTwins() {}

  /**
   * Removes the comparison: the window is stored over any other window. The result is the number of
   * requests in all windows.
   */
  @JCStressTest
  @Outcome(id = "60", expect = ACCEPTABLE, desc = "each request is in one window")
  @Outcome(
      id = "120",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: each request is in two windows")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWindow {
    private final AtomicLong counted = new AtomicLong(60);
    private final AtomicLong window = new AtomicLong();
    private long one;
    private long other;

    @Actor
    public void one() {
      one = aggregate();
    }

    @Actor
    public void other() {
      other = aggregate();
    }

    private long aggregate() {
      long start = window.get();
      long end = counted.get();
      window.set(end);
      return end - start;
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = one + other;
    }
  }

  /** Shares one window between two readers. */
  @JCStressTest
  @Outcome(id = "60, 60", expect = ACCEPTABLE, desc = "load | load | store | store")
  @Outcome(
      id = {"60, 0", "0, 60"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | store | load: one reader ended the window of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedOneWindow {
    private final AtomicLong counted = new AtomicLong(60);
    private final AtomicLong window = new AtomicLong();

    @Actor
    public void dashboard(JJ_Result result) {
      result.r1 = aggregate();
    }

    @Actor
    public void log(JJ_Result result) {
      result.r2 = aggregate();
    }

    private long aggregate() {
      long start = window.get();
      long end = counted.get();
      window.set(end);
      return end - start;
    }
  }
}
