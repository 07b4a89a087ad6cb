package io.swarmstats.lincheck;

import io.swarmstats.internal.Cells;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Latencies that enter a histogram with or without a row, and readers of count and sum (promise
 * G14).
 *
 * <p>Linearizable: all latencies are equal, so the count determines the sum, and the count rises by
 * one. Every count between two moments was therefore true at some moment. Snapshots of different
 * latencies are not linearizable: a reader loads one bucket after another.
 *
 * <p>The Lincheck tests run as on one processor, where a histogram has one row. The stress test
 * {@code WallTimes} has a second row.
 */
@Tag("lincheck")
class WallTimesLincheckTest {

  @ParameterizedTest
  @ValueSource(classes = {ShippedEmpty.class, ShippedRow.class})
  void latencies_intoAHistogram_areLinearizable(Class<?> state) {
    ThreeThreads.options().check(state);
  }

  @Test
  void rowsThatAreStored_areFound() {
    ThreeThreads.refute(WeakenedRows.class);
  }

  @Test
  void bucketBeforeTheSum_isFound() {
    ThreeThreads.refute(WeakenedBucket.class);
  }

  private static String figures(LatencyHistogram histogram) {
    LatencySnapshot snapshot = histogram.snapshot();
    return snapshot.count() + ", " + snapshot.sum().toNanos();
  }

  /** The next latency creates the row. */
  public static class ShippedEmpty {
    private final LatencyHistogram histogram = new LatencyHistogram();

    public ShippedEmpty() {}

    @Operation
    public void record() {
      histogram.record(1);
    }

    @Operation
    public String countAndSum() {
      return figures(histogram);
    }
  }

  /** All latencies enter one row. */
  public static class ShippedRow {
    private final LatencyHistogram histogram = new LatencyHistogram();

    public ShippedRow() {
      histogram.record(1);
    }

    @Operation
    public void record() {
      histogram.record(1);
    }

    @Operation
    public String countAndSum() {
      return figures(histogram);
    }
  }

  /** Twin: an addition that stores the longer array of rows without comparing. */
  public static class WeakenedRows {
    private final AtomicReference<long[]> rows = new AtomicReference<>(new long[0]);

    public WeakenedRows() {}

    @Operation
    public void record() {
      long[] all = rows.get();
      long[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = 1;
      rows.set(more);
    }

    @Operation
    public long count() {
      return Arrays.stream(rows.get()).sum();
    }
  }

  /** Twin: a writer that counts a latency in its bucket before the writer adds to the sum. */
  public static class WeakenedBucket {
    private static final int SUM = 0;
    private static final int BUCKET = 1;

    private final long[] row = new long[2];

    public WeakenedBucket() {}

    @Operation
    public void record() {
      Cells.getAndAddGauge(row, BUCKET, 1);
      Cells.getAndAddGauge(row, SUM, 1);
    }

    @Operation
    public String countAndSum() {
      long count = Cells.readGaugeAcquire(row, BUCKET);
      return count + ", " + Math.min(count, Cells.readGaugeAcquire(row, SUM));
    }
  }
}
