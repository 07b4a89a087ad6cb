package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/*
 * Run: .ci/jcstress 'RunFoldedOnceRivals\.'
 *
 *   test                    samples      bad   verdict
 *   MutexTwoRuns             98,099      186   broken
 *   SynchronizedTwoRuns     152,833      170   broken
 *   PooledTwoRuns           143,284   36,395   broken
 *   PlainAtomicsTwoRuns     448,531   94,178   broken
 *   MutexLateWriter         428,051  365,296   broken
 *   PooledLateWriter        428,051  341,520   broken
 *   PlainAtomicsLateWriter  417,811  357,588   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link RunFoldedOnce}. Each test names its
 * variant and the fault that shows.
 */
public final class RunFoldedOnceRivals {
  private RunFoldedOnceRivals() {}

  private static void lookAt(Client rival, JJ_Result result) {
    result.r1 = rival.totalBytes();
    result.r2 = 0; // no rival rejects an update
  }

  /**
   * {@code MutexClientStats}: each run is folded once, but an update does not name its run. Fault
   * A3.
   */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | restart | update | update: both land in the last run, and one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexTwoRuns {
    private final Client client = RivalStates.with1000Bytes(ClientContender.MUTEX);

    @Actor
    public void first() {
      client.onProcessStart();
      client.updateCurrentBytes(10);
    }

    @Actor
    public void second() {
      client.onProcessStart();
      client.updateCurrentBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code SynchronizedClientStats}: as the mutex variant. Fault A3. */
  @JCStressTest
  @JCStressMeta(MutexTwoRuns.class)
  @State
  public static class SynchronizedTwoRuns {
    private final Client client = RivalStates.with1000Bytes(ClientContender.SYNCHRONIZED);

    @Actor
    public void first() {
      client.onProcessStart();
      client.updateCurrentBytes(10);
    }

    @Actor
    public void second() {
      client.onProcessStart();
      client.updateCurrentBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PooledClientStats}: the restart loads, stores 0 and adds. Faults A2 and A3. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = {"2100, 0", "2010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | load | add | add: the run is folded twice")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | restart | update | update: both land in the last run, and one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledTwoRuns {
    private final Client client =
        RivalStates.with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void first() {
      client.onProcessStart();
      client.updateCurrentBytes(10);
    }

    @Actor
    public void second() {
      client.onProcessStart();
      client.updateCurrentBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PlainAtomicsClientStats}: the swap folds each run once. Fault A3. */
  @JCStressTest
  @JCStressMeta(MutexTwoRuns.class)
  @State
  public static class PlainAtomicsTwoRuns {
    private final Client client = RivalStates.with1000Bytes(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void first() {
      client.onProcessStart();
      client.updateCurrentBytes(10);
    }

    @Actor
    public void second() {
      client.onProcessStart();
      client.updateCurrentBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code MutexClientStats}: a late update is not rejected. Fault A3. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = "2100, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: the update lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLateWriter {
    private final Client client = RivalStates.with1000Bytes(ClientContender.MUTEX);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update() {
      client.updateCurrentBytes(1100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PooledClientStats}: the restart loads, stores 0 and adds. Faults A2 and A3. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = "1000, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | update | store 0 | add: the update is lost")
  @Outcome(
      id = "2100, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: the update lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledLateWriter {
    private final Client client =
        RivalStates.with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update() {
      client.updateCurrentBytes(1100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }

  /** {@code PlainAtomicsClientStats}: a late update is not rejected. Fault A3. */
  @JCStressTest
  @JCStressMeta(MutexLateWriter.class)
  @State
  public static class PlainAtomicsLateWriter {
    private final Client client = RivalStates.with1000Bytes(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update() {
      client.updateCurrentBytes(1100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      lookAt(client, result);
    }
  }
}
