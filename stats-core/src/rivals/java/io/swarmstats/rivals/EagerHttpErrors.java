package io.swarmstats.rivals;

import io.swarmstats.snapshot.Errors;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Plan, phase 2, "Array-Based Approach": 201 counters, created with the client.
 *
 * <p>Faults: none. The counters cost 1.6 KB for each client without errors.
 */
public final class EagerHttpErrors implements HttpErrors {

  private static final int FIRST = 400;
  private static final int LAST = 599;
  private static final int OTHER = LAST - FIRST + 1;

  private final AtomicLongArray counts = new AtomicLongArray(OTHER + 1);

  @Override
  public void record(int statusCode) {
    if (statusCode >= FIRST && statusCode <= LAST) {
      counts.incrementAndGet(statusCode - FIRST);
    } else {
      counts.incrementAndGet(OTHER);
    }
  }

  @Override
  public Map<Integer, Long> counts() {
    Map<Integer, Long> result = new HashMap<>();
    for (int code = FIRST; code <= LAST; code++) {
      long count = counts.get(code - FIRST);
      if (count > 0) {
        result.put(code, count);
      }
    }
    long other = counts.get(OTHER);
    if (other > 0) {
      result.put(Errors.OTHER, other);
    }
    return result;
  }
}
