package io.swarmstats;

import io.swarmstats.internal.Cells;
import io.swarmstats.internal.DropRate;
import io.swarmstats.internal.Saturating;

/*
 * A run consists of a row and a base. The row contains FFmpeg's figures of the process. The base
 * contains the totals of all earlier runs of the client, computed when the run starts. Class Viewer
 * contains the steps on the cells that tell whether the client plays, waits or is silent.
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
 *   current drift               maximum drift                         (G4)
 *   drop rate                   peak drop rate                        (G5)
 *
 * The writer raises the bound first (release) and stops at the first rejection. So no dropped lines
 * count without their read lines. The reader loads the bounded first (acquire), then the bound. If
 * one edge were weaker, a reader could see the bounded without its bound.
 *
 * The bytes are sealed last, because isEnded reads this seal. A thread that sees the seal finds the
 * whole run sealed. The end of a run can overtake an update that has raised a bound but not yet the
 * bounded. The update counts as rejected. The raised bound stays, because the client did report it.
 */

/**
 * The handle of one FFmpeg process of a client, from its start to its end.
 *
 * <p>In each process FFmpeg counts total_size, out_time and lines from 0. A thread that reads the
 * output of one process should hold the run of this process. Output sometimes arrives after the
 * process was replaced. The ended run then rejects the late update; through the {@link ClientStats}
 * the update would count for the next process.
 *
 * <p>Stalls and silence use times up to 73 years after the start of the run. A later time counts as
 * 73 years.
 *
 * <p>{@link ClientStats#onProcessStart()} and {@link ClientStats#currentRun()} return runs. Any
 * number of threads may call any method at any time. Recording methods are lock-free, O(1),
 * allocate nothing and never throw.
 *
 * <p>An ended run rejects every update and adds 1 to {@link ClientStats#rejectedUpdates()}. The
 * package {@link io.swarmstats} says what happens to an update that the end overtakes.
 */
public final class ProcessRun {

  // The cells up to DRIFT can change with each report: see ClientStats, Placement.
  // level
  static final int BYTES = Viewer.CELLS_END;
  // gauge
  static final int DRIFT = BYTES + 1; // nanoseconds
  // levels
  static final int MAX_DRIFT = DRIFT + 1; // nanoseconds
  static final int PROGRESS_READ = MAX_DRIFT + 1;
  static final int PROGRESS_DROPPED = PROGRESS_READ + 1;
  static final int STDERR_READ = PROGRESS_DROPPED + 1;
  static final int STDERR_DROPPED = STDERR_READ + 1;
  // bits of a double of at least 0: the bits have the order of the numbers
  static final int PEAK_DROP_RATE = STDERR_DROPPED + 1;
  private static final int CELLS = PEAK_DROP_RATE + 1;

  private static final long NO_DRIFT = Long.MIN_VALUE; // a drift is at least -Long.MAX_VALUE

  private final StatsConfig config;
  final long[] row;
  final EarlierRuns base;
  final long[] clientRow;
  private final long startNanos;
  private final boolean last;

  /** Creates the first run of a client, then the row of the client: see ClientStats, Placement. */
  ProcessRun(StatsConfig config, long startNanos) {
    this.config = config;
    row = newRow();
    base = EarlierRuns.NONE;
    clientRow = ClientRow.create();
    this.startNanos = startNanos;
    last = false;
  }

  /** Ends a run, and creates the next run or the last run of the client. */
  private ProcessRun(ProcessRun ended, long nanoTime, boolean last) {
    config = ended.config;
    row = last ? ended.row : newRow();
    base = last ? ended.base : new EarlierRuns();
    clientRow = ended.clientRow;
    startNanos = last ? ended.startNanos : nanoTime;
    this.last = last;
    ended.end(nanoTime); // after the allocations: on a full heap, the client keeps an open run
    if (!last) {
      ended.foldInto(base);
    }
  }

  /** Ends this run, folds it into a new base, and returns the next run with this base. */
  ProcessRun next(long nanoTime) {
    return new ProcessRun(this, nanoTime, false);
  }

  /** Ends this run and returns a last run with the same row and base, for a client that closes. */
  ProcessRun asLast(long nanoTime) {
    return new ProcessRun(this, nanoTime, true);
  }

  private void foldInto(EarlierRuns totals) {
    totals.bytes = totalBytes();
    totals.progressRead = progressRead();
    totals.progressDropped = progressDropped();
    totals.stderrRead = stderrRead();
    totals.stderrDropped = stderrDropped();
    totals.waitedNanos = stalledNanos();
    totals.stalls = stalls();
    totals.maxDriftNanos = maxDriftNanos();
    totals.peakDropRate = peakDropRate();
    totals.processStarts = processStarts() + 1;
  }

  /** Returns whether this is the last run of a closed client. No run can follow. */
  boolean isLast() {
    return last;
  }

  private static long[] newRow() {
    long[] row = Cells.newRow(CELLS);
    Viewer.init(row);
    row[DRIFT] = NO_DRIFT;
    return row; // the final field of the run publishes the row (G16)
  }

  /** Seals the levels in the order of a reader, the bytes last. */
  private void end(long nanoTime) {
    Viewer.end(row, config, sinceStart(nanoTime));
    Cells.seal(row, STDERR_DROPPED);
    Cells.seal(row, PROGRESS_DROPPED);
    Cells.seal(row, STDERR_READ);
    Cells.seal(row, PROGRESS_READ);
    Cells.seal(row, PEAK_DROP_RATE);
    Cells.seal(row, MAX_DRIFT);
    Cells.seal(row, BYTES);
  }

  /**
   * Records FFmpeg's {@code total_size}: the size of this process' output so far, as flushed.
   * FFmpeg reports no size for an output without a file.
   *
   * <p>Within a run the size only rises. A number below the current size changes nothing.
   *
   * @param totalSize bytes since the start of the process; a negative number is rejected
   */
  public void updateBytes(long totalSize) {
    if (totalSize < 0 || !Cells.raise(row, BYTES, totalSize)) {
      reject();
    }
  }

  /**
   * Records FFmpeg's {@code out_time_us}: how much media this process has written.
   *
   * <p>This call is a report, even without media: the process is not silent, and a later report is
   * judged over the time since this call. But this call brings no media to the viewer of
   * {@link #onProgress}. For a run, use either {@link #onProgress} or the single methods.
   *
   * <p>The drift is (now - start of the run) - out_time, in nanoseconds. A positive drift means
   * that the process is behind real time, a negative drift that the process is ahead. The drift
   * also raises the client's maximum drift. Reads the clock once.
   *
   * @param outTimeMicros microseconds of media; 0 and negative numbers are FFmpeg's "N/A" and
   *     change no drift. Saturates at 292 years
   */
  public void updateDrift(long outTimeMicros) {
    if (isEnded()) {
      reject();
      return;
    }
    long now = sinceStart(config.timeSource().nanoTime());
    if (outTimeMicros > 0 && !recordDrift(outTimeMicros, now)) {
      reject();
      return;
    }
    Viewer.setLast(row, now);
    if (isEnded()) {
      reject(); // the end of the run overtook this update
    }
  }

  /**
   * Records the speed of this process, and judges by the speed alone whether the client is slow.
   *
   * <p>A finite number above 0 is a speed. All other numbers mean "unknown", FFmpeg's "N/A". A
   * speed below the stall threshold starts the stall clock, unless the clock already runs. Any
   * other speed, and "unknown", stops the clock. FFmpeg's speed is an average since the start of
   * the process. So this rule finds a stall late, and keeps the client stalled for too long.
   * {@link #onProgress} has neither fault. Reads the time only for a slow client, or when the clock
   * stops.
   *
   * <p>This call also starts and stops the clock of a viewer who plays. For a run, use either
   * {@link #onProgress} or the single methods. In a run that mixes both, a stall can count late or
   * not at all. This call does not end a silence.
   *
   * @param speed a multiple of real time; 1.0 is real time
   */
  public void updateSpeed(double speed) {
    if (isEnded()) {
      reject();
      return;
    }
    // the time first: a time source that throws must change nothing
    long now = Viewer.needsTime(row, config, speed)
        ? sinceStart(config.timeSource().nanoTime())
        : Viewer.NO_TIME_READ;
    if (!Viewer.recordSpeed(row, config, now, speed)) {
      reject(); // the end of the run overtook this update
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
   * Records one progress report of FFmpeg, with one clock read.
   *
   * <p>The size counts as in {@link #updateBytes}, the drift as in {@link #updateDrift}. A report
   * with media, a positive {@code outTimeMicros}, also tells the viewer how much media has arrived.
   * The viewer is a simulated person who begins to play at the second report with media. The viewer
   * plays at speed 1, and waits whenever the media runs out.
   *
   * <p>A report is slow if the viewer waited, and waited for more than (1 - stall threshold) of the
   * time since the last report. A slow report starts the stall clock, unless the clock already
   * runs. The clock then starts at the time at which the media ran out. Any other report with media
   * stops the clock, unless a later report was recorded before. A stall counts when the clock
   * stops, or the run ends, after more than the stall duration.
   *
   * <p>If the timeline jumps back by more than 10 s, the stall clock stops and the viewer begins
   * again. The waits so far still count. A smaller step back does not lower the media that has
   * arrived; otherwise the report counts as usual. Before the viewer begins, the speed decides
   * about a report without media, as in {@link #updateSpeed}. Later, such a report does not change
   * the clock.
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
    boolean recorded = (totalSize < 0 || Cells.raise(row, BYTES, totalSize))
        && (outTimeMicros > 0
            ? recordMedia(outTimeMicros, speed, now)
            : Viewer.recordNoMedia(row, config, now, speed));
    if (!recorded) {
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

  private boolean recordMedia(long outTimeMicros, double speed, long now) {
    if (!recordDrift(outTimeMicros, now)) {
      return false;
    }
    Viewer.setSpeed(row, speed);
    return Viewer.recordMedia(row, config, now, outTimeMicros);
  }

  private boolean recordDrift(long outTimeMicros, long sinceStart) {
    long drift = sinceStart - Saturating.microsToNanos(outTimeMicros);
    if (!Cells.raise(row, MAX_DRIFT, Math.max(0, drift))) {
      return false;
    }
    Cells.setGaugeRelease(
        row, DRIFT, drift); // release, after the maximum: pairs with readGaugeAcquire in read
    return true;
  }

  private boolean recordLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    double rate = DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
    return Cells.raise(row, PEAK_DROP_RATE, Double.doubleToRawLongBits(rate))
        && Cells.raise(row, PROGRESS_READ, progressRead)
        && Cells.raise(row, STDERR_READ, stderrRead)
        && Cells.raise(row, PROGRESS_DROPPED, progressDropped)
        && Cells.raise(row, STDERR_DROPPED, stderrDropped);
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
    EarlierRuns base = this.base;
    long now = sinceStart(nanoTime);
    boolean ofProcess = base.processStarts > 0;
    double speed =
        Viewer.speedVolatile(row); // once: the speed judges a client whose viewer has not begun
    into.speed = speed;
    into.stalled = Viewer.isStalled(row, thresholds, now, ofProcess, speed);
    into.silent = ofProcess && Viewer.isSilent(row, thresholds, now);
    long drift = Cells.readGaugeAcquire(row, DRIFT);
    into.hasDrift = drift != NO_DRIFT;
    into.driftNanos = into.hasDrift ? drift : 0;
    into.highDrift = isHighDrift(drift, thresholds);
    totals.raiseMaxDrift(maxDriftNanos()); // after the drift
    into.dropRate = readLines(totals);
    totals.raisePeakDropRate(peakDropRate()); // after the lines
    totals.addStalls(stalls(), stalledNanos());
    totals.addProcessStarts(base.processStarts);
    totals.addBytes(totalBytes());
  }

  /** Adds the lines to the totals, and returns their drop rate. */
  private double readLines(Totals totals) {
    long stderrDropped = stderrDropped();
    long progressDropped = progressDropped();
    long stderrRead = stderrRead();
    long progressRead = progressRead();
    totals.addStderrLines(stderrRead, stderrDropped);
    totals.addProgressLines(progressRead, progressDropped);
    return DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
  }

  // Totals of this run and its base.

  long totalBytes() {
    return total(base.bytes, BYTES);
  }

  long progressRead() {
    return total(base.progressRead, PROGRESS_READ);
  }

  long progressDropped() {
    return total(base.progressDropped, PROGRESS_DROPPED);
  }

  long stderrRead() {
    return total(base.stderrRead, STDERR_READ);
  }

  long stderrDropped() {
    return total(base.stderrDropped, STDERR_DROPPED);
  }

  private long total(long earlier, int level) {
    return Saturating.add(earlier, Cells.readCounterAcquire(row, level));
  }

  double dropRate() {
    return readLines(new Totals());
  }

  double peakDropRate() {
    long bits = Cells.readCounterAcquire(row, PEAK_DROP_RATE);
    return Math.max(base.peakDropRate, Double.longBitsToDouble(bits));
  }

  long maxDriftNanos() {
    return Math.max(base.maxDriftNanos, Cells.readCounterAcquire(row, MAX_DRIFT));
  }

  long stalls() {
    return base.stalls + Viewer.stalls(row);
  }

  /** Returns how long the viewers waited. */
  long stalledNanos() {
    return Saturating.add(base.waitedNanos, Viewer.waitedNanos(row));
  }

  double speed() {
    return Viewer.speedVolatile(row);
  }

  boolean isStalled(Thresholds thresholds, long nanoTime) {
    return Viewer.isStalled(row, thresholds, sinceStart(nanoTime), isOfProcess(), speed());
  }

  boolean isSilent(Thresholds thresholds, long nanoTime) {
    return isOfProcess() && Viewer.isSilent(row, thresholds, sinceStart(nanoTime));
  }

  /**
   * Returns whether {@link ClientStats#onProcessStart} began this run, not the client's creation.
   */
  private boolean isOfProcess() {
    return processStarts() > 0;
  }

  /** Returns how many runs of the client, up to this run, a process start began. */
  long processStarts() {
    return base.processStarts;
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
    return Cells.readCounterAcquire(row, BYTES) + base.bytes;
  }
}
