package io.swarmstats.rivals;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A map behind a lock: analysis 1.2, {@code httpErrorsMu}.
 *
 * <p>Keeps no fault of its own. Every code has a key, so that the map can grow without bound.
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
