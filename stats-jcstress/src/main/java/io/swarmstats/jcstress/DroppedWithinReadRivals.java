package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;

/*
 * Run: .ci/jcstress 'DroppedWithinReadRivals\.'
 *
 *   test                  samples  bad   verdict
 *   MutexDropRate         155,574    9   broken
 *   PlainAtomicsDropRate  121,197   38   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link DroppedWithinRead}. Each test names its
 * variant and the fault that shows.
 */
public final class DroppedWithinReadRivals {
  private DroppedWithinReadRivals() {}

  /**
   * {@code MutexClientStats}: no mutex guards the line counts. The reader loads the read lines
   * first, and the drop rate exceeds 1.
   */
  @JCStressTest
  @Outcome(id = "0.0", expect = ACCEPTABLE, desc = "before the dropped lines change")
  @Outcome(id = "0.5", expect = ACCEPTABLE, desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "1.0", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"2.0", "1\\.3.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the read lines | call | load the dropped lines: more lines dropped than read")
  @Outcome(id = "0\\.6.*", expect = ACCEPTABLE, desc = "progress dropped | load all | stderr read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexDropRate {
    private final Client client = ClientContender.MUTEX.create(1, Configs.STILL);

    /** Creates a client that has read a line of each stream. */
    public MutexDropRate() {
      client.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      client.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(D_Result result) {
      result.r1 = client.currentDropRate();
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: the line counts and the order of the loads are those of the
   * mutex variant.
   */
  @JCStressTest
  @JCStressMeta(MutexDropRate.class)
  @State
  public static class PlainAtomicsDropRate {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);

    /** Creates a client that has read a line of each stream. */
    public PlainAtomicsDropRate() {
      client.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      client.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(D_Result result) {
      result.r1 = client.currentDropRate();
    }
  }
}
