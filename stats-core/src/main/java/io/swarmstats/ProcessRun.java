package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.DropRate;
import io.swarmstats.internal.Saturating;

/*
 * A run consists of a row and a base. The row contains FFmpeg's figures of the process. The base
 * contains the totals of all earlier runs of the client, computed when the run starts.
 *
 * The end of a run (G2, G3). The counts of a run are levels. Method end seals the levels, which
 * never change afterwards. Any number of threads can therefore fold the run into the base of the
 * next run, and all compute the same base. One compare-and-set of the client's reference then
 * publishes the next run. The partner is the load of this reference in a reader, which loads the
 * reference once. So a reader finds the ended run either in its row or in the base of the next run.
 *
 * Order. Three figures of a run are bounded:
 *
 *   bounded                     bound
 *   lines dropped               lines read                            (G6)
 *   current drift               maximum drift of the client           (G4)
 *   drop rate                   peak drop rate of the client          (G5)
 *
 * The writer raises the bound first (release) and stops at the first rejection. So no dropped lines
 * count without their read lines. The reader loads the bounded first (acquire), then the bound. If
 * one edge were weaker, a reader could see the bounded without its bound.
 *
 * The bytes are sealed last, because isEnded reads this seal. A thread that sees the seal finds the
 * whole run sealed. The end of a run can overtake an update that has raised a bound but not yet the
 * bounded. The update counts as rejected. The raised bound stays, because the client did report it.
 *
 * Stall clock (G7). The speed and the stall clock are two cells. Once all writers are quiet, the
 * clock must run exactly if the speed is below the threshold. A writer takes three steps:
 *
 *   1. Store the speed.
 *   2. Load the clock. If the clock does not match the speed, start or stop the clock.
 *   3. Load the speed again. If the speed is now on the other side of the threshold, go to step 2
 *      with this speed.
 *
 * Take the last change of the clock. Its writer then loaded the speed (step 3) and found a match,
 * because otherwise the writer would have changed the clock again. If the final speed was stored
 * before this load, the clock matches. If the final speed was stored later, the writer of the final
 * speed loaded the clock later still (step 2). This writer found a match too, because otherwise it
 * would have changed the clock.
 *
 * The proof needs one total order of four accesses: store speed, load clock, change clock, load
 * speed. Only volatile mode gives this order. With release and acquire, the load of one cell could
 * move before the store of the other.
 *
 * A reader loads the speed once, then the clock. With a second load of the speed, a summary could
 * show a stalled client whose speed is above the threshold.
 */

/**
 * The handle of one FFmpeg process of a client, from its start to its end.
 *
 * <p>In each process FFmpeg counts total_size, out_time and lines from 0. A thread that reads the
 * output of one process should hold the run of this process. Output sometimes arrives after the
 * process was replaced. The ended run then rejects the late update; through the {@link ClientStats}
 * the update would count for the next process.
 *
 * <p>{@link ClientStats#onProcessStart()} and {@link ClientStats#currentRun()} return runs. Any
 * number of threads may call any method at any time. Recording methods are lock-free, O(1),
 * allocate nothing and never throw.
 *
 * <p>An ended run rejects every update and adds 1 to {@link ClientStats#rejectedUpdates()}. The
 * package {@link io.swarmstats} says what happens to an update that the end overtakes.
 */
public final class ProcessRun {

  // levels; the base has the totals of the earlier runs under the same indices
  static final int BYTES = 0;
  static final int PROGRESS_READ = 1;
  static final int PROGRESS_DROPPED = 2;
  static final int STDERR_READ = 3;
  static final int STDERR_DROPPED = 4;
  private static final int LEVELS = 5;
  // gauges
  static final int SPEED = 5; // bits of a double; 0.0 is "unknown"
  private static final int STALL_CLOCK = 6; // nanoseconds from the start of the run
  static final int DRIFT = 7; // nanoseconds
  private static final int CELLS = 8;

  private static final long CLOCK_NOT_RUNNING = -1; // a time since the start is never negative
  private static final long NO_DRIFT = Long.MIN_VALUE; // a drift is at least -Long.MAX_VALUE
  private static final long NO_TIME_READ = -1;

  private static final long[] NO_EARLIER_RUNS = new long[LEVELS]; // never written

  private final StatsConfig config;
  private final long[] clientRow;
  final long[] row;
  final long[] base;
  private final long startNanos;
  private final boolean last;

  private ProcessRun(
      StatsConfig config,
      long[] clientRow,
      long[] row,
      long[] base,
      long startNanos,
      boolean last) {
    this.config = config;
    this.clientRow = clientRow;
    this.row = row;
    this.base = base;
    this.startNanos = startNanos;
    this.last = last;
  }

  /** Returns the first run of a client. */
  static ProcessRun first(StatsConfig config, long[] clientRow, long startNanos) {
    return new ProcessRun(config, clientRow, newRow(), NO_EARLIER_RUNS, startNanos, false);
  }

  /** Ends this run, folds it into a new base, and returns the next run with this base. */
  ProcessRun next(long startNanos) {
    end();
    long[] totals = new long[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      totals[i] = total(base, row, i);
    }
    return new ProcessRun(config, clientRow, newRow(), totals, startNanos, false);
  }

  /** Ends this run and returns a last run with the same row and base, for a client that closes. */
  ProcessRun asLast() {
    end();
    return new ProcessRun(config, clientRow, row, base, startNanos, true);
  }

  /** Returns whether this is the last run of a closed client. No run can follow. */
  boolean isLast() {
    return last;
  }

  private static long[] newRow() {
    long[] row = Cells.newRow(CELLS);
    row[STALL_CLOCK] = CLOCK_NOT_RUNNING;
    row[DRIFT] = NO_DRIFT;
    return row; // the final field of the run publishes the row (G16)
  }

  /** Seals the levels in the order of a reader, the bytes last. */
  private void end() {
    Cells.seal(row, STDERR_DROPPED);
    Cells.seal(row, PROGRESS_DROPPED);
    Cells.seal(row, STDERR_READ);
    Cells.seal(row, PROGRESS_READ);
    Cells.seal(row, BYTES);
  }

  /**
   * Records FFmpeg's {@code total_size}: the bytes that this process has written to its output so
   * far.
   *
   * <p>Within a run the count only rises. A number below the current count changes nothing.
   *
   * @param totalSize bytes since the start of the process; a negative number is rejected
   */
  public void updateBytes(long totalSize) {
    if (totalSize < 0 || !Cells.raise(row, BYTES, totalSize)) {
      reject();
    }
  }

  /**
   * Records FFmpeg's {@code out_time_us}: how much media this process has played.
   *
   * <p>The drift is (now - start of the run) - out_time, in nanoseconds. A positive drift means
   * behind real time, a negative drift ahead. The drift also raises the client's maximum drift.
   * Reads the clock once.
   *
   * @param outTimeMicros microseconds of media; 0 and negative numbers are FFmpeg's "N/A" and
   *     change nothing. Saturates at 292 years
   */
  public void updateDrift(long outTimeMicros) {
    if (isEnded()
        || (outTimeMicros > 0
            && !recordDrift(outTimeMicros, sinceStart(config.timeSource().nanoTime())))) {
      reject();
    }
  }

  /**
   * Records the speed of this process.
   *
   * <p>A finite number above 0 is a speed. All other numbers mean "unknown", FFmpeg's "N/A". A
   * speed below the stall threshold starts the stall clock, unless the clock already runs. Any
   * other speed, and "unknown", stops the clock. Reads the time only when the stall clock starts.
   *
   * @param speed a multiple of real time; 1.0 is real time
   */
  public void updateSpeed(double speed) {
    if (isEnded()) {
      reject();
    } else {
      recordSpeed(speed, NO_TIME_READ);
    }
  }

  /**
   * Records how many lines of this process were read, and how many of these were dropped unparsed.
   *
   * <p>All four counts start at the start of the process, and "read" includes "dropped". Within a
   * run each count only rises. A number below the current count changes nothing. The drop rate of
   * this call, (dropped) / (read) over both streams, raises the client's peak drop rate.
   *
   * <p>A call with a negative number, or with more dropped than read lines in one stream, is
   * rejected as a whole.
   *
   * @param progressRead lines read from the progress pipe
   * @param progressDropped how many of these were dropped
   * @param stderrRead lines read from standard error
   * @param stderrDropped how many of these were dropped
   */
  public void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    boolean valid = progressDropped >= 0
        && progressDropped <= progressRead
        && stderrDropped >= 0
        && stderrDropped <= stderrRead;
    if (!valid
        || isEnded()
        || !recordLines(progressRead, progressDropped, stderrRead, stderrDropped)) {
      reject();
    }
  }

  /**
   * Records one progress report: {@link #updateBytes}, {@link #updateDrift} and
   * {@link #updateSpeed} with one clock read.
   *
   * <p>A report that is rejected, in whole or in part, adds 1 to the client's rejected updates.
   *
   * @param totalSize bytes since the start of the process; a negative number means "not reported"
   * @param outTimeMicros microseconds of media; 0 and negative numbers mean "not reported"
   * @param speed a multiple of real time; 0, negative numbers, NaN and infinities mean "unknown"
   */
  public void onProgress(long totalSize, long outTimeMicros, double speed) {
    if (isEnded()) {
      reject();
      return;
    }
    long now = sinceStart(config.timeSource().nanoTime());
    if ((totalSize < 0 || Cells.raise(row, BYTES, totalSize))
        && (outTimeMicros <= 0 || recordDrift(outTimeMicros, now))) {
      recordSpeed(speed, now);
    } else {
      reject(); // the end of the run overtook this report
    }
  }

  /**
   * Returns whether this run has ended: the client started another process or was closed.
   *
   * <p>Wait-free. An ended run never opens again. Every update that starts after this method
   * returned true is rejected.
   *
   * @return true if the run has ended
   */
  public boolean isEnded() {
    return Cells.isSealed(row, BYTES);
  }

  private boolean recordDrift(long outTimeMicros, long sinceStart) {
    long drift = sinceStart - Saturating.microsToNanos(outTimeMicros);
    if (!ClientRow.raiseMaxDrift(clientRow, Math.max(0, drift))) {
      return false;
    }
    Cells.setGaugeRelease(
        row, DRIFT, drift); // release, after the maximum: pairs with readGaugeAcquire in read
    return true;
  }

  private boolean recordLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    double rate = DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
    return ClientRow.raisePeakDropRate(clientRow, rate)
        && Cells.raise(row, PROGRESS_READ, progressRead)
        && Cells.raise(row, STDERR_READ, stderrRead)
        && Cells.raise(row, PROGRESS_DROPPED, progressDropped)
        && Cells.raise(row, STDERR_DROPPED, stderrDropped);
  }

  private void recordSpeed(double speed, long sinceStart) {
    double stored = speed > 0 && speed < Double.POSITIVE_INFINITY ? speed : 0.0;
    Cells.setGaugeVolatile(row, SPEED, Double.doubleToRawLongBits(stored));
    boolean below = isBelowStallThreshold(stored);
    while (true) {
      if (below) {
        if (Cells.readGaugeVolatile(row, STALL_CLOCK) == CLOCK_NOT_RUNNING) {
          long now =
              sinceStart == NO_TIME_READ ? sinceStart(config.timeSource().nanoTime()) : sinceStart;
          Cells.casGauge(row, STALL_CLOCK, CLOCK_NOT_RUNNING, now);
        }
      } else if (Cells.readGaugeVolatile(row, STALL_CLOCK) != CLOCK_NOT_RUNNING) {
        Cells.setGaugeVolatile(row, STALL_CLOCK, CLOCK_NOT_RUNNING);
      }
      boolean belowNow =
          isBelowStallThreshold(Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED)));
      if (belowNow == below) {
        return;
      }
      below = belowNow; // another writer stored this speed: the clock must match it
    }
  }

  private boolean isBelowStallThreshold(double speed) {
    return speed > 0 && speed < config.stallThreshold();
  }

  private void reject() {
    ClientRow.reject(clientRow);
  }

  private long sinceStart(long nanoTime) {
    return Math.max(0, nanoTime - startNanos);
  }

  // Reading. A caller loads the run once for all figures that must fit together.

  /** Reads all figures of this run and its base, each bounded figure before its bound. */
  void read(Thresholds thresholds, long nanoTime, ClientReading into, Totals totals) {
    long[] row = this.row; // local copy: an acquire load would force the field to be reloaded
    long[] base = this.base;
    double speed = Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED));
    into.speed = speed;
    into.stalled = isStalled(speed, thresholds, nanoTime);
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    into.hasDrift = drift != NO_DRIFT;
    into.driftNanos = into.hasDrift ? drift : 0;
    into.highDrift = isHighDrift(drift, thresholds);
    into.dropRate = readLines(base, row, totals);
    totals.addBytes(total(base, row, BYTES));
  }

  /** Adds the lines to the totals, and returns their drop rate. */
  private static double readLines(long[] base, long[] row, Totals totals) {
    long stderrDropped = total(base, row, STDERR_DROPPED);
    long progressDropped = total(base, row, PROGRESS_DROPPED);
    long stderrRead = total(base, row, STDERR_READ);
    long progressRead = total(base, row, PROGRESS_READ);
    totals.addStderrLines(stderrRead, stderrDropped);
    totals.addProgressLines(progressRead, progressDropped);
    return DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
  }

  /** Returns the bytes of this run and its base. */
  long totalBytes() {
    return total(base, row, BYTES);
  }

  /** Returns the drop rate of this run and its base. */
  double dropRate() {
    return readLines(base, row, new Totals());
  }

  private static long total(long[] base, long[] row, int level) {
    return Saturating.add(base[level], Cells.readCounterAcquire(row, level));
  }

  double speed() {
    return Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED));
  }

  boolean isStalled(Thresholds thresholds, long nanoTime) {
    return isStalled(speed(), thresholds, nanoTime);
  }

  /** Returns whether a client with the given speed, which the caller loaded before, is stalled. */
  private boolean isStalled(double speed, Thresholds thresholds, long nanoTime) {
    if (!isBelowStallThreshold(speed)) {
      return false;
    }
    long clock = Cells.readGaugeVolatile(row, STALL_CLOCK);
    return clock != CLOCK_NOT_RUNNING && sinceStart(nanoTime) - clock > thresholds.stallNanos();
  }

  /** Returns the last drift in nanoseconds; 0 without a drift sample. */
  long driftNanos() {
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    return drift == NO_DRIFT ? 0 : drift;
  }

  boolean isHighDrift(Thresholds thresholds) {
    return isHighDrift(Cells.readGaugeAcquire(row, DRIFT), thresholds);
  }

  private static boolean isHighDrift(long drift, Thresholds thresholds) {
    return drift != NO_DRIFT && drift > thresholds.highDriftNanos();
  }

  /** Loads a cell of the row and of the base, which brings both into the cache. */
  long touch() {
    return Cells.readCounterAcquire(row, BYTES) + base[BYTES];
  }
}
