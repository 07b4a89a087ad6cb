package io.swarmstats.rivals;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Analysis 1.2: the alternative {@code sync.Map}, which the documents do not choose. A concurrent
 * map of adders.
 *
 * <p>Faults: none. Every code is a key, so the map can grow without bound.
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
      if (sum > 0) { // a new adder may not have been incremented yet
        result.put(code, sum);
      }
    });
    return result;
  }
}
