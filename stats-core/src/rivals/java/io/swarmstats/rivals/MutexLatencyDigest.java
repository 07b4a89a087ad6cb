package io.swarmstats.rivals;

import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.TDigest;
import java.time.Duration;

/**
 * A t-digest behind a lock: analysis 1.3, {@code inferredLatencyMu}, and the
 * {@code segmentWallTimeDigestMu} that took its place.
 *
 * <p>Keeps no fault of its own; writers wait for readers and for each other. The documents have one
 * for each client and show the largest of the clients' percentiles, which is no percentile.
 */
public final class MutexLatencyDigest implements Latencies {

  private static final double COMPRESSION = 100;

  private final TDigest digest;

  public MutexLatencyDigest() {
    this(new MergingDigest(COMPRESSION));
  }

  /** Puts the lock before a digest of other settings, which from now on belongs to it. */
  public MutexLatencyDigest(TDigest digest) {
    this.digest = digest;
  }

  @Override
  public void record(long nanos) {
    synchronized (digest) {
      digest.add((double) nanos);
    }
  }

  @Override
  public long count() {
    synchronized (digest) {
      return digest.size();
    }
  }

  @Override
  public Duration percentile(double quantile) {
    synchronized (digest) {
      return digest.size() == 0
          ? Duration.ZERO
          : Duration.ofNanos((long) digest.quantile(quantile));
    }
  }
}
