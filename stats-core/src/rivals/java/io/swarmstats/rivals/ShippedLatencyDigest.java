package io.swarmstats.rivals;

import io.swarmstats.latency.LatencyDigest;
import java.time.Duration;

/** Adapts the library's digest to the interface that library and rivals share. */
public final class ShippedLatencyDigest implements Latencies {

  private final LatencyDigest digest = new LatencyDigest();

  @Override
  public void record(long nanos) {
    digest.record(nanos);
  }

  @Override
  public long count() {
    return digest.snapshot().count();
  }

  @Override
  public Duration percentile(double quantile) {
    return digest.snapshot().percentile(quantile);
  }
}
