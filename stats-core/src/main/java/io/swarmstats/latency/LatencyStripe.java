package io.swarmstats.latency;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;

/*
 * A t-digest [1] is for one thread, and even a query changes the t-digest. So each stripe has a
 * buffer in front of its t-digest. Only the holder of the lock moves samples from the buffer into
 * the t-digest, or reads the t-digest.
 *
 * Slots. A slot is EMPTY or contains a sample. A writer puts a sample into an EMPTY slot with one
 * compare-and-set (casGauge). The holder of the lock takes the sample with one exchange
 * (getAndSetGauge), the partner of the compare-and-set. So at any moment a sample is in one slot or
 * in the t-digest. No slot is ever claimed but not yet filled: a snapshot contains every sample
 * recorded before the snapshot began (G14). With a plain set in place of either step, two threads
 * could overwrite or take the same sample.
 *
 * Compression. Every query merges the pending samples down to the public compression of the
 * t-digest. A t-digest that is queried often is therefore coarser than a t-digest that is never
 * queried. Between two queries, a t-digest works with twice its public compression. So a stripe
 * asks for twice the requested compression.
 *
 * Scale function. K_1 bounds the heaviest centroid by a share of the samples that does not grow
 * with the number of samples. Under K_2, the default of t-digest, this share grows. Cache hits and
 * misses, for example, leave a gap between their times. A percentile near a gap is wrong by up to
 * the weight of the centroid that spans the gap.
 *
 * [1] T. Dunning, O. Ertl: Computing Extremely Accurate Quantiles Using t-Digests.
 * arXiv:1902.04023, 2019.
 */

/** Some of the samples of a {@link LatencyDigest}; at least one sample. */
final class LatencyStripe {

  private static final long EMPTY = 0;

  private static final int CURSOR = 0; // suggests a slot to the next writer
  private static final int SLOTS = 1;
  private static final int CAPACITY = 256; // a power of two, so that the cursor can wrap

  private final long[] row = new long[SLOTS + CAPACITY];

  /** Guards the fields below: the merged samples. */
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
   * Records a sample, unless the buffer is full and another thread holds the lock or waits for the
   * lock.
   *
   * <p>Lock-free. The call tries one slot. If the slot is full, the caller merges the whole buffer.
   *
   * @param nanos at least 0
   * @return false if the sample was not recorded
   */
  boolean tryRecord(long nanos) {
    int slot = (int) Cells.getAndIncrementGauge(row, CURSOR) & (CAPACITY - 1);
    if (Cells.casGauge(row, SLOTS + slot, EMPTY, bits(nanos))) {
      return true;
    }
    // a waiting reader goes first: otherwise a steady stream of writers could starve it
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

  /**
   * Returns all samples recorded so far. Returns the previous object if there is no new sample.
   *
   * <p>Waits for the lock.
   */
  LatencySnapshot snapshot() {
    lock.lock();
    try {
      drain();
      return merged();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Merges the samples in the buffer. Visits each slot once, so a steady stream of writers cannot
   * prolong the call.
   */
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
        // rounding can move a mean slightly below the previous mean or above the maximum
        highest = Math.min((double) max, Math.max(highest, centroid.mean()));
        values[i] = highest;
        weights[i] = centroid.count();
        i++;
      }
      last = new LatencySnapshot(mean.copy(), min, max, values, weights);
    }
    return last;
  }

  /**
   * Returns the complement of a sample. A sample is at least 0, so the complement is never EMPTY.
   */
  private static long bits(long nanos) {
    return ~nanos;
  }

  private static long sample(long bits) {
    return ~bits;
  }
}
