package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/*
 * Run: .ci/jcstress 'ResetTwins\.'
 *
 *   test               samples  bad   verdict
 *   WeakenedWindow     339,894  207   caught
 *   WeakenedStep       448,531  289   caught
 *   WeakenedLoadOrder  218,248   28   caught
 *   WeakenedEpoch      133,044  958   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link Reset}. Each test names the edge or the step that
 * it removes; its bad outcome proves that the test of the library can fail.
 */
public final class ResetTwins {
  private ResetTwins() {}

  /** Removes the epoch from the window, and stores the window after the reset cleared it. */
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the window of the new epoch starts at 0")
  @Outcome(
      id = "-5",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load 5 | reset | store 5: the next window has a negative count")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWindow {
    private final AtomicLong counted = new AtomicLong(5);
    private final AtomicLong window = new AtomicLong();

    @Actor
    public void reset() {
      counted.set(0);
      window.set(0);
    }

    @Actor
    public void read() {
      window.set(counted.get());
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = counted.get() - window.get();
    }
  }

  /** Splits the reset: the live clients are replaced first, the departed clients afterwards. */
  @JCStressTest
  @Outcome(id = "5", expect = ACCEPTABLE, desc = "the old epoch")
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "the new epoch")
  @Outcome(
      id = "3",
      expect = ACCEPTABLE_INTERESTING,
      desc = "replace the live | read | replace the departed: half of the old epoch")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedStep {
    private final AtomicReference<Requests> requests = new AtomicReference<>(new Requests(2, 3));

    @Actor
    public void reset() {
      requests.updateAndGet(now -> new Requests(0, now.departed));
      requests.updateAndGet(now -> new Requests(now.live, 0));
    }

    @Actor
    public void read(J_Result result) {
      Requests now = requests.get();
      result.r1 = now.live + now.departed;
    }

    private record Requests(long live, long departed) {}
  }

  /**
   * Reverses the order of the reader: the window is loaded after the epoch. The result is the
   * number of requests in the windows of the new epoch, which has 8.
   */
  @JCStressTest
  @Outcome(id = "8", expect = ACCEPTABLE, desc = "each request is in one window")
  @Outcome(
      id = "16",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the epoch | reset | read | load the window and move it back")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedLoadOrder {
    private final AtomicReference<Epoch> epoch = new AtomicReference<>(new Epoch(0, 5));
    private final AtomicReference<Epoch> window = new AtomicReference<>(new Epoch(0, 0));
    private long one;
    private long other;

    @Actor
    public void resetAndRead() {
      epoch.set(new Epoch(1, 8));
      one = read();
    }

    @Actor
    public void readOldOrNew() {
      other = read();
    }

    /**
     * Returns the requests in the window that ends now, or 0 if the window belongs to the old
     * epoch.
     */
    private long read() {
      while (true) {
        Epoch now = epoch.get();
        Epoch before = window.get();
        if (window.compareAndSet(before, now)) {
          long start = before.number == now.number ? before.requests : 0;
          return now.number == 0 ? 0 : now.requests - start;
        }
      }
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = one + other + read();
    }

    /** An epoch, or the end of a window in an epoch. */
    private record Epoch(int number, long requests) {}
  }

  /**
   * Removes the comparison: the epoch is stored over any other epoch. The result is the number of
   * the epoch after two resets.
   */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "each epoch has its own number")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | store | store: two epochs share one number")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedEpoch {
    private final AtomicLong epoch = new AtomicLong();

    @Actor
    public void one() {
      epoch.set(epoch.get() + 1);
    }

    @Actor
    public void other() {
      epoch.set(epoch.get() + 1);
    }

    @Arbiter
    public void look(J_Result result) {
      result.r1 = epoch.get();
    }
  }
}
