package io.swarmstats.latency;

import io.swarmstats.internal.Cells;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/*
 * The samples are in stripes, each a buffer, a lock and a t-digest (LatencyStripe). A stripe takes a
 * sample unless its buffer is full and another thread has its lock. A writer begins with the stripe
 * of its thread and tries one after the other; if none takes the sample, it makes one more, which
 * has the sample already, and adds it to the array in one step. A sample stays in the stripe that
 * took it, and a stripe stays for ever.
 *
 * What bounds the memory. No writer waits, so what it brings must be put somewhere, and if that were
 * a queue for the holder of a lock, two writers would outrun it: to merge a sample takes far longer
 * than to queue it. Here a writer that finds a buffer full merges it, and so pays for what it
 * brings; a sample that is not merged is in one of the slots of its stripe, whose number is fixed.
 * So the memory is that of the stripes. One is added only when a writer found the lock of each held
 * by another thread. Were they all looked at in one moment, there could be no more of them than
 * threads at once within record or snapshot. They are looked at one after the other, so a thread
 * that goes from one lock to the next meanwhile is seen twice; as it has a buffer to merge in
 * between, that takes a writer that loses its processor just then. So there can be a few more, and
 * each more makes the next one less likely.
 *
 * A snapshot looks at one stripe after the other. Each has all that was recorded in it before (G14)
 * and never has less than at an earlier look, so for one observer no figure falls. The centroids of
 * all, in the order of their means, answer for the whole: a rank is off by no more than the sum of
 * what it is off by in each stripe.
 *
 * The last snapshot is kept with its parts, and is returned again if each stripe still has the same
 * part. An equal count would not do: of two snapshots at once, each can have a sample that the
 * other has not.
 */

/**
 * The distribution of latencies, recorded by many threads: t-digests behind a front that never
 * makes a writer wait.
 *
 * <p>Count, minimum, maximum and mean are exact. A percentile has an error in rank, not in value:
 * at the default compression, for samples in random order from a distribution without gaps, it is
 * within 0.5 % of the count (and one sample) of the rank that was asked for, and within 2.5 % where
 * there are gaps. A t-digest has no bound for the worst order: samples from several sources that
 * rise steadily can be farther off. Any number of threads may call any method at any time.
 *
 * <p>Memory: about 50 KB, at the default compression, for each stripe. There is none before the
 * first sample, and one as long as no thread fills a whole buffer of 256 samples while another
 * merges or reads. There are never many more than threads that did so at once; they are not given
 * up again. The memory does not grow with the number of samples.
 */
public final class LatencyDigest {

  private static final double DEFAULT_COMPRESSION = 100;
  private static final double MIN_COMPRESSION = 10; // t-digest raises lower ones without a word
  private static final double MAX_COMPRESSION = 10_000; // 5 MB

  private final double compression;
  private final AtomicReference<LatencyStripe[]> stripes =
      new AtomicReference<>(new LatencyStripe[0]);
  private final AtomicReference<Whole> last =
      new AtomicReference<>(new Whole(new LatencySnapshot[0], LatencySnapshot.EMPTY));
  private final long[] refused = new long[1];

  /** Creates an empty digest with a compression of 100. */
  public LatencyDigest() {
    this(DEFAULT_COMPRESSION);
  }

  /**
   * Creates an empty digest.
   *
   * @param compression how many centroids to keep, about; more are more accurate. 10 to 10,000;
   *     memory is about 500 bytes for each in each stripe
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
   * <p>Lock-free: never waits, never throws. Usually one slot of a buffer is filled; each time that
   * a buffer is full the caller merges its 256 samples into a t-digest, which may allocate a few
   * small objects. If other threads are at that in every stripe, allocates one more stripe.
   *
   * @param nanos nanoseconds, at least 0; a negative number is refused and counted
   */
  public void record(long nanos) {
    if (nanos < 0) {
      Cells.increment(refused, 0);
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
   * Returns what was recorded so far.
   *
   * <p>Waits while another thread merges samples of a stripe or looks at it; writers do not wait
   * for it. Allocates about 5 KB for each stripe with new samples, and again for the whole if there
   * are several; nothing if there is no sample since the last snapshot.
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
   * Returns how many latencies were refused because they were negative.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return Cells.readCounterAcquire(refused, 0);
  }

  /** Returns the stripes, in the order in which they were added. Not to be changed. */
  LatencyStripe[] stripes() {
    return stripes.get();
  }

  /** A snapshot, and what each stripe has in it. The array is not changed any more. */
  private static final class Whole {
    final LatencySnapshot[] parts;
    final LatencySnapshot snapshot;

    Whole(LatencySnapshot[] parts, LatencySnapshot snapshot) {
      this.parts = parts;
      this.snapshot = snapshot;
    }
  }
}
