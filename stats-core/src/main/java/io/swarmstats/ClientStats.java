package io.swarmstats;

import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/*
 * One row of counters and levels for the client's life, and a pointer to the current ProcessRun for
 * all that starts again with each process. The 201 error counters and the 100 sizes are rows of
 * their own, made at first use.
 *
 * Safe publication (G16). Row and run are reached through final fields, so a thread that gets a
 * reference to a client by a data race still sees them initialised [1]. The two rows made at first
 * use may look absent to such a thread; it then tries to install one and gets what is there.
 *
 * Closing. First the run is replaced by a last one, after which no run can follow; then every
 * counter and level is sealed, the bounded before its bound (errors and timeouts before requests),
 * which is the order in which they are read. The rejected updates are sealed last: they tell
 * whether the client is closed. Any number of threads may close at once; each does all the steps,
 * so that each finds all sealed when it is done.
 *
 * [1] The Java Language Specification, 17.5.
 */

/**
 * The statistics of one client, over all the process runs of its life.
 *
 * <p>Any number of threads may call any method at any time. The recording methods (increment,
 * record, update, {@link #onProgress}, {@link #onProcessStart}) are lock-free and never throw;
 * except for {@link #onProcessStart} they cost O(1) and allocate nothing, save that the first HTTP
 * error and the first segment size of a client each make one row (1.6 KB and 0.8 KB). The reading
 * methods are wait-free.
 *
 * <p>An update that breaks its rule, or that comes after the client was closed by its removal from
 * an aggregator, changes nothing and adds 1 to {@link #rejectedUpdates()}. One that the end of its
 * run or of its client overtakes is refused too, and may have been applied in part.
 *
 * <p>Each count, level and sample that a reading method returns was true during the call; a figure
 * worked out from several, such as a rate, takes each at its own moment of the call. For figures
 * that fit together take {@link #summary()}.
 */
public final class ClientStats {

  /** The number of segment sizes that the average covers. */
  public static final int SEGMENT_SIZE_RING_SIZE = SegmentSizeRow.RING_SIZE;

  private static final AtomicReferenceFieldUpdater<ClientStats, long[]> HTTP_ERRORS =
      AtomicReferenceFieldUpdater.newUpdater(ClientStats.class, long[].class, "httpErrors");
  private static final AtomicReferenceFieldUpdater<ClientStats, long[]> SEGMENT_SIZES =
      AtomicReferenceFieldUpdater.newUpdater(ClientStats.class, long[].class, "segmentSizes");

  private final int clientId;
  private final StatsConfig config;
  private final Instant startTime;
  private final long startNanos;
  final long[] row;
  private final AtomicReference<ProcessRun> currentRun;
  volatile long @Nullable [] httpErrors;
  private volatile long @Nullable [] segmentSizes;

  /**
   * Creates the statistics of a client with {@link StatsConfig#defaults()}. Its life and its first
   * process run start now.
   *
   * @param clientId any number; it identifies the client within an aggregator
   */
  public ClientStats(int clientId) {
    this(clientId, StatsConfig.defaults());
  }

  /**
   * Creates the statistics of a client. Its life and its first process run start now.
   *
   * @param clientId any number; it identifies the client within an aggregator
   * @param config the thresholds and the time source
   */
  public ClientStats(int clientId, StatsConfig config) {
    this.clientId = clientId;
    this.config = Objects.requireNonNull(config, "config must not be null");
    this.startTime =
        Objects.requireNonNull(config.timeSource().instant(), "instant() must not return null");
    this.startNanos = config.timeSource().nanoTime();
    this.row = ClientRow.create();
    this.currentRun = new AtomicReference<>(ProcessRun.first(config, row, startNanos));
  }

  /**
   * Returns the id that was given at construction.
   *
   * @return the id
   */
  public int clientId() {
    return clientId;
  }

  /**
   * Returns the wall-clock time of construction.
   *
   * @return the start of the client's life
   */
  public Instant startTime() {
    return startTime;
  }

  /**
   * Returns the time since construction. It goes on after the client was closed; its last summary
   * keeps what it was then.
   *
   * @return at least zero
   */
  public Duration uptime() {
    return Duration.ofNanos(uptimeNanos(nanoTime()));
  }

  /** Counts one request for a playlist (manifest). */
  public void incrementManifestRequests() {
    ClientRow.increment(row, ClientRow.MANIFEST_REQUESTS);
  }

  /**
   * Returns how many requests for a playlist were counted.
   *
   * @return at least 0; never falls
   */
  public long manifestRequests() {
    return ClientRow.count(row, ClientRow.MANIFEST_REQUESTS);
  }

  /** Counts one request for a media segment. */
  public void incrementSegmentRequests() {
    ClientRow.increment(row, ClientRow.SEGMENT_REQUESTS);
  }

  /**
   * Returns how many requests for a media segment were counted.
   *
   * @return at least 0; never falls
   */
  public long segmentRequests() {
    return ClientRow.count(row, ClientRow.SEGMENT_REQUESTS);
  }

  /** Counts one request for an initialization segment. */
  public void incrementInitRequests() {
    ClientRow.increment(row, ClientRow.INIT_REQUESTS);
  }

  /**
   * Returns how many requests for an initialization segment were counted.
   *
   * @return at least 0; never falls
   */
  public long initRequests() {
    return ClientRow.count(row, ClientRow.INIT_REQUESTS);
  }

  /** Counts one request for something else. */
  public void incrementUnknownRequests() {
    ClientRow.increment(row, ClientRow.UNKNOWN_REQUESTS);
  }

  /**
   * Returns how many requests for something else were counted.
   *
   * @return at least 0; never falls
   */
  public long unknownRequests() {
    return ClientRow.count(row, ClientRow.UNKNOWN_REQUESTS);
  }

  /**
   * Counts one HTTP error.
   *
   * <p>A recorder that counts a request first and its error after it never makes a reader see more
   * errors than requests.
   *
   * @param statusCode 400 to 599 have a counter each; every other number counts under
   *     {@link io.swarmstats.snapshot.Errors#OTHER}
   */
  public void recordHttpError(int statusCode) {
    long[] counts = httpErrors;
    if (counts == null) {
      counts = install(HTTP_ERRORS, HttpErrorRow.create());
    }
    if (!HttpErrorRow.record(counts, statusCode)) {
      ClientRow.reject(row);
    }
  }

  /**
   * Returns the HTTP errors by status code.
   *
   * <p>Each count was true during the call; together they may mix moments of it. Builds a map:
   * O(201).
   *
   * @return ascending by status code, counts above 0 only, unmodifiable;
   *     {@link io.swarmstats.snapshot.Errors#OTHER} for codes outside 400..599
   */
  public SortedMap<Integer, Long> httpErrors() {
    long[] row = httpErrors;
    if (row == null) {
      return Collections.emptySortedMap();
    }
    long[] counts = new long[HttpErrorRow.COUNTS];
    HttpErrorRow.addTo(counts, row);
    return Collections.unmodifiableSortedMap(HttpErrorRow.toMap(counts));
  }

  /** Counts one reconnection. It is not an error. */
  public void recordReconnection() {
    ClientRow.increment(row, ClientRow.RECONNECTIONS);
  }

  /**
   * Returns how many reconnections were counted.
   *
   * @return at least 0; never falls
   */
  public long reconnections() {
    return ClientRow.count(row, ClientRow.RECONNECTIONS);
  }

  /**
   * Counts one request that timed out. Count the request itself before, as for
   * {@link #recordHttpError}.
   */
  public void recordTimeout() {
    ClientRow.increment(row, ClientRow.TIMEOUTS);
  }

  /**
   * Returns how many timeouts were counted.
   *
   * @return at least 0; never falls
   */
  public long timeouts() {
    return ClientRow.count(row, ClientRow.TIMEOUTS);
  }

  /**
   * Ends the current process run, starts the next, and returns its handle.
   *
   * <p>What the ended run counted stays in the client's totals, exactly once, however many threads
   * restart at the same time: they take effect one after the other, each ending the run of the one
   * before. The new run has no bytes, no lines, no drift sample, and an unknown speed. A reader
   * sees the restart either not at all or whole.
   *
   * <p>Lock-free; makes one handle and two rows (about 180 bytes). On a closed client nothing
   * starts: the call counts as a rejected update and returns the last run, which has ended.
   *
   * @return the handle of the new run
   */
  public ProcessRun onProcessStart() {
    long now = nanoTime();
    while (true) {
      ProcessRun run = currentRun.get();
      if (run.isLast()) {
        ClientRow.reject(row);
        return run;
      }
      ProcessRun next = run.next(now);
      if (currentRun.compareAndSet(run, next)) {
        return next;
      }
    }
  }

  /**
   * Returns the handle of the current process run. While another thread is between the end of a run
   * and the start of the next, that is the ended one, and updates are refused.
   *
   * @return the current run; on a closed client the last one, which has ended
   */
  public ProcessRun currentRun() {
    return currentRun.get();
  }

  /**
   * Records the bytes that the current process has fetched so far: {@link ProcessRun#updateBytes}
   * of the current run.
   *
   * @param totalSize bytes since the start of the process; a negative number is refused
   */
  public void updateCurrentBytes(long totalSize) {
    currentRun.get().updateBytes(totalSize);
  }

  /**
   * Records how much media the current process has played: {@link ProcessRun#updateDrift} of the
   * current run.
   *
   * @param outTimeMicros microseconds of media; 0 and negative numbers change nothing
   */
  public void updateDrift(long outTimeMicros) {
    currentRun.get().updateDrift(outTimeMicros);
  }

  /**
   * Records the speed of the current process: {@link ProcessRun#updateSpeed} of the current run.
   *
   * @param speed 1.0 is real time; 0, negative numbers, NaN and infinities mean "unknown"
   */
  public void updateSpeed(double speed) {
    currentRun.get().updateSpeed(speed);
  }

  /**
   * Records the lines that the current process has written so far:
   * {@link ProcessRun#recordDroppedLines} of the current run.
   *
   * @param progressRead lines read from the progress pipe
   * @param progressDropped lines of these that were dropped
   * @param stderrRead lines read from standard error
   * @param stderrDropped lines of these that were dropped
   */
  public void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    currentRun.get().recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped);
  }

  /**
   * Records one progress report of the current process: {@link ProcessRun#onProgress} of the
   * current run.
   *
   * @param totalSize bytes since the start of the process; a negative number means "not reported"
   * @param outTimeMicros microseconds of media; 0 and negative numbers mean "not reported"
   * @param speed 1.0 is real time; 0, negative numbers, NaN and infinities mean "unknown"
   */
  public void onProgress(long totalSize, long outTimeMicros, double speed) {
    currentRun.get().onProgress(totalSize, outTimeMicros, speed);
  }

  /**
   * Records the size of one media segment. The last hundred are kept.
   *
   * <p>Up to a hundred concurrent samples none is lost.
   *
   * @param bytes above 0; another number is refused
   */
  public void recordSegmentSize(long bytes) {
    if (bytes <= 0) {
      ClientRow.reject(row);
      return;
    }
    long[] ring = segmentSizes;
    if (ring == null) {
      ring = install(SEGMENT_SIZES, SegmentSizeRow.create());
    }
    if (!SegmentSizeRow.record(ring, bytes)) {
      ClientRow.reject(row);
    }
  }

  /**
   * Returns the mean of the last hundred segment sizes, exact and rounded down to the byte.
   *
   * @return bytes; 0 if no size was recorded
   */
  public long averageSegmentSize() {
    long[] ring = segmentSizes;
    return ring == null ? 0 : SegmentSizeRow.average(ring);
  }

  /**
   * Returns the bytes that this client fetched over all runs of its process.
   *
   * <p>Never falls, and never exceeds what was reported: a restart in progress is seen either not
   * at all or whole.
   *
   * @return bytes, at least 0; saturates at {@link Long#MAX_VALUE}
   */
  public long totalBytes() {
    return currentRun.get().totalBytes();
  }

  /**
   * Returns the speed that was recorded last in the current run, as a multiple of real time.
   *
   * @return above 0 and finite, or 0.0 if it is unknown
   */
  public double speed() {
    return currentRun.get().speed();
  }

  /**
   * Returns whether the client is stalled: its speed is known and below the stall threshold, and
   * has been without a break for longer than the stall duration. Where several threads write the
   * speed, a break can go unseen if its writer, or another one, is held up in the middle of its
   * update.
   *
   * @return true if stalled
   */
  public boolean isStalled() {
    return currentRun.get().isStalled(nanoTime());
  }

  /**
   * Returns the drift that was recorded last in the current run: (then - start of the run) -
   * out_time.
   *
   * @return positive if behind real time; may be negative; zero if the run has no sample
   */
  public Duration currentDrift() {
    return Duration.ofNanos(currentRun.get().driftNanos());
  }

  /**
   * Returns the greatest drift over the client's life.
   *
   * @return at least zero; never falls
   */
  public Duration maxDrift() {
    return Duration.ofNanos(ClientRow.maxDriftNanos(row));
  }

  /**
   * Returns whether the current drift is strictly above the configured threshold.
   *
   * @return false if the run has no drift sample
   */
  public boolean hasHighDrift() {
    return currentRun.get().isHighDrift();
  }

  /**
   * Returns the drop rate over the client's life: (all dropped lines) / (all read lines), of both
   * streams and all runs.
   *
   * @return 0..1; 0 if nothing was read
   */
  public double currentDropRate() {
    return currentRun.get().dropRate();
  }

  /**
   * Returns the highest drop rate of any single call of {@link #recordDroppedLines} over the
   * client's life.
   *
   * @return 0..1; never falls
   */
  public double peakDropRate() {
    return ClientRow.peakDropRate(row);
  }

  /**
   * Returns whether so many lines were dropped that the metrics are not to be trusted:
   * {@link #currentDropRate()} is strictly above the threshold.
   *
   * @param threshold a drop rate, at least 0
   * @return true if degraded
   * @throws IllegalArgumentException if the threshold is NaN or negative
   */
  public boolean metricsDegraded(double threshold) {
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must be >= 0: " + threshold);
    }
    return currentDropRate() > threshold;
  }

  /**
   * Returns how many updates were refused, because they broke a rule or came too late.
   *
   * <p>Goes on counting after the client was closed; aggregates keep what it was at closing.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return ClientRow.rejected(row);
  }

  /**
   * Returns whether this client was closed: removed from an aggregator, or replaced there. Nothing
   * opens it again.
   *
   * <p>Once this returned true, every update that starts later is refused.
   *
   * @return true if closed
   */
  public boolean isClosed() {
    return ClientRow.isSealed(row);
  }

  /**
   * Returns all of this client's figures, read together.
   *
   * <p>Wait-free. Relations hold within it: the current drift is at most the maximum, a stalled
   * client's speed is below the threshold, errors are at most requests if each request was counted
   * before its error, and the drop rate is at most its peak if each process was reported with
   * counts that rise together (and no sum saturates). Allocates the summary and its map.
   *
   * @return an immutable summary
   */
  public ClientSummary summary() {
    return summary(nanoTime());
  }

  ClientSummary summary(long nanoTime) {
    ClientReading reading = new ClientReading();
    Totals totals = new Totals();
    read(new Thresholds(config), nanoTime, reading, totals);
    return new ClientSummary(
        clientId,
        Duration.ofNanos(reading.uptimeNanos),
        totals.totalBytes,
        totals.requests(),
        totals.errors(),
        reading.speed,
        reading.stalled,
        Duration.ofNanos(reading.driftNanos),
        Duration.ofNanos(totals.maxDriftNanos),
        reading.highDrift,
        reading.dropRate,
        totals.peakDropRate,
        averageSegmentSize(),
        totals.rejectedUpdates + ClientRow.rejectedLate(row));
  }

  @Override
  public String toString() {
    return "ClientStats" + summary().toString().substring("ClientSummary".length());
  }

  // For the aggregator.

  /**
   * Closes this client: once this returns, its counters and levels are final, and every update that
   * starts later is refused. A speed, drift or size whose update was under way may still land.
   *
   * @return the time, of this client's clock, that its last summary is to tell
   */
  long close() {
    long now = nanoTime(); // first, should the clock throw
    ProcessRun run = currentRun.get();
    while (!run.isLast()) {
      currentRun.compareAndSet(run, run.asLast());
      run = currentRun.get();
    }
    SegmentSizeRow.seal(install(SEGMENT_SIZES, SegmentSizeRow.SEALED));
    HttpErrorRow.seal(install(HTTP_ERRORS, HttpErrorRow.SEALED));
    ClientRow.seal(row);
    return now;
  }

  /**
   * Reads all figures at once and adds those that add up to the totals. Each relation between
   * figures rests on the order here: the bounded, then its bound.
   */
  void read(Thresholds thresholds, long nanoTime, ClientReading into, Totals totals) {
    ProcessRun run = currentRun.get();
    into.uptimeNanos = uptimeNanos(nanoTime);
    run.read(thresholds, nanoTime, into, totals);
    totals.addHttpErrors(httpErrors);
    ClientRow.addTo(totals, row);
  }

  /** Adds the figures that add up, of a closed client: they are final. */
  void addTo(Totals totals) {
    read(new Thresholds(config), startNanos, new ClientReading(), totals);
  }

  /** Loads something of all that {@link #read} loads, so that it comes into the cache. */
  long touch() {
    return ClientRow.touch(row) + currentRun.get().touch();
  }

  StatsConfig config() {
    return config;
  }

  private long nanoTime() {
    return config.timeSource().nanoTime();
  }

  private long uptimeNanos(long nanoTime) {
    return Math.max(0, nanoTime - startNanos);
  }

  /** Installs a row unless there is one; returns the one that is there. */
  private long[] install(AtomicReferenceFieldUpdater<ClientStats, long[]> field, long[] made) {
    field.compareAndSet(this, null, made);
    return Objects.requireNonNull(field.get(this));
  }
}
