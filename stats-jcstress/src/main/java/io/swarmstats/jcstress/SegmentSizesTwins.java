package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'SegmentSizesTwins\.'
 *
 *   test           samples    bad   verdict
 *   WeakenedIndex  458,771  2,380   caught
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link SegmentSizes}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class SegmentSizesTwins {
  private SegmentSizesTwins() {}

  /** Splits the claim into a read and a write of the index. */
  @JCStressTest
  @Outcome(
      id = {"100, 300", "300, 100"},
      expect = ACCEPTABLE,
      desc = "both are kept")
  @Outcome(
      id = {"100, 0", "300, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "read | read: both write one slot, and one size is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedIndex {
    private final AtomicLong index = new AtomicLong();
    private final AtomicLongArray slots = new AtomicLongArray(2);

    @Actor
    public void small() {
      record(100);
    }

    @Actor
    public void large() {
      record(300);
    }

    private void record(long bytes) {
      long slot = index.get();
      slots.set((int) slot, bytes);
      index.set(slot + 1);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = slots.get(0);
      result.r2 = slots.get(1);
    }
  }
}
