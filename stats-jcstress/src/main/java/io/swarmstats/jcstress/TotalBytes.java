package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * A client's total bytes never fall and never exceed what was reported, over any number of restarts
 * (promise G2).
 *
 * <p>Rests on one pointer that moves from a run to the next, whose base already holds the one
 * before, and on the seal that makes an ended run final before it is folded. It would fail if the
 * bytes of the ended runs and of this one were two words, or if an update could get into a run
 * after its fold. Both are interleavings, which x86 shows too.
 */
public final class TotalBytes {
  private TotalBytes() {}

  private static Client with1000Bytes(ClientContender rival) {
    Client client = rival.create(1, Configs.STILL);
    client.updateCurrentBytes(1000);
    return client;
  }

  /** Two reads against a restart and the first bytes of the new run. */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = FORBIDDEN,
      desc = "the finished run is missing")
  @Outcome(
      id = {"2000, .*", ".*, 2000"},
      expect = FORBIDDEN,
      desc = "the finished run is counted twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client with 1000 bytes. */
    public ShippedRestart() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart().updateBytes(500);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.totalBytes();
    }
  }

  /** An update of the run that is being ended; its writer looks at the total after it. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "seal | update: refused")
  @Outcome(id = "1100, 1000", expect = FORBIDDEN, desc = "an update that was seen is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedUpdate {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client with 1000 bytes. */
    public ShippedUpdate() {
      run.updateBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Actor
    public void update(JJ_Result result) {
      run.updateBytes(1100);
      result.r1 = stats.totalBytes();
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = stats.totalBytes();
    }
  }

  /** The documents' mutex: the restart is one step. */
  @JCStressTest
  @JCStressMeta(ShippedRestart.class)
  @State
  public static class MutexRestart {
    private final Client client = with1000Bytes(ClientContender.MUTEX);

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

  /** The same with {@code synchronized}. */
  @JCStressTest
  @JCStressMeta(ShippedRestart.class)
  @State
  public static class SynchronizedRestart {
    private final Client client = with1000Bytes(ClientContender.SYNCHRONIZED);

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

  /** The documents' pooled client, whose bytes are two words, as first printed. */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: store 0 | read | add: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledRestart {
    private final Client client = with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

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

  /** The documents' atomics: the bytes are two words. */
  @JCStressTest
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "before the update")
  @Outcome(id = "1000, 1500", expect = ACCEPTABLE, desc = "read | update | read")
  @Outcome(id = "1500, 1500", expect = ACCEPTABLE, desc = "after the update")
  @Outcome(
      id = {"0, .*", "500, .*", ".*, 0", ".*, 500"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: swap | read | add: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsRestart {
    private final Client client = with1000Bytes(ClientContender.PLAIN_ATOMICS);

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

  /** The documents' mutex: nothing is lost, but nothing is refused either. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = "2100, 2100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: it lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexUpdate {
    private final Client client = with1000Bytes(ClientContender.MUTEX);

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

  /** The documents' pooled client: the restart loads, stores 0 and adds. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = {"1100, 1000", "1000, 1000", "0, 1000"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | update | store 0 | add: the update is lost")
  @Outcome(
      id = {"1100, 2100", "2100, 2100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: load | store 0 | update: it lands in the new run")
  @Outcome(
      id = "0, 1100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: update | store 0 | read | add: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledUpdate {
    private final Client client = with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

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

  /** The documents' atomics: the restart swaps and adds. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | restart")
  @Outcome(
      id = {"1100, 2100", "2100, 2100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: swap | update: it lands in the new run")
  @Outcome(
      id = "0, 1100",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A1: update | swap | read | add: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsUpdate {
    private final Client client = with1000Bytes(ClientContender.PLAIN_ATOMICS);

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

  /** The finished runs and the current one are two words, as in the documents' atomics. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "before or after the restart")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "swap | read both | add: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPointer {
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong current = new AtomicLong(1000);

    @Actor
    public void restart() {
      finished.addAndGet(current.getAndSet(0));
    }

    @Actor
    public void read(J_Result result) {
      result.r1 = finished.get() + current.get();
    }
  }

  /** The run is folded before it is sealed. A row holds the bytes of a run and its base. */
  @JCStressTest
  @Outcome(id = "1100, 1100", expect = ACCEPTABLE, desc = "update | fold")
  @Outcome(id = "1000, 1000", expect = ACCEPTABLE, desc = "fold | seal | update: refused")
  @Outcome(
      id = "1100, 1000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | update | read | move the pointer: an update that was seen is gone")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFold {
    private final long[] first = {1000, 0};
    private final AtomicReference<long[]> current = new AtomicReference<>(first);

    @Actor
    public void restart() {
      long total = total(first);
      Cells.seal(first, 0);
      current.compareAndSet(first, new long[] {0, total});
    }

    @Actor
    public void update(JJ_Result result) {
      Cells.raise(first, 0, 1100);
      result.r1 = total(current.get());
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r2 = total(current.get());
    }

    private static long total(long[] run) {
      return run[1] + Cells.readCounterAcquire(run, 0);
    }
  }

  /** The pointer is taken twice, for the base and for the bytes. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "before or after the restart")
  @Outcome(
      id = "0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "base of the first | restart | bytes of the second: the finished run is missing")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedTwoLoads {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[] {1000, 0});

    @Actor
    public void restart() {
      long[] run = current.get();
      current.compareAndSet(run, new long[] {0, run[1] + Cells.seal(run, 0)});
    }

    @Actor
    public void read(J_Result result) {
      long base = current.get()[1];
      result.r1 = base + Cells.readCounterAcquire(current.get(), 0);
    }
  }
}
