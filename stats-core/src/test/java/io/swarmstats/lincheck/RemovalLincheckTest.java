package io.swarmstats.lincheck;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Removals of a client that records, and readers of the total (promises G10 and G11).
 *
 * <p>Linearizable: a removal takes effect when it seals the counter, and the client has only this
 * counter. The operations do not return the summary: one removal may seal the counter and another
 * removal may get the summary.
 */
@Tag("lincheck")
class RemovalLincheckTest {

  @Test
  void removal_ofAClientThatRecords_isLinearizable() {
    ThreeThreads.check(Shipped.class);
  }

  @Test
  void totalsThatAreReadBeforeTheSeal_areFound() {
    ThreeThreads.refute(WeakenedSeal.class);
  }

  /** One client and one counter. */
  public static class Shipped {
    private final StatsAggregator aggregator = new StatsAggregator(ThreeThreads.STILL);
    private final ClientStats client = aggregator.addClient(1);

    public Shipped() {}

    @Operation
    public void record() {
      client.incrementSegmentRequests();
    }

    @Operation
    public void remove() {
      aggregator.removeClient(1);
    }

    @Operation
    public long total() {
      return aggregator.aggregate().requests().segment();
    }
  }

  /**
   * Twin: reads the totals before the seal. The registry says whether the client is live, and holds
   * the total of the departed client.
   */
  public static class WeakenedSeal {
    private record Registry(boolean live, long departed) {}

    private final long[] client = new long[1];
    private final AtomicReference<Registry> registry = new AtomicReference<>(new Registry(true, 0));

    public WeakenedSeal() {}

    @Operation
    public boolean record() {
      return Cells.increment(client, 0);
    }

    @Operation
    public void remove() {
      Registry before = registry.get();
      if (before.live) {
        long last = Cells.readCounterAcquire(client, 0);
        Cells.seal(client, 0);
        registry.compareAndSet(before, new Registry(false, last));
      }
    }

    @Operation
    public long total() {
      Registry seen = registry.get();
      return seen.live ? Cells.readCounterAcquire(client, 0) : seen.departed;
    }
  }
}
