package io.swarmstats.rivals;

import io.swarmstats.latency.LatencyHistogram;
import java.time.Duration;

/** Adapts the library's histogram to the interface that library and rivals share. */
public final class ShippedLatencyHistogram implements Latencies {

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Override
  public void record(long nanos) {
    histogram.record(nanos);
  }

  @Override
  public long count() {
    return histogram.snapshot().count();
  }

  @Override
  public Duration percentile(double quantile) {
    return histogram.snapshot().percentile(quantile);
  }
}
