package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.snapshot.ClientSummary;
import java.util.function.Consumer;

/**
 * A plain walk over the same cells: loads those that {@link StatsAggregator#aggregate()} loads,
 * through the same pointers and in the same order, and adds them up.
 *
 * <p>It does not look ahead, as the library does in swarms beyond the caches. So it is what an
 * aggregate of the library is held against, and no bound from below.
 *
 * <p>Stands in the library's package because it names the cells one by one: a cell that moves
 * breaks the compilation, and {@link #check} fails where the sum is not that of the public figures.
 * The stall clock is left out: the library loads it for slow clients only.
 */
public final class AggregateFloor implements Consumer<ClientStats> {

  private long sum;

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
    long sum = this.sum + client.clientId(); // in the place of its start, as near

    long[] row = run.row;
    long[] base = run.base;
    sum += Cells.readGaugeVolatile(row, ProcessRun.SPEED);
    sum += Cells.readGaugeAcquire(row, ProcessRun.DRIFT);
    sum += base[ProcessRun.STDERR_DROPPED] + Cells.readGaugeAcquire(row, ProcessRun.STDERR_DROPPED);
    sum += base[ProcessRun.PROGRESS_DROPPED]
        + Cells.readGaugeAcquire(row, ProcessRun.PROGRESS_DROPPED);
    sum += base[ProcessRun.STDERR_READ] + Cells.readGaugeAcquire(row, ProcessRun.STDERR_READ);
    sum += base[ProcessRun.PROGRESS_READ] + Cells.readGaugeAcquire(row, ProcessRun.PROGRESS_READ);
    sum += base[ProcessRun.BYTES] + Cells.readGaugeAcquire(row, ProcessRun.BYTES);

    long[] httpErrors = client.httpErrors;
    if (httpErrors != null) {
      sum += httpErrorsOf(httpErrors);
    }
    row = client.row;
    sum += Cells.readGaugeAcquire(row, ClientRow.TIMEOUTS);
    sum += Cells.readGaugeAcquire(row, ClientRow.RECONNECTIONS);
    sum += Cells.readGaugeAcquire(row, ClientRow.MANIFEST_REQUESTS);
    sum += Cells.readGaugeAcquire(row, ClientRow.SEGMENT_REQUESTS);
    sum += Cells.readGaugeAcquire(row, ClientRow.INIT_REQUESTS);
    sum += Cells.readGaugeAcquire(row, ClientRow.UNKNOWN_REQUESTS);
    sum += Cells.readGaugeAcquire(row, ClientRow.MAX_DRIFT);
    sum += Cells.readGaugeAcquire(row, ClientRow.PEAK_DROP_RATE);
    sum += Cells.readGaugeAcquire(row, ClientRow.REJECTED);
    this.sum = sum;
  }

  private static long httpErrorsOf(long[] row) {
    long sum = 0;
    for (int word = 0; word < HttpErrorRow.MARKS; word++) {
      for (long marks = Cells.readGaugeAcquire(row, word); marks != 0; marks &= marks - 1) {
        sum += Cells.readGaugeAcquire(row, HttpErrorRow.counterOf(word, marks));
      }
    }
    return sum;
  }

  /**
   * Checks, while no one records, that the walk found what the clients show of themselves.
   *
   * @throws IllegalStateException if it did not: the floor no longer is the one of this library
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
      throw new IllegalStateException("the floor found " + found + ", the clients " + shown[0]);
    }
  }

  private static long shownBy(ClientSummary client, Totals lines) {
    long sum = client.clientId()
        + Double.doubleToRawLongBits(client.speed())
        + client.currentDrift().toNanos()
        // a summary has the rate of the lines, and not the lines
        + lines.stderrDropped
        + lines.progressDropped
        + lines.stderrRead
        + lines.progressRead
        + client.totalBytes()
        + client.errors().timeouts()
        + client.errors().reconnections()
        + client.requests().total()
        + client.maxDrift().toNanos()
        + Double.doubleToRawLongBits(client.peakDropRate())
        + client.rejectedUpdates();
    return sum + client.errors().httpTotal();
  }
}
