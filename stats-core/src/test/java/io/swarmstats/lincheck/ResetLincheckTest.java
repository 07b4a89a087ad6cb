package io.swarmstats.lincheck;

import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Resets against additions, wall times and the readers of both (promise G13).
 *
 * <p>Linearizable: an operation in the old epoch takes effect before the reset, because no later
 * operation sees the old epoch. Each reader looks only at the registry or only at the wall times,
 * because a snapshot reads them at two different moments.
 */
@Tag("lincheck")
class ResetLincheckTest {

  @Test
  void reset_isLinearizable() {
    ThreeThreads.check(Shipped.class);
  }

  @Test
  void resetInTwoSteps_isFound() {
    ThreeThreads.refute(WeakenedStep.class);
  }

  /**
   * A departed client with a drop rate of 0.5, a live client with a drop rate of 1, and a wall
   * time.
   */
  public static class Shipped {
    private final StatsAggregator aggregator = new StatsAggregator(ThreeThreads.STILL);

    public Shipped() {
      aggregator.addClient(1).recordDroppedLines(2, 1, 0, 0);
      aggregator.removeClient(1);
      aggregator.addClient(2).recordDroppedLines(2, 2, 0, 0);
      aggregator.recordSegmentWallTime(1);
    }

    @Operation
    public void reset() {
      aggregator.reset();
    }

    @Operation
    public void add() {
      aggregator.addClient(3);
    }

    @Operation
    public void recordWallTime() {
      aggregator.recordSegmentWallTime(1);
    }

    @Operation
    public int clientCount() {
      return aggregator.clientCount();
    }

    @Operation
    public String clients() {
      AggregatedStats snapshot = aggregator.aggregate();
      return snapshot.clients().active() + " of " + snapshot.clients().everAdded() + " live, "
          + snapshot.pipeline().linesDropped() + " lines dropped";
    }

    @Operation
    public double peakDropRate() {
      return aggregator.peakDropRate();
    }

    @Operation
    public long wallTimes() {
      return aggregator.aggregate().segmentWallTimes().count();
    }
  }

  /** Twin: a reset that clears clients and wall times in two steps. */
  public static class WeakenedStep {
    private final AtomicInteger clients = new AtomicInteger(1);
    private final AtomicInteger wallTimes = new AtomicInteger(1);

    public WeakenedStep() {}

    @Operation
    public void reset() {
      clients.set(0);
      wallTimes.set(0);
    }

    @Operation
    public int clients() {
      return clients.get();
    }

    @Operation
    public int wallTimes() {
      return wallTimes.get();
    }
  }
}
