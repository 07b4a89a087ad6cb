package io.swarmstats.rivals;

import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.TDigest;
import java.time.Duration;

/**
 * Analysis 1.3, {@code inferredLatencyMu}, and its successor {@code segmentWallTimeDigestMu}: a
 * t-digest behind a lock.
 *
 * <p>Faults: none of its own. Writers wait for readers and for each other. The documents keep one
 * digest per client and show the largest of the clients' percentiles. This number is not a
 * percentile of the swarm.
 */
public final class MutexLatencyDigest implements Latencies {

  private static final double COMPRESSION = 100;

  private final TDigest digest;

  public MutexLatencyDigest() {
    this(new MergingDigest(COMPRESSION));
  }

  /**
   * Creates a lock around a digest with other settings. The caller must not use the digest
   * afterwards.
   */
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
