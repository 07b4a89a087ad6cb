package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.ClientSummary;
import java.util.function.Consumer;

/**
 * The floor of the benchmarks: a loop that loads the cells that {@link StatsAggregator#aggregate()}
 * loads, through the same references and in the same order, and adds them up.
 *
 * <p>In large swarms the library looks ahead, and this loop does not. The floor is therefore a
 * yardstick for a snapshot, and no lower bound.
 *
 * <p>The class is in the library's package because it names the cells one by one. If a cell moves,
 * the class no longer compiles. If the sum differs from the sum of the public figures,
 * {@link #check} fails. The floor leaves out the start of the stall clock and the time of the last
 * report, because the library loads them for some clients only.
 */
public final class AggregateFloor implements Consumer<ClientStats> {

  private long sum;

  @SuppressWarnings("UnusedVariable") // without the field, the compiler could drop the loads
  private long unseen; // of cells that no public figure shows

  private AggregateFloor() {}

  /** Returns the sum of all cells of all live clients. */
  public static long walk(StatsAggregator aggregator) {
    AggregateFloor floor = new AggregateFloor();
    aggregator.epoch().registry().live().forEach(floor);
    return floor.sum;
  }

  @Override
  public void accept(ClientStats client) {
    ProcessRun run = client.currentRun();
    long sum = this.sum + client.clientId(); // replaces the start time, a field of the same object

    long[] row = run.row;
    EarlierRuns base = run.base;
    sum += Cells.readGaugeVolatile(row, Viewer.SPEED);
    unseen += Cells.readCounterAcquire(row, Viewer.OUT);
    unseen += Cells.readGaugeAcquire(row, Viewer.BEGIN);
    sum += base.waitedNanos + Viewer.waitedNanos(row);
    sum += base.stalls + Viewer.stalls(row);
    sum += base.processStarts;
    sum += Cells.readGaugeAcquire(row, ProcessRun.DRIFT);
    sum += Math.max(base.maxDriftNanos, Cells.readCounterAcquire(row, ProcessRun.MAX_DRIFT));
    sum += base.stderrDropped + Cells.readCounterAcquire(row, ProcessRun.STDERR_DROPPED);
    sum += base.progressDropped + Cells.readCounterAcquire(row, ProcessRun.PROGRESS_DROPPED);
    sum += base.stderrRead + Cells.readCounterAcquire(row, ProcessRun.STDERR_READ);
    sum += base.progressRead + Cells.readCounterAcquire(row, ProcessRun.PROGRESS_READ);
    sum += Math.max(
        Double.doubleToRawLongBits(base.peakDropRate),
        Cells.readCounterAcquire(row, ProcessRun.PEAK_DROP_RATE));
    sum += base.bytes + Cells.readCounterAcquire(row, ProcessRun.BYTES);

    HttpErrorCounts httpErrors = client.httpErrors;
    if (httpErrors != null) {
      sum += httpErrorsOf(httpErrors);
    }
    long[] segmentSizes = client.segmentSizes;
    if (segmentSizes != null) {
      sum += Cells.readCounterAcquire(segmentSizes, SegmentSizeRow.SUM);
    }
    row = client.row;
    sum += Cells.readCounterAcquire(row, ClientRow.TIMEOUTS);
    sum += Cells.readCounterAcquire(row, ClientRow.RECONNECTIONS);
    sum += Cells.readCounterAcquire(row, ClientRow.MANIFEST_REQUESTS);
    sum += Cells.readCounterAcquire(row, ClientRow.SEGMENT_REQUESTS);
    sum += Cells.readCounterAcquire(row, ClientRow.INIT_REQUESTS);
    sum += Cells.readCounterAcquire(row, ClientRow.UNKNOWN_REQUESTS);
    sum += Cells.readCounterAcquire(row, ClientRow.REJECTED);
    this.sum = sum;
  }

  private static long httpErrorsOf(HttpErrorCounts errors) {
    long sum = 0;
    for (int i = 0; i < HttpErrorCounts.SLOTS; i++) {
      long slot = Cells.readCounterAcquire(errors.slots, i);
      if (slot == 0) {
        return sum;
      }
      sum += HttpErrorCounts.countIn(slot);
    }
    long[] row = errors.row;
    for (int i = 0; i < HttpErrorCounts.COUNTS && row != null; i++) {
      sum += Cells.readCounterAcquire(row, i);
    }
    return sum;
  }

  /**
   * Checks that the floor and the public figures of the clients have the same sum. No thread may
   * record meanwhile.
   *
   * @throws IllegalStateException if the sums differ, because the floor then loads other cells than
   *     the library
   */
  public static void check(StatsAggregator aggregator) {
    long found = walk(aggregator);
    long[] shown = new long[1];
    aggregator.forEachClient(client -> {
      Totals totals = new Totals();
      client.addTo(totals);
      shown[0] += shownBy(client.summary(), totals);
    });
    if (found != shown[0]) {
      throw new IllegalStateException(
          "the floor adds up to " + found + ", the public figures to " + shown[0]);
    }
  }

  private static long shownBy(ClientSummary client, Totals lines) {
    long sum = client.clientId()
        + Double.doubleToRawLongBits(client.speed())
        + client.currentDrift().toNanos()
        // a summary contains the drop rate, not the line counts
        + lines.stderrDropped
        + lines.progressDropped
        + lines.stderrRead
        + lines.progressRead
        + client.stalledTime().toNanos()
        + client.stalls()
        + client.processStarts()
        + client.totalBytes()
        + client.downloadedBytes()
        + client.errors().timeouts()
        + client.errors().reconnections()
        + client.requests().total()
        + client.maxDrift().toNanos()
        + Double.doubleToRawLongBits(client.peakDropRate())
        + client.rejectedUpdates();
    return sum + client.errors().httpTotal();
  }
}
