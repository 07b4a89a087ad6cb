package io.swarmstats.rivals;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A concurrent map of adders, which the documents name as the alternative ({@code sync.Map}) and
 * leave: analysis 1.2.
 *
 * <p>Keeps no fault of its own. Every code has a key, so that the map can grow without bound.
 */
public final class ConcurrentMapHttpErrors implements HttpErrors {

  private final ConcurrentHashMap<Integer, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void record(int statusCode) {
    counts.computeIfAbsent(statusCode, code -> new LongAdder()).increment();
  }

  @Override
  public Map<Integer, Long> counts() {
    Map<Integer, Long> result = new HashMap<>();
    counts.forEach((code, count) -> {
      long sum = count.sum();
      if (sum > 0) { // an adder that was just made may not have been incremented yet
        result.put(code, sum);
      }
    });
    return result;
  }
}
