package io.swarmstats.lincheck;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.AggregatedStats;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two clients replace each other under one id, and are removed (promise G11).
 *
 * <p>Linearizable: one registry holds the membership, its counts and the totals of quiet clients.
 * Each change replaces the registry in one step.
 */
@Tag("lincheck")
class ReplacementLincheckTest {

  @Test
  void replacement_isLinearizable() {
    ThreeThreads.check(Shipped.class);
  }

  @Test
  void clientThatIsAskedBeforeTheRegistryIsLoaded_isFound() {
    ThreeThreads.refute(WeakenedClosed.class);
  }

  /**
   * The first client is live. The two clients have different numbers of requests, so the total
   * tells whose requests it contains.
   */
  public static class Shipped {
    private final StatsAggregator aggregator = new StatsAggregator(ThreeThreads.STILL);
    private final ClientStats one = new ClientStats(1, ThreeThreads.STILL);
    private final ClientStats two = new ClientStats(1, ThreeThreads.STILL);

    public Shipped() {
      one.incrementSegmentRequests();
      two.incrementSegmentRequests();
      two.incrementSegmentRequests();
      aggregator.addClient(one);
    }

    @Operation
    public boolean addOne() {
      return add(one);
    }

    @Operation
    public boolean addTwo() {
      return add(two);
    }

    private boolean add(ClientStats client) {
      try {
        aggregator.addClient(client);
        return true;
      } catch (IllegalStateException closed) {
        return false;
      }
    }

    @Operation
    public boolean remove() {
      return aggregator.removeClient(1).isPresent();
    }

    @Operation
    public String snapshot() {
      AggregatedStats snapshot = aggregator.aggregate();
      return snapshot.clients().active() + " of " + snapshot.clients().everAdded() + " live, "
          + snapshot.requests().segment() + " requests";
    }
  }

  /**
   * Twin: asks whether the client is closed before it loads the registry. The registry says whether
   * the client is live.
   */
  public static class WeakenedClosed {
    private record Registry(boolean live) {}

    private final long[] client = new long[1];
    private final AtomicReference<Registry> registry = new AtomicReference<>(new Registry(true));

    public WeakenedClosed() {}

    @Operation
    public boolean add() {
      boolean closed = Cells.isSealed(client, 0);
      Registry before = registry.get();
      return before.live || (!closed && registry.compareAndSet(before, new Registry(true)));
    }

    @Operation
    public boolean remove() {
      Registry before = registry.get();
      Cells.seal(client, 0);
      return before.live && registry.compareAndSet(before, new Registry(false));
    }

    @Operation
    public boolean isLive() {
      return registry.get().live;
    }
  }
}
