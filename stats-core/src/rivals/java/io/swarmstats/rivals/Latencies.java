package io.swarmstats.rivals;

import java.time.Duration;

/** A distribution of latencies. */
public interface Latencies {

  void record(long nanos);

  long count();

  /** Returns a percentile, for a quantile of 0..1; zero if there is no sample. */
  Duration percentile(double quantile);
}
