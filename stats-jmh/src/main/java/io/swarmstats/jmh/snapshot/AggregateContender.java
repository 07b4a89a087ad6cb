package io.swarmstats.jmh.snapshot;

import io.swarmstats.AggregateFloor;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;
import io.swarmstats.rivals.ShippedAggregator;
import io.swarmstats.rivals.Snapshot;
import io.swarmstats.snapshot.AggregatedStats;

/**
 * The contenders that read a swarm: the library, the floor, and the aggregators of the rivals.
 *
 * <p>{@code RW_LOCK} has clients behind mutexes, the state before the analysis of the Go documents.
 * The other three rivals have clients of plain atomics, the state at the end of the plan.
 */
public enum AggregateContender {
  FLOOR {
    @Override
    Reading create(StatsConfig config) {
      return new Floor(new StatsAggregator(config));
    }
  },
  SHIPPED {
    @Override
    Reading create(StatsConfig config) {
      StatsAggregator stats = new StatsAggregator(config);
      for (int i = 0; i < WALL_TIMES; i++) {
        stats.recordSegmentWallTime(100_000_000L + i * 1_000_000L);
      }
      return new Shipped(stats);
    }
  },
  RW_LOCK {
    @Override
    Reading create(StatsConfig config) {
      return new Rival(AggregatorContender.RW_LOCK.create(
          config, ClientContender.MUTEX, RateBaseline.Form.MUTEX));
    }
  },
  CONCURRENT_MAP {
    @Override
    Reading create(StatsConfig config) {
      return new Rival(AggregatorContender.CONCURRENT_MAP.create(
          config, ClientContender.PLAIN_ATOMICS, RateBaseline.Form.ATOMIC));
    }
  },
  HYBRID {
    @Override
    Reading create(StatsConfig config) {
      return new Rival(AggregatorContender.HYBRID.create(
          config, ClientContender.PLAIN_ATOMICS, RateBaseline.Form.ATOMIC));
    }
  },
  COPY_ON_WRITE {
    @Override
    Reading create(StatsConfig config) {
      return new Rival(AggregatorContender.COPY_ON_WRITE.create(
          config, ClientContender.PLAIN_ATOMICS, RateBaseline.Form.ATOMIC));
    }
  };

  private static final int WALL_TIMES = 1_000; // the rivals record no wall times

  abstract Reading create(StatsConfig config);

  /** An aggregator, and a way to read all of its clients. */
  interface Reading {

    /** Returns the aggregator, which a {@link Swarm} fills. */
    Aggregator aggregator();

    /** Reads all clients. The benchmarks measure this call. */
    Object aggregate();

    /**
     * Throws unless an aggregate shows the clients of a {@link Swarm}. No thread may record
     * meanwhile.
     */
    void check(int clients);
  }

  private record Floor(StatsAggregator stats) implements Reading {
    @Override
    public Aggregator aggregator() {
      return new ShippedAggregator(stats);
    }

    @Override
    public Object aggregate() {
      return AggregateFloor.walk(stats);
    }

    @Override
    public void check(int clients) {
      AggregateFloor.check(stats);
      new Shipped(stats).check(clients);
    }
  }

  private record Shipped(StatsAggregator stats) implements Reading {
    @Override
    public Aggregator aggregator() {
      return new ShippedAggregator(stats);
    }

    @Override
    public Object aggregate() {
      return stats.aggregate();
    }

    @Override
    public void check(int clients) {
      AggregatedStats snapshot = stats.aggregate();
      Swarm.check(snapshot.clients().active(), snapshot.requests().segment(), clients);
    }
  }

  private record Rival(Aggregator aggregator) implements Reading {
    @Override
    public Object aggregate() {
      return aggregator.aggregate();
    }

    @Override
    public void check(int clients) {
      Snapshot snapshot = aggregator.aggregate();
      Swarm.check(snapshot.clients(), snapshot.requests().segment(), clients);
    }
  }
}
