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
 * Run: .ci/jcstress 'TotalBytesRivals\.'
 *
 *   test                 samples      bad   verdict
 *   MutexRestart         123,115        0   held
 *   SynchronizedRestart  155,108        0   held
 *   PooledRestart        139,224      246   broken
 *   PlainAtomicsRestart  129,204      401   broken
 *   MutexUpdate          106,934   95,948   broken
 *   PooledUpdate         224,694  196,709   broken
 *   PlainAtomicsUpdate   155,574  147,220   broken
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * Tests the documents' variants for the promise of {@link TotalBytes}. Each test names its variant
 * and the fault that shows.
 */
public final class TotalBytesRivals {
  private TotalBytesRivals() {}

  /** {@code MutexClientStats}: the restart is one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(TotalBytes.ShippedRestart.class)
  @State
  public static class MutexRestart {
    private final Client client = RivalStates.with1000Bytes(ClientContender.MUTEX);

    @Actor
    public void restart() {
      client.onProcessStart();
      client.updateCurrentBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = client.totalBytes();
      result.r2 = client.totalBytes();
    }
  }

  /** {@code SynchronizedClientStats}: the restart is one step. No fault shows here. */
  @JCStressTest
  @JCStressMeta(TotalBytes.ShippedRestart.class)
  @State
  public static class SynchronizedRestart {
    private final Client client = RivalStates.with1000Bytes(ClientContender.SYNCHRONIZED);

    @Actor
    public void restart() {
      client.onProcessStart();
      client.updateCurrentBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = client.totalBytes();
      result.r2 = client.totalBytes();
    }
  }

  /**
   * {@code PooledClientStats}: the bytes are two words, and the restart stores 0 before it adds.
   * Fault A1.
   */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: store 0 | read | add: the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledRestart {
    private final Client client =
        RivalStates.with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void restart() {
      client.onProcessStart();
      client.updateCurrentBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = client.totalBytes();
      result.r2 = client.totalBytes();
    }
  }

  /**
   * {@code PlainAtomicsClientStats}: the bytes are two words, and the restart swaps before it adds.
   * Fault A1.
   */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: swap | read | add: the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsRestart {
    private final Client client = RivalStates.with1000Bytes(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void restart() {
      client.onProcessStart();
      client.updateCurrentBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = client.totalBytes();
      result.r2 = client.totalBytes();
    }
  }

  /**
   * {@code MutexClientStats}: no update is lost, but a late update is not rejected either. Fault
   * A3.
   */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = "2100, 2100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: the update lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexUpdate {
    private final Client client = RivalStates.with1000Bytes(ClientContender.MUTEX);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update(JJ_Result result) {
      client.updateCurrentBytes(1100);
      result.r1 = client.totalBytes();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = client.totalBytes();
    }
  }

  /** {@code PooledClientStats}: the restart loads, stores 0 and adds. Faults A1, A2 and A3. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = {"1100, 1000", "1000, 1000", "0, 1000"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | update | store 0 | add: the update is lost")
  @Outcome(
      id = {"1100, 2100", "2100, 2100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: load | store 0 | update: the update lands in the new run")
  @Outcome(
      id = "0, 1100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: update | store 0 | read | add: the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledUpdate {
    private final Client client =
        RivalStates.with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update(JJ_Result result) {
      client.updateCurrentBytes(1100);
      result.r1 = client.totalBytes();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = client.totalBytes();
    }
  }

  /** {@code PlainAtomicsClientStats}: the restart swaps and adds. Faults A1 and A3. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = {"1100, 2100", "2100, 2100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: swap | update: the update lands in the new run")
  @Outcome(
      id = "0, 1100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: update | swap | read | add: the reader misses the ended run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsUpdate {
    private final Client client = RivalStates.with1000Bytes(ClientContender.PLAIN_ATOMICS);

    @Actor
    public void restart() {
      client.onProcessStart();
    }

    @Actor
    public void update(JJ_Result result) {
      client.updateCurrentBytes(1100);
      result.r1 = client.totalBytes();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = client.totalBytes();
    }
  }
}
