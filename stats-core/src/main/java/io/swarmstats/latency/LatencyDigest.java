package io.swarmstats.latency;

import io.swarmstats.internal.Cells;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/*
 * The samples are in stripes (LatencyStripe). A stripe is a buffer, a lock and a t-digest. A stripe
 * takes a sample unless its buffer is full and another thread holds the lock or waits for the lock.
 * A writer begins with the stripe of its thread and tries one stripe after another. If no stripe
 * takes the sample, the writer makes a stripe that already contains the sample, and adds the stripe
 * to the array. A sample stays in its stripe, and a stripe stays until the digest is garbage.
 *
 * Publication. A compare-and-set of the reference to the array publishes the new stripe with its
 * first sample. The partner is the load of this reference at the start of record and snapshot. With
 * a plain set, two writers could each add a stripe, and the sample of one would vanish (G14).
 *
 * Memory. No writer waits, so each sample needs a place at once. A queue for the holder of the lock
 * would grow without bound, because merging a sample takes far longer than queueing the sample.
 * Here a writer that finds the buffer full merges the buffer, and so pays for its own samples. A
 * sample that is not merged is in a slot of its stripe, and the number of slots is fixed. The
 * memory is therefore the memory of the stripes.
 *
 * A writer adds a stripe only after it saw, for each stripe, another thread that held the lock or
 * waited for the lock. If the writer saw all stripes at one moment, there could never be more
 * stripes than threads inside record and snapshot. The writer looks at one stripe after another, so
 * the writer can see a thread twice that moves from one lock to the next. Such a thread merges a
 * buffer in between, so the writer must lose its processor just then. A few more stripes are
 * therefore possible, and each additional stripe makes the next less likely.
 *
 * A snapshot reads one stripe after another. The part of a stripe contains every sample recorded in
 * the stripe before (G14), and never fewer samples than an earlier part. So no figure falls for one
 * observer (G10). The snapshot keeps the centroids of all stripes, in the order of their means. The
 * error of a rank is at most the sum of the errors in the stripes.
 *
 * The digest keeps the last snapshot with its parts, and returns this snapshot again if no part has
 * changed. An equal count would not be enough: of two concurrent snapshots, each can contain a
 * sample that the other lacks.
 */

/**
 * A distribution of latencies that many threads record, made of t-digests.
 *
 * <p>Any number of threads may call any method at any time. A writer never waits.
 *
 * <p>Count, minimum, maximum and mean are exact. A percentile has an error in rank, not in value.
 * The following bounds hold at the default compression, for samples in random order:
 *
 * <ul>
 *   <li>Without gaps between the samples, the rank is within 0.5 % of the count, plus one sample.
 *   <li>With gaps between the samples, the rank is within 2.5 % of the count.
 * </ul>
 *
 * <p>For the worst order there is no bound. An example is several sources whose samples rise
 * steadily.
 *
 * <p>Memory: a digest consists of stripes, and each stripe contains a buffer and a t-digest. A
 * stripe takes about 50 KB at the default compression, however many samples there are. A digest
 * without samples has no stripe. A digest gets a second stripe when a thread fills a buffer of 256
 * samples while another thread merges or takes a snapshot. The number of stripes stays close to the
 * number of threads that did so at the same moment. A digest never releases a stripe.
 */
public final class LatencyDigest {

  private static final double DEFAULT_COMPRESSION = 100;
  private static final double MIN_COMPRESSION = 10; // t-digest silently raises a lower compression
  private static final double MAX_COMPRESSION = 10_000; // 5 MB

  private final double compression;
  private final AtomicReference<LatencyStripe[]> stripes =
      new AtomicReference<>(new LatencyStripe[0]);
  private final AtomicReference<Whole> last =
      new AtomicReference<>(new Whole(new LatencySnapshot[0], LatencySnapshot.EMPTY));
  private final long[] rejected = new long[1];

  /** Creates an empty digest with a compression of 100. */
  public LatencyDigest() {
    this(DEFAULT_COMPRESSION);
  }

  /**
   * Creates an empty digest.
   *
   * @param compression the approximate number of centroids, 10 to 10,000. More centroids are more
   *     accurate. Each stripe takes about 500 bytes for each centroid
   * @throws IllegalArgumentException if the compression is outside its range
   */
  public LatencyDigest(double compression) {
    if (!(compression >= MIN_COMPRESSION && compression <= MAX_COMPRESSION)) {
      throw new IllegalArgumentException("compression must be between " + MIN_COMPRESSION + " and "
          + MAX_COMPRESSION + ": " + compression);
    }
    this.compression = compression;
  }

  /**
   * Records one latency.
   *
   * <p>Lock-free; never waits and never throws. Most calls fill one slot of a buffer. A call that
   * finds the buffer full merges 256 samples into a t-digest, and may allocate a few small objects.
   * If other threads are busy with every stripe, the call allocates one more stripe.
   *
   * @param nanos nanoseconds, at least 0; a negative number is rejected and adds 1 to
   *     {@link #rejectedUpdates()}
   */
  public void record(long nanos) {
    if (nanos < 0) {
      Cells.increment(rejected, 0);
      return;
    }
    LatencyStripe[] all = stripes.get();
    while (!recordInOneOf(all, nanos)) {
      LatencyStripe[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = new LatencyStripe(compression, nanos);
      if (stripes.compareAndSet(all, more)) {
        return;
      }
      all = stripes.get();
    }
  }

  private static boolean recordInOneOf(LatencyStripe[] all, long nanos) {
    if (all.length == 0) {
      return false;
    }
    int own = Math.floorMod(Thread.currentThread().getId(), all.length);
    int i = own;
    do {
      if (all[i].tryRecord(nanos)) {
        return true;
      }
      i = i + 1 == all.length ? 0 : i + 1;
    } while (i != own);
    return false;
  }

  /**
   * Returns the distribution of all latencies recorded so far.
   *
   * <p>The call waits while another thread merges samples of a stripe or takes a snapshot of a
   * stripe. Writers do not wait for the call. O(centroids). Allocates about 5 KB for each stripe
   * with new samples, and as much again for the union of several stripes. Allocates nothing if
   * there is no new sample.
   *
   * @return an immutable snapshot
   */
  public LatencySnapshot snapshot() {
    LatencyStripe[] all = stripes.get();
    Whole known = last.get();
    LatencySnapshot[] parts = known.parts;
    for (int i = 0; i < all.length; i++) {
      LatencySnapshot part = all[i].snapshot();
      if (i >= parts.length || !part.equals(parts[i])) {
        if (parts == known.parts) {
          parts = Arrays.copyOf(parts, all.length);
        }
        parts[i] = part;
      }
    }
    if (parts == known.parts) {
      return known.snapshot;
    }
    LatencySnapshot snapshot = LatencySnapshot.union(parts);
    last.set(new Whole(parts, snapshot));
    return snapshot;
  }

  /**
   * Returns how many latencies were rejected because they were negative.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return Cells.readCounterAcquire(rejected, 0);
  }

  /** Returns the stripes in the order of their creation. Callers must not change the array. */
  LatencyStripe[] stripes() {
    return stripes.get();
  }

  /** A snapshot and its parts, one part for each stripe. The array never changes. */
  private static final class Whole {
    final LatencySnapshot[] parts;
    final LatencySnapshot snapshot;

    Whole(LatencySnapshot[] parts, LatencySnapshot snapshot) {
      this.parts = parts;
      this.snapshot = snapshot;
    }
  }
}
