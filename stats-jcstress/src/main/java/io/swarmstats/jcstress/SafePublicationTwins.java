package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/*
 * Run: .ci/jcstress 'SafePublicationTwins\.'
 *
 *   test            samples  bad   verdict
 *   WeakenedFields  313,197    0   seldom seen on x86
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests weakened copies for the promise of {@link SafePublication}. Each test names the edge or the
 * step that it removes; its bad outcome proves that the test of the library can fail.
 */
public final class SafePublicationTwins {
  private SafePublicationTwins() {}

  /**
   * Removes {@code final} from the fields. A constructor that reads the time sets them after a
   * volatile read. Seldom seen on x86.
   */
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "the reference is not visible yet")
  @Outcome(id = "4", expect = ACCEPTABLE, desc = "the object is visible and complete")
  @Outcome(
      id = {"0", "1", "2", "3"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "the reference becomes visible before the fields")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFields {
    private @Nullable Row shared;
    private volatile int time = 1;

    @Actor
    public void publish() {
      shared = new Row(this);
    }

    @Actor
    public void use(I_Result result) {
      Row row = shared;
      result.r1 = row == null ? -1 : row.a + row.b + row.c + row.d;
    }

    private static final class Row {
      int a;
      int b;
      int c;
      int d;

      Row(WeakenedFields clock) {
        int now = clock.time;
        a = now;
        b = now;
        c = now;
        d = now;
      }
    }
  }
}
