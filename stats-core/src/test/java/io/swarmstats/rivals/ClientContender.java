package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;

/** The library's client and its rivals. */
public enum ClientContender {
  SHIPPED {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new ShippedClient(clientId, config);
    }
  },
  MUTEX {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new MutexClientStats(clientId, config);
    }
  },
  SYNCHRONIZED {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new SynchronizedClientStats(clientId, config);
    }
  },
  POOLED_RESET_BEFORE_PUT {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new PooledClientStats(clientId, config, PooledClientStats.Reset.BEFORE_PUT);
    }
  },
  POOLED_RESET_AFTER_GET {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new PooledClientStats(clientId, config, PooledClientStats.Reset.AFTER_GET);
    }
  },
  PLAIN_ATOMICS {
    @Override
    public Client create(int clientId, StatsConfig config) {
      return new PlainAtomicsClientStats(clientId, config);
    }
  };

  public abstract Client create(int clientId, StatsConfig config);
}
