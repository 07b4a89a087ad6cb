package io.swarmstats.rivals;

import java.time.Duration;

/** A distribution of latencies. */
public interface Latencies {

  void record(long nanos);

  long count();

  /** Returns the percentile of a quantile from 0 to 1, or zero if there is no sample. */
  Duration percentile(double quantile);
}
