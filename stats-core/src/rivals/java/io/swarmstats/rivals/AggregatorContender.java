package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;

/** The library's aggregator and its rivals. */
public enum AggregatorContender {
  SHIPPED,
  RW_LOCK,
  CONCURRENT_MAP,
  HYBRID,
  COPY_ON_WRITE;

  /**
   * Creates an aggregator.
   *
   * @param clients the rival client that a rival aggregator creates; the library uses its own
   *     client
   * @param baseline the form of a rival's previous snapshot; the library ignores it
   */
  public Aggregator create(
      StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
    return switch (this) {
      case SHIPPED -> new ShippedAggregator(config);
      case RW_LOCK -> new RwLockAggregator(config, clients, baseline);
      case CONCURRENT_MAP -> new ConcurrentMapAggregator(config, clients, baseline);
      case HYBRID -> new HybridAggregator(config, clients, baseline);
      case COPY_ON_WRITE -> new CopyOnWriteAggregator(config, clients, baseline);
    };
  }
}
