package io.swarmstats.latency;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.WideSum;
import java.math.BigInteger;

/*
 * Order. A writer raises the extremes, adds to the sum, and then counts the latency in its bucket. A
 * reader loads in the reverse order. So a latency that a reader finds in a bucket is also in the
 * sum and within the extremes. The sum and the extremes can hold more than the buckets: latencies
 * whose writers are between two steps.
 *
 * Sum. The cell SUM holds the sum modulo 2^64. The cell TURNS counts how often the sum passed a
 * multiple of 2^63. Each pass is a turn, and flips the top bit of SUM. A writer that passes a
 * multiple leaves TURNS one behind. The next writer or reader detects this, because the lowest bit
 * of TURNS then differs from the top bit of SUM. Each writer first brings TURNS up to date, so
 * TURNS is never two behind. A writer can therefore stop after any step, even for ever: the next
 * writer corrects TURNS.
 *
 * A writer misses a turn only if the sum passes the multiple between the writer's load of SUM and
 * its addition. TURNS would be two behind only if such writers alone took the sum past the next
 * multiple, 2^63 ns higher. Each writer adds less than 2^48 ns (3 days) to SUM, because the cell
 * DAYS takes the upper 32 bits of a longer latency. So TURNS can be two behind only if more than
 * 2^15 writers are between these two steps at once.
 */

/** One row of a {@link LatencyHistogram}: the count of each bucket, the sum, the extremes. */
final class HistogramRow {

  // levels
  private static final int MAX = 0; // nanoseconds
  private static final int MIN = 1; // Long.MAX_VALUE - nanoseconds: a minimum that only rises
  // gauges
  private static final int SUM = 2; // nanoseconds modulo 2^64, without what is in DAYS
  private static final int TURNS = 3; // how often SUM passed a multiple of 2^63
  private static final int DAYS = 4; // in units of 2^32 ns
  private static final int BUCKETS = 5; // one count each
  private static final int CELLS = BUCKETS + Buckets.COUNT;

  private static final int DAYS_UNIT = 32; // bits
  private static final long DAYS_FROM = 1L << 48; // nanoseconds

  private HistogramRow() {}

  static long[] create() {
    return Cells.newRow(CELLS);
  }

  /**
   * Records a latency, unless another thread adds to the sum of this row at the same moment.
   *
   * @return false if another thread added to the sum. Then only the extremes of the row contain the
   *     latency
   */
  static boolean tryRecord(long[] row, long nanos, int bucket) {
    raiseExtremes(row, nanos);
    long sum = turnedSum(row);
    if (!Cells.casGauge(row, SUM, sum, sum + inSum(nanos))) {
      return false;
    }
    count(row, nanos, bucket);
    return true;
  }

  /** Records a latency, even if other threads record in this row at the same moment. */
  static void record(long[] row, long nanos, int bucket) {
    raiseExtremes(row, nanos);
    turnedSum(row);
    Cells.getAndAddGauge(row, SUM, inSum(nanos));
    count(row, nanos, bucket);
  }

  private static void raiseExtremes(long[] row, long nanos) {
    Cells.raise(row, MAX, nanos);
    Cells.raise(row, MIN, Long.MAX_VALUE - nanos);
  }

  /** Returns the sum, after bringing the number of turns up to date with the sum. */
  private static long turnedSum(long[] row) {
    long turns = Cells.readGaugeAcquire(row, TURNS); // before SUM: so TURNS is never ahead of SUM
    long sum = Cells.readGaugeAcquire(row, SUM);
    if (isBehind(turns, sum)) {
      Cells.casGauge(row, TURNS, turns, turns + 1); // if this fails, another writer did the same
    }
    return sum;
  }

  private static boolean isBehind(long turns, long sum) {
    return (turns & 1) != sum >>> (Long.SIZE - 1);
  }

  private static long inSum(long nanos) {
    return nanos < DAYS_FROM ? nanos : nanos & ((1L << DAYS_UNIT) - 1);
  }

  private static void count(long[] row, long nanos, int bucket) {
    if (nanos >= DAYS_FROM) {
      Cells.getAndAddGauge(row, DAYS, nanos >>> DAYS_UNIT);
    }
    Cells.getAndAddGauge(row, BUCKETS + bucket, 1);
  }

  static long countIn(long[] row, int bucket) {
    return Cells.readGaugeAcquire(row, BUCKETS + bucket);
  }

  /** Returns the sum. If a writer changes TURNS during the read, this method reads again. */
  static BigInteger sum(long[] row) {
    long days = Cells.readGaugeAcquire(row, DAYS);
    while (true) {
      long turns = Cells.readGaugeAcquire(row, TURNS);
      long sum = Cells.readGaugeAcquire(row, SUM);
      if (Cells.readGaugeAcquire(row, TURNS) == turns) {
        long allTurns = isBehind(turns, sum) ? turns + 1 : turns;
        return BigInteger.valueOf(allTurns >>> 1)
            .shiftLeft(Long.SIZE)
            .add(WideSum.unsigned(sum))
            .add(WideSum.unsigned(days).shiftLeft(DAYS_UNIT));
      }
    }
  }

  static long max(long[] row) {
    return Cells.readCounterAcquire(row, MAX);
  }

  /** Returns the minimum; {@link Long#MAX_VALUE} without a latency. */
  static long min(long[] row) {
    return Long.MAX_VALUE - Cells.readCounterAcquire(row, MIN);
  }
}
