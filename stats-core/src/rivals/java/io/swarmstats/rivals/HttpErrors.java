package io.swarmstats.rivals;

import java.util.Map;

/** Counts HTTP errors by status code. */
public interface HttpErrors {

  void record(int statusCode);

  /** Returns the counts above zero. */
  Map<Integer, Long> counts();
}
