package io.swarmstats.latency;

import io.swarmstats.internal.Cells;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/*
 * Rows. Two threads that add to the same cell each take several times as long. So if the addition
 * of a thread to the sum of a row fails, the thread tries another row. If the addition fails in
 * every row, the thread makes one more row. There are at most as many rows as processors, because
 * more threads do not run at once. With that many rows, the thread adds to a row unconditionally,
 * which never fails. Rows are never removed.
 *
 * Hints. Each thread remembers its row in a cell of a small table. Threads with the same hash share
 * a cell. A wrong hint costs a failed attempt. No result depends on a hint.
 *
 * Errors of the caller. Recording allocates in one place: a new row. If memory runs out there, the
 * latency goes into an existing row, or counts as rejected if there is none. A stack overflow can
 * end a call between two steps of HistogramRow. The extremes and the sum can then hold a latency
 * that no bucket counts, as if its writer had stopped for ever.
 *
 * Snapshot. The reader loads the buckets of all rows, then the sums, then the extremes: the reverse
 * of the order in which HistogramRow writes them. A row is published after its first latency. So a
 * snapshot contains every latency that was recorded before the snapshot began (G14). The reader
 * cuts the sum and the extremes to what the buckets allow.
 */

/**
 * A distribution of latencies that many threads record: exponential buckets, each at most 1.1 %
 * wide.
 *
 * <p>The buckets are those of Prometheus' native histograms of schema 6 and of OpenTelemetry's
 * exponential histograms of scale 6, over seconds. Every {@code long} from 0 on has a bucket. Any
 * number of threads may call any method at any time.
 *
 * <p>Takes less than half a KB before the first latency, and 32 KB in all from then on. Each
 * further thread that contends can add a row of 32 KB, up to one row for each processor. The number
 * of latencies does not matter.
 */
public final class LatencyHistogram {

  private static final int MOST_ROWS = Runtime.getRuntime().availableProcessors();
  private static final int HINTS = 32; // a power of two

  private final AtomicReference<long[][]> rows = new AtomicReference<>(new long[0][]);
  private final long[] hints = Cells.newRow(HINTS);
  private final long[] rejected = Cells.newRow(1);

  // Links all code that record and snapshot call, before a first caller can fail: see Cells.
  static {
    LatencyHistogram unused = new LatencyHistogram();
    unused.record(1);
    unused.recordInOneOf(unused.rows.get(), 1, Buckets.of(1));
    unused.snapshot();
  }

  /** Creates an empty histogram. */
  public LatencyHistogram() {}

  /**
   * Records one latency.
   *
   * <p>Never waits and never throws. Wait-free: a few loads and two atomic additions. A new
   * minimum, a new maximum and a rejection are lock-free: the call repeats a step if another thread
   * changes the same cell. Allocates a row of 32 KB at the first latency, and further rows if
   * threads contend, up to one for each processor.
   *
   * @param nanos nanoseconds, at least 0; a negative number is rejected and counted
   */
  public void record(long nanos) {
    if (nanos < 0) {
      reject();
      return;
    }
    int bucket = Buckets.of(nanos);
    long[][] all = rows.get();
    if (all.length != 1 || !HistogramRow.tryRecord(all[0], nanos, bucket)) {
      recordInOneOf(all, nanos, bucket);
    }
  }

  private void recordInOneOf(long[][] all, long nanos, int bucket) {
    int hint = System.identityHashCode(Thread.currentThread()) & (HINTS - 1);
    int hinted = (int) Cells.readGaugeAcquire(hints, hint);
    if (hinted < all.length && HistogramRow.tryRecord(all[hinted], nanos, bucket)) {
      return;
    }
    for (int row = 0; row < all.length; row++) {
      if (row != hinted && HistogramRow.tryRecord(all[row], nanos, bucket)) {
        Cells.setGaugeRelease(hints, hint, row); // only a change: threads share the hints
        return;
      }
    }
    if (all.length < MOST_ROWS && recordInNewRow(all, nanos, bucket)) {
      Cells.setGaugeRelease(hints, hint, all.length);
      return;
    }
    long[][] now = rows.get();
    if (now.length == 0) {
      reject(); // no memory for the first row
    } else {
      HistogramRow.record(now[hinted % now.length], nanos, bucket);
    }
  }

  /** Returns false if another thread made a row first, or if there is no memory for one. */
  private boolean recordInNewRow(long[][] all, long nanos, int bucket) {
    try {
      long[] made = HistogramRow.create();
      HistogramRow.record(made, nanos, bucket); // before other threads can see the row
      long[][] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = made;
      return rows.compareAndSet(all, more);
    } catch (OutOfMemoryError e) {
      return false; // the caller has other rows, or counts a rejection
    }
  }

  private void reject() {
    Cells.increment(rejected, 0);
  }

  /**
   * Returns what was recorded so far.
   *
   * <p>Lock-free: the call reads a sum again if the sum passes a multiple of 2^63 ns meanwhile.
   * O(rows × buckets between the shortest and the longest latency); allocates the snapshot, some
   * KB.
   *
   * @return an immutable snapshot
   */
  public LatencySnapshot snapshot() {
    long[][] all = rows.get();
    if (all.length == 0) {
      return LatencySnapshot.EMPTY;
    }
    int first = Buckets.of(min(all));
    long[] counts = new long[Buckets.of(max(all)) - first + 1];
    for (long[] row : all) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += HistogramRow.countIn(row, first + i);
      }
    }
    BigInteger sum = BigInteger.ZERO;
    for (long[] row : all) {
      sum = sum.add(HistogramRow.sum(row));
    }
    return LatencySnapshot.read(first, counts, sum, min(all), max(all));
  }

  private static long min(long[][] all) {
    long min = Long.MAX_VALUE;
    for (long[] row : all) {
      min = Math.min(min, HistogramRow.min(row));
    }
    return min;
  }

  private static long max(long[][] all) {
    long max = 0;
    for (long[] row : all) {
      max = Math.max(max, HistogramRow.max(row));
    }
    return max;
  }

  /**
   * Returns how many latencies were rejected: negative numbers, and a latency for which there was
   * no memory.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return Cells.readCounterAcquire(rejected, 0);
  }

  /** Returns the number of rows. */
  int rows() {
    return rows.get().length;
  }
}
