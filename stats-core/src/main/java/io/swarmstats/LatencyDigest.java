package io.swarmstats;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import io.swarmstats.internal.Cells;
import io.swarmstats.internal.ExactMean;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * A t-digest [1] is for one thread, and even its queries change it. So the samples go into buffers
 * in front of it, and only the holder of the lock moves them on and touches the digest. A writer
 * never waits for the lock: it tries, and if another thread has it, hands its full buffer over and
 * goes on with an empty one.
 *
 * A slot of a buffer is EMPTY, or a sample, or SEALED. A writer puts a sample with one compare-and-
 * set from EMPTY; the holder of the lock takes it with one exchange. So at any moment a sample is
 * in one slot or in the digest, and there is no state in which a slot is claimed and not yet
 * filled: whatever was recorded before a snapshot began is in it (G14).
 *
 * Handing over. The new buffer, which carries the writer's sample, points to the old one and takes
 * its place in the stripe in one step, so that no sample is out of reach for a moment. A writer
 * that still holds the old one may put a sample there until the holder of the lock takes it out of
 * the chain; it does so by sealing each slot as it takes it.
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

/**
 * The distribution of latencies, recorded by many threads: a t-digest behind a front that never
 * makes a writer wait.
 *
 * <p>Count, minimum, maximum and mean are exact. A percentile has an error in rank, not in value:
 * at the default compression, for samples in random order from a distribution without gaps, it is
 * within 0.5 % of the count (and one sample) of the rank that was asked for, and within 2.5 % where
 * there are gaps. A t-digest has no bound for the worst order: samples from several sources that
 * rise steadily can be farther off. Any number of threads may call any method at any time.
 */
public final class LatencyDigest {

  private static final double DEFAULT_COMPRESSION = 100;
  private static final double MIN_COMPRESSION = 10; // t-digest raises lower ones without a word
  private static final double MAX_COMPRESSION = 10_000; // 5 MB
  private static final int MAX_STRIPES = 64;

  private final AtomicReferenceArray<@Nullable Buffer> stripes =
      new AtomicReferenceArray<>(stripeCount());
  private final long[] refused = new long[1];

  /** Guards what is merged, and the links between buffers. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Merged merged;

  /** Creates an empty digest with a compression of 100. */
  public LatencyDigest() {
    this(DEFAULT_COMPRESSION);
  }

  /**
   * Creates an empty digest.
   *
   * @param compression how many centroids to keep, about; more are more accurate. 10 to 10,000;
   *     memory is about 500 bytes for each
   * @throws IllegalArgumentException if the compression is outside its range
   */
  public LatencyDigest(double compression) {
    if (!(compression >= MIN_COMPRESSION && compression <= MAX_COMPRESSION)) {
      throw new IllegalArgumentException("compression must be between " + MIN_COMPRESSION + " and "
          + MAX_COMPRESSION + ": " + compression);
    }
    this.merged = new Merged(compression);
  }

  /**
   * Records one latency.
   *
   * <p>Lock-free: never waits, never throws. Usually one slot of a buffer is filled; each time that
   * a buffer is full the caller merges all buffers into the digest, or, if another thread is at
   * that, allocates a new buffer (2 KB). A merge may allocate a small list within t-digest.
   *
   * @param nanos nanoseconds, at least 0; a negative number is refused and counted
   */
  public void record(long nanos) {
    if (nanos < 0) {
      Cells.increment(refused, 0);
      return;
    }
    int stripe = (int) Thread.currentThread().getId() & (stripes.length() - 1);
    while (true) {
      Buffer buffer = stripes.get(stripe);
      if (buffer != null && buffer.offer(nanos)) {
        return;
      }
      if (buffer != null && lock.tryLock()) {
        try {
          drain();
          merged.add(nanos);
        } finally {
          lock.unlock();
        }
        return;
      }
      if (stripes.compareAndSet(stripe, buffer, new Buffer(nanos, buffer))) {
        return;
      }
    }
  }

  /**
   * Returns what was recorded so far.
   *
   * <p>Waits while another thread merges samples or takes a snapshot; writers do not wait for it.
   * Allocates about 5 KB, and nothing if there is no sample since the last snapshot.
   *
   * @return an immutable snapshot
   */
  public LatencySnapshot snapshot() {
    lock.lock();
    try {
      drain();
      return merged.snapshot();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many latencies were refused because they were negative.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return Cells.readAcquire(refused, 0);
  }

  private void drain() {
    for (int i = 0; i < stripes.length(); i++) {
      Buffer current = stripes.get(i);
      if (current == null) {
        continue;
      }
      Buffer handedOver = current.older;
      current.older = null;
      current.take(Buffer.EMPTY, merged);
      while (handedOver != null) {
        handedOver.take(Buffer.SEALED, merged);
        handedOver = handedOver.older;
      }
    }
  }

  private static int stripeCount() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_STRIPES);
    return Integer.highestOneBit(2 * processors - 1); // the next power of two
  }

  /** The samples that have left the buffers. For the holder of the lock alone. */
  private static final class Merged {

    private final MergingDigest digest;
    private final ExactMean mean = new ExactMean();
    private long min = Long.MAX_VALUE;
    private long max;
    private LatencySnapshot last = LatencySnapshot.EMPTY;

    Merged(double compression) {
      this.digest = new MergingDigest(2 * compression);
      this.digest.setScaleFunction(ScaleFunction.K_1);
    }

    void add(long nanos) {
      digest.add((double) nanos);
      mean.add(nanos);
      min = Math.min(min, nanos);
      max = Math.max(max, nanos);
    }

    LatencySnapshot snapshot() {
      if (last.count() != mean.count()) {
        Collection<Centroid> centroids = digest.centroids();
        double[] values = new double[centroids.size()];
        long[] weights = new long[centroids.size()];
        double highest = 0;
        int i = 0;
        for (Centroid centroid : centroids) {
          // rounding can put a mean a hair below the one before it
          highest = Math.max(highest, centroid.mean());
          values[i] = highest;
          weights[i] = centroid.count();
          i++;
        }
        last = new LatencySnapshot(mean.count(), min, max, mean.floor(), values, weights);
      }
      return last;
    }
  }

  /** A row of samples in no order, and a cursor that tells writers where to try. */
  private static final class Buffer {

    static final long EMPTY = 0;
    static final long SEALED = 1;

    private static final int CURSOR = 0;
    private static final int SLOTS = 1;
    private static final int CAPACITY = 256; // a power of two, so that the cursor can wrap

    private final long[] row = new long[SLOTS + CAPACITY];

    @Nullable
    Buffer older; // set before this buffer is published, cleared by the holder of the lock

    Buffer(long first, @Nullable Buffer older) {
      row[CURSOR] = 1;
      row[SLOTS] = bits(first);
      this.older = older;
    }

    /** Puts a sample into the next slot; returns false if that is not empty. */
    boolean offer(long sample) {
      int slot = (int) Cells.getAndIncrement(row, CURSOR) & (CAPACITY - 1);
      return Cells.compareAndSet(row, SLOTS + slot, EMPTY, bits(sample));
    }

    /** Moves all samples into the digest and leaves something else in the slots. */
    void take(long left, Merged into) {
      for (int i = SLOTS; i < row.length; i++) {
        if (left == EMPTY && Cells.getAcquire(row, i) == EMPTY) {
          continue;
        }
        long bits = Cells.getAndSet(row, i, left);
        if (bits < 0) {
          into.add(~bits);
        }
      }
    }

    /** A sample is at least 0, so its complement is negative, and neither EMPTY nor SEALED. */
    private static long bits(long sample) {
      return ~sample;
    }
  }
}
