package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.snapshot.Pipeline;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DJ_Result;
import org.openjdk.jcstress.infra.results.D_Result;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * In every snapshot the dropped lines are at most the lines read, in each stream and in total
 * (promise G6).
 *
 * <p>Rests on the writer raising the lines read before the dropped ones, on the reader loading the
 * dropped ones (acquire) before the lines read, and on a refused number ending its call: what was
 * refused is no bound. The orders of the accesses in the program are interleavings, which x86 shows
 * when they are swapped; that the machine keeps them is an edge that x86 cannot fail.
 */
public final class DroppedWithinRead {
  private DroppedWithinRead() {}

  /**
   * A snapshot against a call that drops all lines: progress read, dropped, stderr read, dropped.
   */
  @JCStressTest
  @Outcome(id = "1, 0, 1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(
      id = {"2, 0, 1, 0", "2, 0, 2, 0"},
      expect = ACCEPTABLE,
      desc = "lines read | snapshot | lines dropped")
  @Outcome(
      id = "2, 2, 2, 0",
      expect = ACCEPTABLE,
      desc = "progress dropped | snapshot | stderr dropped")
  @Outcome(id = "2, 2, 2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"1, 2, .*", ".*, 1, 2"},
      expect = FORBIDDEN,
      desc = "more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSnapshot {
    private final StatsAggregator aggregator = new StatsAggregator(Configs.STILL);
    private final ClientStats stats = aggregator.addClient(1);

    /** Creates a client that has read a line of each stream. */
    public ShippedSnapshot() {
      stats.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      stats.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(JJJJ_Result result) {
      Pipeline pipeline = aggregator.aggregate().pipeline();
      result.r1 = pipeline.progress().read();
      result.r2 = pipeline.progress().dropped();
      result.r3 = pipeline.stderr().read();
      result.r4 = pipeline.stderr().dropped();
    }
  }

  /** A call against the end of its run, which may refuse it half way. */
  @JCStressTest
  @Outcome(id = "1.0, 0", expect = ACCEPTABLE, desc = "call | seal")
  @Outcome(
      id = "0.5, 1",
      expect = ACCEPTABLE,
      desc = "progress dropped | seal | stderr dropped: refused")
  @Outcome(id = "0.0, 1", expect = ACCEPTABLE, desc = "seal | dropped: refused")
  @Outcome(
      id = {"2.0, .*", "1\\.3.*"},
      expect = FORBIDDEN,
      desc = "more dropped than read")
  @Outcome(id = "1.0, 1", expect = FORBIDDEN, desc = "applied and refused")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedRestart {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);
    private final ProcessRun run = stats.currentRun();

    /** Creates a client that has read a line of each stream. */
    public ShippedRestart() {
      run.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      run.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void restart() {
      stats.onProcessStart();
    }

    @Arbiter
    public void look(DJ_Result result) {
      result.r1 = stats.currentDropRate();
      result.r2 = stats.rejectedUpdates();
    }
  }

  /** The drop rate against a call that drops all lines. */
  @JCStressTest
  @Outcome(id = "0.0", expect = ACCEPTABLE, desc = "read dropped | call")
  @Outcome(id = "0.5", expect = ACCEPTABLE, desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "1.0", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"2.0", "1\\.3.*"},
      expect = FORBIDDEN,
      desc = "more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedDropRate {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    /** Creates a client that has read a line of each stream. */
    public ShippedDropRate() {
      stats.recordDroppedLines(1, 0, 1, 0);
    }

    @Actor
    public void record() {
      stats.recordDroppedLines(2, 2, 2, 2);
    }

    @Actor
    public void read(D_Result result) {
      result.r1 = stats.currentDropRate();
    }
  }

  /** The documents' mutex guards no line count: these are atomics in all generations. */
  @JCStressTest
  @Outcome(id = "0.0", expect = ACCEPTABLE, desc = "read dropped | call")
  @Outcome(id = "0.5", expect = ACCEPTABLE, desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "1.0", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"2.0", "1\\.3.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the lines read | call | load the dropped: more dropped than read")
  @Outcome(id = "0\\.6.*", expect = ACCEPTABLE, desc = "progress dropped | read both | stderr read")
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

  /** The documents' atomics: the same four counts, and the same order of the reads. */
  @JCStressTest
  @Outcome(id = "0.0", expect = ACCEPTABLE, desc = "read dropped | call")
  @Outcome(id = "0.5", expect = ACCEPTABLE, desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "1.0", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = {"2.0", "1\\.3.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "load the lines read | call | load the dropped: more dropped than read")
  @Outcome(id = "0\\.6.*", expect = ACCEPTABLE, desc = "progress dropped | read both | stderr read")
  @Outcome(expect = FORBIDDEN)
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

  /** The dropped lines are raised before the lines read. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "read dropped | call | read lines read")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "dropped | read both | lines read: more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWriteOrder {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(dropped, 0, 2);
      Cells.raise(read, 0, 2);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(dropped, 0);
      result.r1 = Cells.readCounterAcquire(read, 0);
    }
  }

  /** The lines read are read before the dropped ones. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "lines read | read both | dropped")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read lines read | call | read dropped: more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(read, 0, 2);
      Cells.raise(dropped, 0, 2);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(read, 0);
      result.r2 = Cells.readCounterAcquire(dropped, 0);
    }
  }

  /** Both are plain fields: the compiler may swap the stores, or the loads. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "before the call")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "read dropped | call | read lines read")
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after the call")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "swapped by the compiler: more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedModes {
    private long read = 1;
    private long dropped;

    @Actor
    public void record() {
      read = 2;
      dropped = 2;
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = dropped;
      result.r1 = read;
    }
  }

  /**
   * The call goes on after a refusal, at the end of a run that seals in the order of the writer.
   */
  @JCStressTest
  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "call | seals")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "lines read | seals | dropped: refused")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "seals | call: refused")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "seal | lines read: refused | dropped | seal: more dropped than read")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRefusal {
    private final long[] read = {1};
    private final long[] dropped = new long[1];

    @Actor
    public void record() {
      Cells.raise(read, 0, 2);
      Cells.raise(dropped, 0, 2);
    }

    @Actor
    public void end() {
      Cells.seal(read, 0);
      Cells.seal(dropped, 0);
    }

    @Arbiter
    public void look(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(read, 0);
      result.r2 = Cells.readCounterAcquire(dropped, 0);
    }
  }
}
