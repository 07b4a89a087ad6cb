package io.swarmstats.lincheck;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The relations of a summary while writers record (promises G4, G5, G6 and G9). In every sequential
 * order of the operations the relations hold, so they must hold in each interleaving.
 */
@Tag("lincheck")
class RelationsLincheckTest {

  @Test
  void bounds_underTheirWriters_hold() {
    ThreeThreads.check(ShippedBounds.class);
  }

  @Test
  void dropRate_underItsWriters_isWithinItsPeak() {
    ThreeThreads.check(ShippedDropRate.class);
  }

  @Test
  void boundThatIsReadFirst_isFound() {
    ThreeThreads.refute(WeakenedReadOrder.class);
  }

  /** The pairs of bound and bounded. */
  @Param(name = "lines", gen = IntGen.class, conf = "1:9")
  @Param(name = "millis", gen = IntGen.class, conf = "1:9")
  public static class ShippedBounds {
    private final ClientStats client;

    /** Creates a client that started ten milliseconds ago. */
    public ShippedBounds() {
      ManualTimeSource clock = new ManualTimeSource();
      client = new ClientStats(1, StatsConfig.defaults().withTimeSource(clock));
      clock.advance(Duration.ofMillis(10));
    }

    @Operation
    public void drop(@Param(name = "lines") int lines) {
      client.recordDroppedLines(lines, lines, 0, 0);
    }

    @Operation
    public void play(@Param(name = "millis") int millis) {
      client.updateDrift(millis * 1000L);
    }

    @Operation
    public void fail() {
      client.incrementSegmentRequests();
      client.recordTimeout();
    }

    @Operation
    public boolean hold() {
      ClientSummary summary = client.summary();
      return summary.dropRate() <= 1
          && summary.currentDrift().compareTo(summary.maxDrift()) <= 0
          && summary.errors().total() <= summary.requests().total();
    }
  }

  /** Reports of the same number of lines with different numbers of dropped lines. */
  @Param(name = "dropped", gen = IntGen.class, conf = "1:9")
  public static class ShippedDropRate {
    private final ClientStats client = new ClientStats(1, ThreeThreads.STILL);

    public ShippedDropRate() {}

    @Operation
    public void report(@Param(name = "dropped") int dropped) {
      client.recordDroppedLines(10, dropped, 0, 0);
    }

    @Operation
    public boolean holds() {
      ClientSummary summary = client.summary();
      return summary.dropRate() <= summary.peakDropRate();
    }
  }

  /** Twin: a reader that loads the bound before the bounded. */
  public static class WeakenedReadOrder {
    private static final int READ = 0;
    private static final int DROPPED = 1;

    private final long[] row = new long[2];

    public WeakenedReadOrder() {}

    @Operation
    public void drop() {
      Cells.increment(row, READ);
      Cells.increment(row, DROPPED);
    }

    @Operation
    public boolean holds() {
      long read = Cells.readCounterAcquire(row, READ);
      return Cells.readCounterAcquire(row, DROPPED) <= read;
    }
  }
}
