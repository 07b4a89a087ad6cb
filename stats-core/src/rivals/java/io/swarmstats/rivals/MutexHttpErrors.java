package io.swarmstats.rivals;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Analysis 1.2, {@code httpErrorsMu}: a map behind a lock.
 *
 * <p>Faults: none. Every code is a key, so the map can grow without bound.
 */
public final class MutexHttpErrors implements HttpErrors {

  private final ReentrantLock lock = new ReentrantLock();
  private final MutexClientState.Errors errors = new MutexClientState.Errors();

  @Override
  public void record(int statusCode) {
    lock.lock();
    try {
      errors.record(statusCode);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<Integer, Long> counts() {
    lock.lock();
    try {
      return errors.copy();
    } finally {
      lock.unlock();
    }
  }
}
