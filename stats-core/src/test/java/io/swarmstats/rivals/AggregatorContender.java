package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;

/** The library's aggregator and its rivals. */
public enum AggregatorContender {
  SHIPPED {
    @Override
    public Aggregator create(
        StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
      return new ShippedAggregator(config);
    }
  },
  RW_LOCK {
    @Override
    public Aggregator create(
        StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
      return new RwLockAggregator(config, clients, baseline);
    }
  },
  CONCURRENT_MAP {
    @Override
    public Aggregator create(
        StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
      return new ConcurrentMapAggregator(config, clients, baseline);
    }
  },
  HYBRID {
    @Override
    public Aggregator create(
        StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
      return new HybridAggregator(config, clients, baseline);
    }
  },
  COPY_ON_WRITE {
    @Override
    public Aggregator create(
        StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
      return new CopyOnWriteAggregator(config, clients, baseline);
    }
  };

  /**
   * Creates an aggregator.
   *
   * @param clients what a rival makes when a client is added, itself a rival; the library has its
   *     own
   * @param baseline the form of a rival's previous snapshot; the library has none
   */
  public abstract Aggregator create(
      StatsConfig config, ClientContender clients, RateBaseline.Form baseline);
}
