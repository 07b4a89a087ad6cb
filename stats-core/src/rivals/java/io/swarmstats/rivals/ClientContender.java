package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;

/** The library's client and its rivals. */
public enum ClientContender {
  SHIPPED,
  MUTEX,
  SYNCHRONIZED,
  POOLED_RESET_BEFORE_PUT,
  POOLED_RESET_AFTER_GET,
  PLAIN_ATOMICS;

  public Client create(int clientId, StatsConfig config) {
    return switch (this) {
      case SHIPPED -> new ShippedClient(clientId, config);
      case MUTEX -> new MutexClientStats(clientId, config);
      case SYNCHRONIZED -> new SynchronizedClientStats(clientId, config);
      case POOLED_RESET_BEFORE_PUT ->
        new PooledClientStats(clientId, config, PooledClientStats.Reset.BEFORE_PUT);
      case POOLED_RESET_AFTER_GET ->
        new PooledClientStats(clientId, config, PooledClientStats.Reset.AFTER_GET);
      case PLAIN_ATOMICS -> new PlainAtomicsClientStats(clientId, config);
    };
  }
}
