package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.DropRate;
import io.swarmstats.internal.Saturating;

/*
 * One row for what FFmpeg reports of this process, and the totals of all earlier runs as they were
 * when this one began.
 *
 * The end of a run. Its counts are levels, and ending it seals them: from then on they are final,
 * so any number of threads can fold them into the next run's base and get the same. The client's
 * pointer then moves to the next run in one step. A reader takes the pointer once, so it sees the
 * finished run in the base or in the row, never in both or in neither.
 *
 * Order. "Dropped" is bounded by "read" (G6), the current drift by the client's maximum (G4), the
 * drop rate of the run by the client's peak. The writer raises the bound before the bounded, and
 * stops where it is refused, so that no "dropped" gets in whose "read" did not; the reader loads
 * the bounded before the bound. The bytes are sealed last: they tell whether the run has ended, and
 * whoever sees that finds all of it sealed. An update that is overtaken by the end of its run may
 * have raised a bound and be refused at the bounded; it counts as refused, and the bound that it
 * raised was reported.
 *
 * Stall clock. The speed and the clock are two cells, and once all writers are quiet the clock must
 * run exactly if the speed is below the threshold (G7). Each writer stores its speed, sets the
 * clock to match, then looks whether the stored speed still is of that kind, and starts over with
 * the stored one if not. Take the last change of the clock: its writer then looked at the speed and
 * found it matching. Had the final speed been stored after that look, its writer would have gone on
 * to the clock after it, and found it matching or changed it, and so the clock matches in either
 * case. This needs one order of all four accesses (store speed, load clock, change clock, load
 * speed): volatile mode. With release and acquire the look could pass the store.
 */

/**
 * One process of a client, from its start to its end: what FFmpeg reports of it goes through this
 * handle.
 *
 * <p>FFmpeg's figures (total_size, out_time, line counts) start again at 0 with each process. A
 * thread that reads the output of one process should hold the handle of that process: an update
 * that comes late, after the process was replaced, is then refused, where it would otherwise land
 * in its successor.
 *
 * <p>Obtained from {@link ClientStats#onProcessStart()} and {@link ClientStats#currentRun()}. Any
 * number of threads may call any method at any time; the recording methods are lock-free, O(1),
 * allocate nothing and never throw. An update of a run that has ended changes nothing and adds 1 to
 * the client's {@link ClientStats#rejectedUpdates()}. An update that is overtaken by the end of its
 * run, in another thread, is refused too, and may have been applied in part: what was applied was
 * reported, so no total exceeds what was reported.
 */
public final class ProcessRun {

  // levels; the base holds the sums of the earlier runs under the same indices
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

  /** Ends this run and returns the one that follows it, with this one folded into its base. */
  ProcessRun next(long startNanos) {
    end();
    long[] totals = new long[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      totals[i] = total(base, row, i);
    }
    return new ProcessRun(config, clientRow, newRow(), totals, startNanos, false);
  }

  /** Ends this run and returns it as the last one of a client that closes. */
  ProcessRun asLast() {
    end();
    return new ProcessRun(config, clientRow, row, base, startNanos, true);
  }

  /** Returns whether no run can follow this one. */
  boolean isLast() {
    return last;
  }

  private static long[] newRow() {
    long[] row = new long[CELLS];
    row[STALL_CLOCK] = CLOCK_NOT_RUNNING;
    row[DRIFT] = NO_DRIFT;
    return row; // published by the final field of its run
  }

  private void end() {
    Cells.seal(row, STDERR_DROPPED);
    Cells.seal(row, PROGRESS_DROPPED);
    Cells.seal(row, STDERR_READ);
    Cells.seal(row, PROGRESS_READ);
    Cells.seal(row, BYTES);
  }

  /**
   * Records the bytes that this process has fetched so far, FFmpeg's {@code total_size}.
   *
   * <p>Within a run the count only rises: a lower number than was recorded before changes nothing.
   *
   * @param totalSize bytes since the start of the process; a negative number is refused
   */
  public void updateBytes(long totalSize) {
    if (totalSize < 0 || !Cells.raise(row, BYTES, totalSize)) {
      reject();
    }
  }

  /**
   * Records how much media this process has played, FFmpeg's {@code out_time_us}, against the
   * clock.
   *
   * <p>The drift is (now - start of the run) - out_time: positive if the client is behind real
   * time, and it may be negative. It also raises the client's maximum. Reads the clock once.
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
   * Records the speed of this process, as a multiple of real time.
   *
   * <p>A finite number above 0 is a sample. 0, negative numbers, NaN and infinities all mean
   * "unknown", which is FFmpeg's "N/A". A sample below the stall threshold starts the stall clock
   * if it does not run; any other, and "unknown", stops it. Reads the clock only if the speed is
   * below the threshold.
   *
   * @param speed 1.0 is real time
   */
  public void updateSpeed(double speed) {
    if (isEnded()) {
      reject();
    } else {
      recordSpeed(speed, NO_TIME_READ);
    }
  }

  /**
   * Records how many lines of the output of this process were read, and how many of these were
   * dropped unparsed.
   *
   * <p>All four count from the start of the process; "read" includes "dropped". Each only rises: a
   * lower number than was recorded before changes nothing. The drop rate of this call, (dropped) /
   * (read) over both streams, raises the client's peak. A call with a negative number, or with more
   * dropped than read in a stream, is refused whole.
   *
   * @param progressRead lines read from the progress pipe
   * @param progressDropped lines of these that were dropped
   * @param stderrRead lines read from standard error
   * @param stderrDropped lines of these that were dropped
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
   * <p>A report that is refused, in whole or in part, adds 1 to the client's rejected updates.
   *
   * @param totalSize bytes since the start of the process; a negative number means "not reported"
   *     and is no error
   * @param outTimeMicros microseconds of media; 0 and negative numbers mean "not reported"
   * @param speed 1.0 is real time; 0, negative numbers, NaN and infinities mean "unknown"
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
      reject(); // overtaken by the end of the run
    }
  }

  /**
   * Returns whether this run has ended: its client started another process or was closed.
   *
   * <p>Wait-free. Once true it stays true, and every update that starts later is refused.
   *
   * @return true if updates are refused
   */
  public boolean isEnded() {
    return Cells.isSealed(row, BYTES);
  }

  private boolean recordDrift(long outTimeMicros, long sinceStart) {
    long drift = sinceStart - Saturating.microsToNanos(outTimeMicros);
    if (!ClientRow.raiseMaxDrift(clientRow, Math.max(0, drift))) {
      return false;
    }
    Cells.setGaugeRelease(row, DRIFT, drift); // after the maximum; pairs with drift()
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
      below = belowNow; // another writer's speed: the clock must match that one
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

  // Reading. A caller that needs several figures that belong together takes one run.

  /** Reads all figures of this run and of the runs before it, the bounded before its bound. */
  void read(Thresholds thresholds, long nanoTime, ClientReading into, Totals totals) {
    long[] row = this.row; // local copy: an acquire load would force the field to be reloaded
    long[] base = this.base;
    double speed = Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED));
    into.speed = speed;
    into.stalled = isStalled(speed, nanoTime, thresholds.stallNanos());
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    into.hasDrift = drift != NO_DRIFT;
    into.driftNanos = into.hasDrift ? drift : 0;
    into.highDrift = into.hasDrift && drift > thresholds.highDriftNanos();

    long stderrDropped = total(base, row, STDERR_DROPPED);
    long progressDropped = total(base, row, PROGRESS_DROPPED);
    long stderrRead = total(base, row, STDERR_READ);
    long progressRead = total(base, row, PROGRESS_READ);
    into.dropRate = DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
    totals.addStderrLines(stderrRead, stderrDropped);
    totals.addProgressLines(progressRead, progressDropped);
    totals.addBytes(total(base, row, BYTES));
  }

  /** Returns the bytes of this run and of all runs before it. */
  long totalBytes() {
    return total(base, row, BYTES);
  }

  /** Returns the drop rate of this run and of all runs before it. */
  double dropRate() {
    long stderrDropped = total(base, row, STDERR_DROPPED);
    long progressDropped = total(base, row, PROGRESS_DROPPED);
    return DropRate.of(
        progressDropped,
        stderrDropped,
        total(base, row, PROGRESS_READ),
        total(base, row, STDERR_READ));
  }

  private static long total(long[] base, long[] row, int level) {
    return Saturating.add(base[level], Cells.readCounterAcquire(row, level));
  }

  double speed() {
    return Double.longBitsToDouble(Cells.readGaugeVolatile(row, SPEED));
  }

  boolean isStalled(long nanoTime) {
    return isStalled(speed(), nanoTime, Saturating.toNanos(config.stallDuration()));
  }

  /** Returns whether a client with this speed, which the caller read before, is stalled. */
  private boolean isStalled(double speed, long nanoTime, long stallNanos) {
    if (!isBelowStallThreshold(speed)) {
      return false;
    }
    long clock = Cells.readGaugeVolatile(row, STALL_CLOCK);
    return clock != CLOCK_NOT_RUNNING && sinceStart(nanoTime) - clock > stallNanos;
  }

  /** Returns the last drift; 0 without a drift sample. */
  long driftNanos() {
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    return drift == NO_DRIFT ? 0 : drift;
  }

  boolean isHighDrift() {
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    return drift != NO_DRIFT && drift > Saturating.toNanos(config.highDriftThreshold());
  }

  /** Loads a part of what {@link #read} loads, so that it comes into the cache. */
  long touch() {
    return Cells.readGaugeAcquire(row, 0) + base[0];
  }
}
