package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Analysis 2.3, {@code mu}, and plan, "Current Aggregation Process": a hash map behind a read-write
 * lock. An aggregate holds the read lock from its start to its end.
 *
 * <p>Faults: B1, H1, H2, H3 and H8 of {@link RivalAggregator}. H7 cannot occur, because a reset
 * waits until no aggregate is running. Additions and removals wait too.
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
  void clear() { // the caller holds the write lock
    clients.clear();
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
  void walk(Sum into) { // the caller holds the read lock
    clients.values().forEach(into::add);
  }

  @Override
  public Snapshot aggregate() {
    lock.readLock().lock();
    try {
      return super.aggregate();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void reset() {
    lock.writeLock().lock();
    try {
      super.reset();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
