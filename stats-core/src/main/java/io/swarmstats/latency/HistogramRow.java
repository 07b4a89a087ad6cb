package io.swarmstats.latency;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.WideSum;
import java.math.BigInteger;

/*
 * Order. A writer raises the extremes, then adds to the sum, then counts the latency in its bucket.
 * A reader loads in the other order. So each latency that a reader finds in a bucket is in the sum
 * and within the extremes too. The sum and the extremes may hold more: latencies whose writers are
 * between two steps. LatencyHistogram cuts the surplus off.
 *
 * The sum is kept modulo 2^64. The writer whose addition passes 2^64 adds one to the carries, before
 * it counts its latency. For that moment a reader may find a sum that is 2^64 too low.
 */

/** One row of a {@link LatencyHistogram}: a counter for each bucket, the sum, the extremes. */
final class HistogramRow {

  // levels
  private static final int MAX = 0; // nanoseconds
  private static final int MIN = 1; // Long.MAX_VALUE - nanoseconds: a minimum that only rises
  // gauges
  private static final int SUM = 2; // nanoseconds modulo 2^64
  private static final int CARRIES = 3;
  private static final int BUCKETS = 4; // one counter each
  private static final int CELLS = BUCKETS + Buckets.COUNT;

  private HistogramRow() {}

  static long[] create() {
    return new long[CELLS];
  }

  /**
   * Records a latency, unless another thread adds to the sum of this row at the same moment.
   *
   * @return false if it did: the row has no part of the latency but in its extremes
   */
  static boolean tryRecord(long[] row, long nanos, int bucket) {
    raiseExtremes(row, nanos);
    long sum = Cells.readGaugeAcquire(row, SUM);
    if (!Cells.casGauge(row, SUM, sum, sum + nanos)) {
      return false;
    }
    count(row, nanos, bucket, sum);
    return true;
  }

  /** Records a latency, whoever else records here. */
  static void record(long[] row, long nanos, int bucket) {
    raiseExtremes(row, nanos);
    count(row, nanos, bucket, Cells.getAndAddGauge(row, SUM, nanos));
  }

  private static void raiseExtremes(long[] row, long nanos) {
    Cells.raise(row, MAX, nanos);
    Cells.raise(row, MIN, Long.MAX_VALUE - nanos);
  }

  private static void count(long[] row, long nanos, int bucket, long sumBefore) {
    if (Long.compareUnsigned(sumBefore + nanos, sumBefore) < 0) {
      Cells.getAndAddGauge(row, CARRIES, 1);
    }
    Cells.getAndAddGauge(row, BUCKETS + bucket, 1);
  }

  static long countIn(long[] row, int bucket) {
    return Cells.readGaugeAcquire(row, BUCKETS + bucket);
  }

  /**
   * Returns the sum. While a writer is between its addition and its carry, the result can be 2^64
   * too low; it is never too high.
   */
  static BigInteger sum(long[] row) {
    long carries =
        Cells.readGaugeAcquire(row, CARRIES); // before the sum, which writers add to first
    long low = Cells.readGaugeAcquire(row, SUM);
    return BigInteger.valueOf(carries).shiftLeft(Long.SIZE).add(WideSum.unsigned(low));
  }

  static long max(long[] row) {
    return Cells.readCounterAcquire(row, MAX);
  }

  /** Returns the minimum; {@link Long#MAX_VALUE} without a latency. */
  static long min(long[] row) {
    return Long.MAX_VALUE - Cells.readCounterAcquire(row, MIN);
  }
}
