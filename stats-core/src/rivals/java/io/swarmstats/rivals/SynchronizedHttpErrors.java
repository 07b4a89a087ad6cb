package io.swarmstats.rivals;

import java.util.Map;

/** Analysis 1.2: {@link MutexHttpErrors} with {@code synchronized}. Faults: none. */
public final class SynchronizedHttpErrors implements HttpErrors {

  private final MutexClientState.Errors errors = new MutexClientState.Errors();

  @Override
  public void record(int statusCode) {
    synchronized (errors) {
      errors.record(statusCode);
    }
  }

  @Override
  public Map<Integer, Long> counts() {
    synchronized (errors) {
      return errors.copy();
    }
  }
}
