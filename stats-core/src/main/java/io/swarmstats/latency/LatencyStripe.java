package io.swarmstats.latency;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;

/*
 * A t-digest [1] is for one thread, and even its queries change it. So the samples go into a buffer
 * in front of it, and only the holder of the lock moves them on and touches the digest.
 *
 * A slot of the buffer is EMPTY or a sample. A writer puts a sample with one compare-and-set from
 * EMPTY; the holder of the lock takes it with one exchange. So at any moment a sample is in one slot
 * or in the digest, and there is no state in which a slot is claimed and not yet filled: whatever
 * was recorded before a snapshot began is in it (G14).
 *
 * Looking at the digest merges what is pending down to its public compression, so a digest that is
 * looked at often is as coarse as that. It therefore gets twice the compression that was asked for,
 * which is what t-digest itself keeps between two looks.
 *
 * The scale function K_1 bounds the heaviest centroid by a share of the samples that does not grow
 * with their number. t-digest's own choice, K_2, lets it grow, and where the samples have a gap, as
 * those of cache hits and misses do, a percentile is off by as much as the centroid that spans it.
 *
 * [1] T. Dunning, O. Ertl: Computing Extremely Accurate Quantiles Using t-Digests.
 * arXiv:1902.04023, 2019.
 */

/** Some of the samples of a {@link LatencyDigest}; at least one. */
final class LatencyStripe {

  private static final long EMPTY = 0;

  private static final int CURSOR = 0; // tells writers where to try
  private static final int SLOTS = 1;
  private static final int CAPACITY = 256; // a power of two, so that the cursor can wrap

  private final long[] row = new long[SLOTS + CAPACITY];

  /** Guards the merged samples: all that follows. */
  final ReentrantLock lock = new ReentrantLock();

  private final MergingDigest digest;
  private final ExactMean mean = new ExactMean();
  private long min = Long.MAX_VALUE;
  private long max;
  private LatencySnapshot last = LatencySnapshot.EMPTY;

  LatencyStripe(double compression, long first) {
    digest = new MergingDigest(2 * compression);
    digest.setScaleFunction(ScaleFunction.K_1);
    merge(first);
  }

  /**
   * Records a sample, at least 0, unless the buffer is full and another thread has the lock or
   * waits for it.
   *
   * <p>Lock-free. One slot after the other is tried, each once; a caller that finds it full merges
   * the buffer.
   *
   * @return false if nothing was recorded
   */
  boolean tryRecord(long nanos) {
    int slot = (int) Cells.getAndIncrementGauge(row, CURSOR) & (CAPACITY - 1);
    if (Cells.casGauge(row, SLOTS + slot, EMPTY, bits(nanos))) {
      return true;
    }
    // a reader that waits goes first: it would else wait as long as writers come
    if (lock.hasQueuedThreads() || !lock.tryLock()) {
      return false;
    }
    try {
      drain();
      merge(nanos);
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Returns what was recorded so far: the same object, if there is nothing new. Waits. */
  LatencySnapshot snapshot() {
    lock.lock();
    try {
      drain();
      return merged();
    } finally {
      lock.unlock();
    }
  }

  /** Takes each slot once, so that it ends, however fast others fill them again. */
  private void drain() {
    for (int i = SLOTS; i < row.length; i++) {
      if (Cells.readGaugeAcquire(row, i) != EMPTY) {
        merge(sample(Cells.getAndSetGauge(row, i, EMPTY)));
      }
    }
  }

  private void merge(long nanos) {
    digest.add((double) nanos);
    mean.add(nanos);
    min = Math.min(min, nanos);
    max = Math.max(max, nanos);
  }

  private LatencySnapshot merged() {
    if (last.count() != mean.count()) {
      Collection<Centroid> centroids = digest.centroids();
      double[] values = new double[centroids.size()];
      long[] weights = new long[centroids.size()];
      double highest = (double) min;
      int i = 0;
      for (Centroid centroid : centroids) {
        // rounding can put a mean a hair below the one before it, or beyond the maximum
        highest = Math.min((double) max, Math.max(highest, centroid.mean()));
        values[i] = highest;
        weights[i] = centroid.count();
        i++;
      }
      last = new LatencySnapshot(mean.copy(), min, max, values, weights);
    }
    return last;
  }

  /** A sample is at least 0, so its complement is negative, and not EMPTY. */
  private static long bits(long nanos) {
    return ~nanos;
  }

  private static long sample(long bits) {
    return ~bits;
  }
}
