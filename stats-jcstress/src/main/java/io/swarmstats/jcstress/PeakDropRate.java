package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ClientStats;
import io.swarmstats.internal.Cells;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.snapshot.ClientSummary;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;
import org.openjdk.jcstress.infra.results.D_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The peak drop rate is the greatest rate that one call offered, and never a mix of two calls; a
 * summary shows no drop rate without its peak (promise G5).
 *
 * <p>Rests on the rate being worked out from the arguments of its own call, on the peak being
 * raised in one atomic step ({@link LostRaise}), before the lines, and on the reader loading it
 * after them. It would fail if the rate were worked out from what is stored by then, or if the
 * writer or the reader took the other order. All are interleavings, which x86 shows too.
 */
public final class PeakDropRate {
  private PeakDropRate() {}

  /** Two calls whose mix would be a rate of 250. */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate")
  @Outcome(id = "0.01", expect = FORBIDDEN, desc = "the greater is lost")
  @Outcome(
      id = "250.0",
      expect = FORBIDDEN,
      desc = "2000 dropped of one call over 8 read of the other")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedTwoReports {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void few() {
      stats.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      stats.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = stats.peakDropRate();
    }
  }

  /** A summary against a report that drops one line of four in each stream: drop rate, peak. */
  @JCStressTest
  @Outcome(id = "0.0, 0.0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(
      id = "0.0, 0.25",
      expect = ACCEPTABLE,
      desc = "peak | read | lines dropped, or read lines | report | read peak")
  @Outcome(
      id = "0.125, 0.25",
      expect = ACCEPTABLE,
      desc = "progress dropped | read | stderr dropped")
  @Outcome(id = "0.25, 0.25", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = {"0.125, 0.0", "0.25, 0.0"},
      expect = FORBIDDEN,
      desc = "the drop rate is above its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ShippedSummary {
    private final ClientStats stats = new ClientStats(1, Configs.STILL);

    @Actor
    public void record() {
      stats.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void read(DD_Result result) {
      ClientSummary summary = stats.summary();
      result.r1 = summary.dropRate();
      result.r2 = summary.peakDropRate();
    }
  }

  /** The documents' mutex, which guards the peak, but not the four numbers that its rate is of. */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate")
  @Outcome(
      id = {"250.0", "125.125"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: dropped of one call over read of the other: above 1, for ever")
  @Outcome(
      id = {"0\\.0.*", ".*E-.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: worked out after the other call stored its numbers: the greater rate is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class MutexTwoReports {
    private final Client client = ClientContender.MUTEX.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }

  /** The same with {@code synchronized}. */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate")
  @Outcome(
      id = {"250.0", "125.125"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: dropped of one call over read of the other: above 1, for ever")
  @Outcome(
      id = {"0\\.0.*", ".*E-.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: worked out after the other call stored its numbers: the greater rate is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class SynchronizedTwoReports {
    private final Client client = ClientContender.SYNCHRONIZED.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }

  /**
   * The documents' atomics, of which the pooled client has this one too: the peak is raised by
   * compare-and-set, to a rate of the same four numbers.
   */
  @JCStressTest
  @Outcome(id = "0.25", expect = ACCEPTABLE, desc = "the greater rate")
  @Outcome(
      id = {"250.0", "125.125"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: dropped of one call over read of the other: above 1, for ever")
  @Outcome(
      id = {"0\\.0.*", ".*E-.*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "E1: worked out after the other call stored its numbers: the greater rate is lost")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class PlainAtomicsTwoReports {
    private final Client client = ClientContender.PLAIN_ATOMICS.create(1, Configs.STILL);

    @Actor
    public void few() {
      client.recordDroppedLines(4, 1, 4, 1);
    }

    @Actor
    public void many() {
      client.recordDroppedLines(100_000, 1000, 100_000, 1000);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = client.peakDropRate();
    }
  }

  /** The rate is worked out from what is stored by then, as in the documents. */
  @JCStressTest
  @Outcome(id = "0.01", expect = ACCEPTABLE, desc = "the rate of one call")
  @Outcome(
      id = "500.0",
      expect = ACCEPTABLE_INTERESTING,
      desc =
          "store (2, 0, 2, 0) over the numbers read | dropped of one call over read of the other")
  @Outcome(
      id = {"250.0", "0\\.0[01].*"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "another mix of the two")
  @Outcome(
      id = "0.0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "both worked it out after the call without drops had stored its numbers")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedRate {
    private final AtomicLongArray lines = new AtomicLongArray(4);
    private final AtomicLong peak = new AtomicLong();

    @Actor
    public void few() {
      record(2, 0);
    }

    @Actor
    public void many() {
      record(100_000, 1000);
    }

    private void record(long read, long dropped) {
      lines.set(0, read);
      lines.set(1, dropped);
      lines.set(2, read);
      lines.set(3, dropped);
      double rate = (double) (lines.get(1) + lines.get(3)) / (lines.get(0) + lines.get(2));
      peak.accumulateAndGet(Double.doubleToRawLongBits(rate), Math::max);
    }

    @Arbiter
    public void look(D_Result result) {
      result.r1 = Double.longBitsToDouble(peak.get());
    }
  }

  /** The peak is raised after the lines. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read lines | report | read peak")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "lines | read | peak: the drop rate is above its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedWriteOrder {
    private final long[] dropped = new long[1];
    private final long[] peak = new long[1];

    @Actor
    public void record() {
      Cells.raise(dropped, 0, 1);
      Cells.raise(peak, 0, 1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = Cells.readCounterAcquire(dropped, 0);
      result.r2 = Cells.readCounterAcquire(peak, 0);
    }
  }

  /** The peak is read before the lines. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the report")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "peak | read | lines")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the report")
  @Outcome(
      id = "1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "read peak | report | read lines: the drop rate is above its peak")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class WeakenedReadOrder {
    private final long[] dropped = new long[1];
    private final long[] peak = new long[1];

    @Actor
    public void record() {
      Cells.raise(peak, 0, 1);
      Cells.raise(dropped, 0, 1);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r2 = Cells.readCounterAcquire(peak, 0);
      result.r1 = Cells.readCounterAcquire(dropped, 0);
    }
  }
}
