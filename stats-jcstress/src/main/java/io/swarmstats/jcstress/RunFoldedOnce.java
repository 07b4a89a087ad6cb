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
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * A run is folded into the totals once, however many threads restart, and a late writer of an ended
 * run changes nothing (promise G3).
 *
 * <p>Rests on the pointer to the current run moving by compare-and-set from the very run that was
 * folded, and on the seal that refuses late writers. It would fail if a restart added to a total in
 * place, if it stored the pointer whatever stands there by now, or if it did not seal. All are
 * interleavings, which x86 shows too.
 */
public final class RunFoldedOnce {
  private RunFoldedOnce() {}

  private static Client with1000Bytes(ClientContender rival) {
    Client client = rival.create(1, Configs.STILL);
    client.updateCurrentBytes(1000);
    return client;
  }

  private static void lookAt(Client rival, JJ_Result result) {
    result.r1 = rival.totalBytes();
    result.r2 = 0; // no rival refuses an update
  }

  /** Two restarts at once; each thread goes on with the run that it started. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = "1100, 1",
      expect = ACCEPTABLE,
      desc = "restart 10 | restart 100 | update 10: refused")
  @Outcome(
      id = "1010, 1",
      expect = ACCEPTABLE,
      desc = "restart 100 | restart 10 | update 100: refused")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = FORBIDDEN,
      desc = "a whole run is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoRuns {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client with 1000 bytes. */
    public ShippedTwoRuns() {
      stats.updateCurrentBytes(1000);
    }

    @Actor
    public void first() {
      stats.onProcessStart().updateBytes(10);
    }

    @Actor
    public void second() {
      stats.onProcessStart().updateBytes(100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /** A late writer of the run that is being ended. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(id = "1000, 1", expect = ACCEPTABLE, desc = "seal | update: refused")
  @Outcome(id = "1000, 0", expect = FORBIDDEN, desc = "accepted and lost")
  @Outcome(id = "2100, .*", expect = FORBIDDEN, desc = "it landed in the next run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedLateWriter {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client with 1000 bytes. */
    public ShippedLateWriter() {
      run.updateBytes(1000);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Actor
    public void update() {
      run.updateBytes(1100);
    }

    @Arbiter
    public void total(JJ_Result result) {
      result.r1 = stats.totalBytes();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /**
   * The documents' mutex: each run is folded once, but which one an update belongs to is not known.
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
    private final Client client = with1000Bytes(ClientContender.MUTEX);

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

  /** The same with {@code synchronized}. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | restart | update | update: both land in the last run, and one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class SynchronizedTwoRuns {
    private final Client client = with1000Bytes(ClientContender.SYNCHRONIZED);

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

  /** The documents' pooled client: the restart loads, stores 0 and adds. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = {"2100, 0", "2010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | load | add | add: folded twice")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | restart | update | update: both land in the last run, and one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledTwoRuns {
    private final Client client = with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

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

  /** The documents' atomics: the swap folds each run once. */
  @JCStressTest
  @Outcome(id = "1110, 0", expect = ACCEPTABLE, desc = "restart | update | restart | update")
  @Outcome(
      id = {"1100, 0", "1010, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | restart | update | update: both land in the last run, and one is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsTwoRuns {
    private final Client client = with1000Bytes(ClientContender.PLAIN_ATOMICS);

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

  /** The documents' mutex. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(
      id = "2100, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: it lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexLateWriter {
    private final Client client = with1000Bytes(ClientContender.MUTEX);

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

  /** The documents' pooled client. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(
      id = "1000, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A2: load | update | store 0 | add: the update is lost")
  @Outcome(
      id = "2100, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: it lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PooledLateWriter {
    private final Client client = with1000Bytes(ClientContender.POOLED_RESET_BEFORE_PUT);

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

  /** The documents' atomics. */
  @JCStressTest
  @Outcome(id = "1100, 0", expect = ACCEPTABLE, desc = "update | seal")
  @Outcome(
      id = "2100, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "A3: restart | update: it lands in the new run")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsLateWriter {
    private final Client client = with1000Bytes(ClientContender.PLAIN_ATOMICS);

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

  /** The total is added to in place, as in the documents' atomics; the run is not its identity. */
  @JCStressTest
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "one restart after the other")
  @Outcome(
      id = "2000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "load | load | add | add: folded twice")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedFold {
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong current = new AtomicLong(1000);

    @Actor
    public void first() {
      restart();
    }

    @Actor
    public void second() {
      restart();
    }

    private void restart() {
      long ended = current.get();
      current.set(0);
      finished.addAndGet(ended);
    }

    @Arbiter
    public void total(J_Result result) {
      result.r1 = finished.get() + current.get();
    }
  }

  /**
   * The pointer is stored, whatever run is current by then. A row holds the bytes of a run and its
   * base.
   */
  @JCStressTest
  @Outcome(
      id = "true, true, 1110",
      expect = ACCEPTABLE,
      desc = "restart | update | restart | update")
  @Outcome(
      id = {"true, false, 1010", "false, true, 1100"},
      expect = ACCEPTABLE,
      desc = "restart | restart, which seals | update: refused")
  @Outcome(
      id = {"true, true, 1010", "true, true, 1100"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "take | take | store | update | store: a run is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedPointer {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[] {1000, 0});

    @Actor
    public void first(ZZJ_Result result) {
      result.r1 = Cells.raise(restart(), 0, 10);
    }

    @Actor
    public void second(ZZJ_Result result) {
      result.r2 = Cells.raise(restart(), 0, 100);
    }

    private long[] restart() {
      long[] run = current.get();
      long[] next = {0, run[1] + Cells.seal(run, 0)};
      current.set(next);
      return next;
    }

    @Arbiter
    public void total(ZZJ_Result result) {
      long[] run = current.get();
      result.r3 = run[1] + Cells.readCounterAcquire(run, 0);
    }
  }

  /** The ended run is not sealed. */
  @JCStressTest
  @Outcome(id = "true, 1100", expect = ACCEPTABLE, desc = "update | fold")
  @Outcome(
      id = "true, 1000",
      expect = ACCEPTABLE_INTERESTING,
      desc = "fold | update: accepted and lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedSeal {
    private final long[] row = {1000};
    private long base;

    @Actor
    public void restart() {
      base = Cells.readCounterAcquire(row, 0);
    }

    @Actor
    public void update(ZJ_Result result) {
      result.r1 = Cells.raise(row, 0, 1100);
    }

    @Arbiter
    public void total(ZJ_Result result) {
      result.r2 = base;
    }
  }
}
