package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A hash map behind a read-write lock: analysis 2.3, {@code mu}, and the plan's "Current
 * Aggregation Process". The walk holds the read lock.
 *
 * <p>Faults kept: those of {@link RivalAggregator}. Adding and removing wait for the walk.
 */
public final class RwLockAggregator extends RivalAggregator {

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Integer, RivalClient> clients = new HashMap<>();

  public RwLockAggregator(StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
    super(config, clients, baseline);
  }

  @Override
  void put(RivalClient client) {
    lock.writeLock().lock();
    try {
      clients.put(client.clientId(), client);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void removeClient(int clientId) {
    lock.writeLock().lock();
    try {
      clients.remove(clientId);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  void clear() {
    lock.writeLock().lock();
    try {
      clients.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public int clientCount() {
    lock.readLock().lock();
    try {
      return clients.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  void walk(Sum into) {
    lock.readLock().lock();
    try {
      clients.values().forEach(into::add);
    } finally {
      lock.readLock().unlock();
    }
  }
}
