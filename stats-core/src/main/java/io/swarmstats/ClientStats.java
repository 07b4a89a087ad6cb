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
 * A client has one row of counters for its life, and a reference to the current ProcessRun. The run
 * holds every figure that the progress reports of FFmpeg change. The HTTP errors and the 100
 * segment sizes have cells of their own, made at first use.
 *
 * Safe publication (G16). Final fields lead to the row and to the reference. A thread that gets the
 * client by a data race therefore sees both initialised [1]. Without final fields, the thread could
 * find null or a row without its values.
 *
 * Publication of a run (G2, G3). The compare-and-set of currentRun publishes the next run with its
 * base, and the seals of the run before. The partner is the load of currentRun, once per reading.
 * With a plain set, two restarts could both fold the same run, and one of the two new runs would
 * vanish.
 *
 * Publication of the late cells. The compare-and-set from null publishes their zeros. The partner
 * is the volatile load of the field. A reader may see the reference late and take the cells for
 * absent. The compare-and-set of a writer finds them. With a plain set, second cells would replace
 * the first, and their counts would vanish (G1).
 *
 * Closing (G11). The thread that closes the client replaces the current run with a last run. No run
 * can follow a last run. Then the thread seals the sizes, the HTTP errors and the row, in the order
 * of a reader: errors and timeouts before requests. The seal of the rejected updates comes last,
 * because isClosed reads this seal. Any number of threads may close a client at once. Each thread
 * executes all steps, so each finds all cells sealed when its own call ends.
 *
 * Placement. Usually one thread counts the requests of a client, and another thread reports its
 * progress. If a cache line contained a cell that one thread writes and a word that the other
 * thread uses, each would slow the other down. So all cells of the reports are in the row of the
 * run, and all counters of requests are in the row of the client. The constructor creates the
 * objects in the order currentRun, run, row of the run, row of the client. The fields of
 * ClientStats and ProcessRun are in the same order, because G1 and Parallel copy the objects of a
 * client in the order of the fields. ZGC keeps the order of the addresses. In each row, the cells
 * that change most come first. The other cells then separate them from the next object
 * (LayoutTest).
 *
 * [1] The Java Language Specification, 17.5.
 */

/**
 * The statistics of one client over its whole life, with all its process runs.
 *
 * <p>{@link StatsAggregator#addClient(int)} creates a client and adds it to a swarm. A client can
 * also live on its own.
 *
 * <p>Any number of threads may call any method at any time. Recording methods (increment, record,
 * update, {@link #onProgress}, {@link #onProcessStart}) are lock-free and never throw. Reading
 * methods are wait-free.
 *
 * <p>A count, a maximum, a speed or a drift that a reading method returns was true at one moment of
 * the call. A number computed from several others, such as a rate, mixes moments of the call.
 * {@link #summary()} returns figures that fit together.
 *
 * <p>A recording method is O(1) and allocates nothing, with four exceptions. The first HTTP error
 * of a client allocates 104 bytes. The ninth status code allocates 1.6 KB. The first segment size
 * allocates 0.8 KB. Each {@link #onProcessStart} allocates a run.
 *
 * <p>A client is closed when an aggregator removes or replaces the client. A closed client rejects
 * every update. The package {@link io.swarmstats} states the contract, rejected updates included.
 */
public final class ClientStats {

  /** The number of segment sizes that the average covers. */
  public static final int SEGMENT_SIZE_RING_SIZE = SegmentSizeRow.RING_SIZE;

  private static final AtomicReferenceFieldUpdater<ClientStats, HttpErrorCounts> HTTP_ERRORS =
      AtomicReferenceFieldUpdater.newUpdater(
          ClientStats.class, HttpErrorCounts.class, "httpErrors");
  private static final AtomicReferenceFieldUpdater<ClientStats, long[]> SEGMENT_SIZES =
      AtomicReferenceFieldUpdater.newUpdater(ClientStats.class, long[].class, "segmentSizes");

  private final int clientId;
  private final StatsConfig config;
  // the start time as two numbers: an Instant would take 16 bytes more for each client
  private final long startSecond; // of the epoch
  private final int startNanoOfSecond;
  private final long startNanos;
  private final AtomicReference<ProcessRun> currentRun;
  final long[] row;
  volatile @Nullable HttpErrorCounts httpErrors;
  volatile long @Nullable [] segmentSizes;

  // Links all code that an update calls, before a first caller can fail: see Cells.
  static {
    ClientStats unused = new ClientStats(0);
    for (int code = 400; code <= 400 + HttpErrorCounts.SLOTS; code++) {
      unused.recordHttpError(code);
    }
    unused.recordSegmentSize(1);
    unused.recordDroppedLines(1, 1, 1, 1);
    unused.onProgress(1, 1, 0.5);
    unused.onProcessStart();
  }

  /**
   * Creates the statistics of a client with {@link StatsConfig#defaults()}. The first process run
   * starts now.
   *
   * @param clientId any number; identifies the client in an aggregator
   */
  public ClientStats(int clientId) {
    this(clientId, StatsConfig.defaults());
  }

  /**
   * Creates the statistics of a client. The first process run starts now.
   *
   * @param clientId any number; identifies the client in an aggregator
   * @param config the thresholds and the time source
   */
  public ClientStats(int clientId, StatsConfig config) {
    this.clientId = clientId;
    this.config = Objects.requireNonNull(config, "config must not be null");
    Instant startTime =
        Objects.requireNonNull(config.timeSource().instant(), "instant() must not return null");
    this.startSecond = startTime.getEpochSecond();
    this.startNanoOfSecond = startTime.getNano();
    this.startNanos = config.timeSource().nanoTime();
    this.currentRun = new AtomicReference<>(new ProcessRun(config, startNanos));
    this.row = currentRun.getPlain().clientRow;
  }

  /**
   * Returns the id of the client.
   *
   * @return the id from the constructor
   */
  public int clientId() {
    return clientId;
  }

  /**
   * Returns the wall-clock time at which this object was created. Allocates the result.
   *
   * @return the start of the client's life
   */
  public Instant startTime() {
    return Instant.ofEpochSecond(startSecond, startNanoOfSecond);
  }

  /**
   * Returns the time since this object was created. The time continues after the client was closed.
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
   * Returns the number of requests for a playlist.
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
   * Returns the number of requests for a media segment.
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
   * Returns the number of requests for an initialization segment.
   *
   * @return at least 0; never falls
   */
  public long initRequests() {
    return ClientRow.count(row, ClientRow.INIT_REQUESTS);
  }

  /** Counts one request for anything that is neither a playlist nor a segment. */
  public void incrementUnknownRequests() {
    ClientRow.increment(row, ClientRow.UNKNOWN_REQUESTS);
  }

  /**
   * Returns the number of requests for anything that is neither a playlist nor a segment.
   *
   * @return at least 0; never falls
   */
  public long unknownRequests() {
    return ClientRow.count(row, ClientRow.UNKNOWN_REQUESTS);
  }

  /**
   * Counts one HTTP error.
   *
   * <p>Count the request before its error. Then no reader ever sees more errors than requests. If
   * an {@link OutOfMemoryError} ends the call, the error is neither counted nor rejected.
   *
   * @param statusCode any number. 400 to 599 have a count each; all other numbers share
   *     {@link io.swarmstats.snapshot.Errors#OTHER}
   */
  public void recordHttpError(int statusCode) {
    HttpErrorCounts errors = httpErrors;
    if (errors == null) {
      errors = install(HTTP_ERRORS, new HttpErrorCounts());
    }
    if (!errors.record(statusCode)) {
      ClientRow.reject(row);
    }
  }

  /**
   * Returns the HTTP errors by status code.
   *
   * <p>Each count was true during the call. The counts of one map come from slightly different
   * moments. O(201); allocates the map.
   *
   * @return ascending by status code, counts above 0 only, unmodifiable; codes outside 400..599 are
   *     together under {@link io.swarmstats.snapshot.Errors#OTHER}
   */
  public SortedMap<Integer, Long> httpErrors() {
    HttpErrorCounts errors = httpErrors;
    if (errors == null) {
      return Collections.emptySortedMap();
    }
    long[] counts = new long[HttpErrorCounts.COUNTS];
    errors.addTo(counts);
    return Collections.unmodifiableSortedMap(HttpErrorCounts.toMap(counts));
  }

  /** Counts one reconnection. A reconnection is not an error. */
  public void recordReconnection() {
    ClientRow.increment(row, ClientRow.RECONNECTIONS);
  }

  /**
   * Returns the number of reconnections.
   *
   * @return at least 0; never falls
   */
  public long reconnections() {
    return ClientRow.count(row, ClientRow.RECONNECTIONS);
  }

  /**
   * Counts one request that timed out. Count the request before its timeout, as for
   * {@link #recordHttpError}.
   */
  public void recordTimeout() {
    ClientRow.increment(row, ClientRow.TIMEOUTS);
  }

  /**
   * Returns the number of timeouts.
   *
   * @return at least 0; never falls
   */
  public long timeouts() {
    return ClientRow.count(row, ClientRow.TIMEOUTS);
  }

  /**
   * Ends the current process run and starts the next. Call this method for each new FFmpeg process.
   *
   * <p>The client's totals keep the counts of the ended run exactly once, however many threads
   * restart at the same time. Concurrent restarts take effect one after another, and each ends the
   * run of the restart before. A new run has no bytes, no lines, no drift sample, and an unknown
   * speed. A reader sees a restart either completely or not at all.
   *
   * <p>Lock-free. Allocates the run, its row and the totals of the earlier runs, 272 bytes. A
   * closed client starts no run: the call counts as a rejected update and returns the last run,
   * which has ended. If an {@link OutOfMemoryError} ends the call, the current run goes on.
   *
   * @return the new run
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
   * Returns the current process run.
   *
   * <p>A restart in another thread ends a run shortly before it publishes the next. In between,
   * this method returns the ended run, which rejects updates.
   *
   * @return the current run; on a closed client the last run, which has ended
   */
  public ProcessRun currentRun() {
    return currentRun.get();
  }

  /**
   * Returns the number of process runs that {@link #onProcessStart()} began. The run that began
   * with this object does not count.
   *
   * @return at least 0; never falls
   */
  public long processStarts() {
    return currentRun.get().processStarts();
  }

  /**
   * Records the size of the current process' output so far, as flushed.
   *
   * <p>Calls {@link ProcessRun#updateBytes} on the current run.
   *
   * @param totalSize bytes since the start of the process; a negative number is rejected
   */
  public void updateCurrentBytes(long totalSize) {
    currentRun.get().updateBytes(totalSize);
  }

  /**
   * Records how much media the current process has written.
   *
   * <p>Calls {@link ProcessRun#updateDrift} on the current run. This call ends a silence, but
   * brings no media to the viewer. For a run, use either {@link #onProgress} or the single methods.
   *
   * @param outTimeMicros microseconds of media; 0 and negative numbers change no drift
   */
  public void updateDrift(long outTimeMicros) {
    currentRun.get().updateDrift(outTimeMicros);
  }

  /**
   * Records the speed of the current process.
   *
   * <p>Calls {@link ProcessRun#updateSpeed} on the current run. This call also starts and stops the
   * stall clock of a viewer who plays. For a run, use either {@link #onProgress} or the single
   * methods.
   *
   * @param speed a multiple of real time; 0, negative numbers, NaN and infinities mean "unknown"
   */
  public void updateSpeed(double speed) {
    currentRun.get().updateSpeed(speed);
  }

  /**
   * Records how many lines of the current process were read, and how many of these were dropped
   * unparsed.
   *
   * <p>Calls {@link ProcessRun#recordDroppedLines} on the current run.
   *
   * @param progressRead lines read from the progress pipe
   * @param progressDropped how many of these were dropped
   * @param stderrRead lines read from standard error
   * @param stderrDropped how many of these were dropped
   */
  public void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    currentRun.get().recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped);
  }

  /**
   * Records one progress report of the current process.
   *
   * <p>Calls {@link ProcessRun#onProgress} on the current run.
   *
   * @param totalSize bytes since the start of the process; a negative number means "not reported"
   * @param outTimeMicros microseconds of media; 0 and negative numbers mean "not reported"
   * @param speed a multiple of real time; 0, negative numbers, NaN and infinities mean "unknown"
   */
  public void onProgress(long totalSize, long outTimeMicros, double speed) {
    currentRun.get().onProgress(totalSize, outTimeMicros, speed);
  }

  /**
   * Records the size of one media segment. The client keeps the sum of all sizes, and the last 100
   * sizes.
   *
   * <p>Up to 100 concurrent sizes are all kept. If a thread stops inside the call while 100 other
   * sizes are recorded, its size replaces a newer size.
   *
   * @param bytes above 0; any other number is rejected
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
   * Returns the mean of the last 100 segment sizes, exact and rounded down.
   *
   * @return bytes; 0 if no size was recorded
   */
  public long averageSegmentSize() {
    long[] ring = segmentSizes;
    return ring == null ? 0 : SegmentSizeRow.average(ring);
  }

  /**
   * Returns the bytes that this client downloaded: the sum of all segment sizes that were accepted.
   *
   * @return bytes, at least 0; never falls; saturates at {@link Long#MAX_VALUE}
   */
  public long downloadedBytes() {
    long[] sizes = segmentSizes;
    return sizes == null ? 0 : SegmentSizeRow.sum(sizes);
  }

  /**
   * Returns the bytes of this client over all its process runs, as FFmpeg's {@code total_size}
   * reported them: the size of its output as flushed, 0 for outputs without a file.
   * {@link #downloadedBytes()} returns the bytes that the client downloaded.
   *
   * <p>The number never falls and never exceeds what was reported. A reader sees a restart either
   * completely or not at all.
   *
   * @return bytes, at least 0; saturates at {@link Long#MAX_VALUE}
   */
  public long totalBytes() {
    return currentRun.get().totalBytes();
  }

  /**
   * Returns the last recorded speed of the current run, as a multiple of real time.
   *
   * @return finite and above 0, or 0.0 if the speed is unknown
   */
  public double speed() {
    return currentRun.get().speed();
  }

  /**
   * Returns whether the client is stalled: for longer than the stall duration, its viewer has had
   * no media, or its reports have been slow. {@link ProcessRun#onProgress} defines a slow report.
   *
   * <p>The viewer is a simulated person who plays the media of the current run at speed 1 and waits
   * whenever the media runs out. A viewer without media waits, even if the process reports nothing.
   * The client is also stalled if its viewer does not begin to play within the stall duration. This
   * time counts from {@link #onProcessStart()}, or from a jump of the timeline.
   *
   * <p>If a run reports speeds but no media, the speed decides. The client is then stalled if the
   * speed has been below the stall threshold, without a break, for longer than the stall duration.
   * {@link ProcessRun#onProgress} and {@link ProcessRun#updateSpeed} state the rules. Reads the
   * clock once.
   *
   * @return true if the client is stalled
   */
  public boolean isStalled() {
    return currentRun.get().isStalled(new Thresholds(config), nanoTime());
  }

  /**
   * Returns whether the current process is silent: the process has not reported for longer than
   * {@link StatsConfig#silenceDuration()}. The time counts from {@link #onProcessStart()}, or from
   * the last {@link #onProgress} or {@link #updateDrift} of the run. Reads the clock once.
   *
   * @return true if the process is silent; false if {@link #onProcessStart()} was never called
   */
  public boolean isSilent() {
    return currentRun.get().isSilent(new Thresholds(config), nanoTime());
  }

  /**
   * Returns the number of stalls that have ended. {@link ProcessRun#onProgress} says when a stall
   * counts. An ongoing stall does not count yet.
   *
   * @return at least 0; never falls
   */
  public long stalls() {
    return currentRun.get().stalls();
  }

  /**
   * Returns the total time that the viewers of this client waited, over all process runs. Short
   * waits count too. The time before a viewer begins to play does not count. An ongoing wait counts
   * from the next report with media on, or when the run ends.
   *
   * @return at least zero; never falls; saturates at {@link Long#MAX_VALUE} nanoseconds
   */
  public Duration stalledTime() {
    return Duration.ofNanos(currentRun.get().stalledNanos());
  }

  /**
   * Returns the last recorded drift of the current run: (time of the report - start of the run) -
   * out_time.
   *
   * @return positive behind real time, negative ahead; zero without a drift sample
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
    return Duration.ofNanos(currentRun.get().maxDriftNanos());
  }

  /**
   * Returns whether the current drift is strictly above {@link StatsConfig#highDriftThreshold()}.
   *
   * @return false without a drift sample
   */
  public boolean hasHighDrift() {
    return currentRun.get().isHighDrift(new Thresholds(config));
  }

  /**
   * Returns the drop rate over the client's life: (dropped lines) / (read lines), of both streams
   * and all runs.
   *
   * @return 0..1; 0 if no line was read
   */
  public double currentDropRate() {
    return currentRun.get().dropRate();
  }

  /**
   * Returns the highest drop rate of a single call of {@link #recordDroppedLines} over the client's
   * life.
   *
   * @return 0..1; never falls; 0 if no line was reported
   */
  public double peakDropRate() {
    return currentRun.get().peakDropRate();
  }

  /**
   * Returns whether {@link #currentDropRate()} is strictly above a threshold. Other figures may
   * then lag.
   *
   * @param threshold a drop rate, at least 0
   * @return true if the metrics are degraded
   * @throws IllegalArgumentException if the threshold is NaN or negative
   */
  public boolean metricsDegraded(double threshold) {
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must be >= 0: " + threshold);
    }
    return currentDropRate() > threshold;
  }

  /**
   * Returns the number of rejected updates: updates that broke a rule or came too late.
   *
   * <p>The number still rises after the client was closed. An aggregate keeps the number at
   * closing.
   *
   * @return at least 0; never falls
   */
  public long rejectedUpdates() {
    return ClientRow.rejected(row);
  }

  /**
   * Returns whether this client was closed: an aggregator removed or replaced the client.
   *
   * <p>A closed client never opens again. Every update that starts after this method returned true
   * is rejected.
   *
   * @return true if the client is closed
   */
  public boolean isClosed() {
    return ClientRow.isSealed(row);
  }

  /**
   * Returns all figures of this client, read together.
   *
   * <p>The following relations hold within a summary:
   *
   * <ul>
   *   <li>The current drift is at most the maximum drift.
   *   <li>The average segment size is at most the downloaded bytes.
   *   <li>Errors are at most requests, if each request was counted before its error.
   *   <li>The drop rate is at most the peak drop rate, if the counts of each process rise together
   *       and are below 2^53.
   * </ul>
   *
   * <p>Wait-free, one clock read. Allocates the summary and its map.
   *
   * @return an immutable summary
   */
  public ClientSummary summary() {
    return summary(nanoTime());
  }

  ClientSummary summary(long nanoTime) {
    ClientReading reading = new ClientReading();
    Totals totals = new Totals();
    long averageSegmentSize = averageSegmentSize(); // before the sum: see SegmentSizeRow
    read(new Thresholds(config), nanoTime, reading, totals);
    return new ClientSummary(
        clientId,
        Duration.ofNanos(reading.uptimeNanos),
        totals.totalBytes,
        totals.processStarts,
        totals.downloadedBytes,
        totals.requests(),
        totals.errors(),
        reading.speed,
        reading.stalled,
        reading.silent,
        totals.stalls,
        Duration.ofNanos(totals.stalledNanos),
        Duration.ofNanos(reading.driftNanos),
        Duration.ofNanos(totals.maxDriftNanos),
        reading.highDrift,
        reading.dropRate,
        totals.peakDropRate,
        averageSegmentSize,
        totals.rejectedUpdates + ClientRow.rejectedLate(row));
  }

  @Override
  public String toString() {
    return "ClientStats" + summary().toString().substring("ClientSummary".length());
  }

  // The methods below are for the aggregator.

  /**
   * Closes this client. When the call returns, the counters and levels are final, and every update
   * that starts later is rejected. A speed, drift or size update that was under way may still land.
   *
   * @return the time for the last summary, from this client's clock
   */
  long close() {
    long now = nanoTime(); // first: a clock that throws must leave the client open
    ProcessRun run = currentRun.get();
    while (!run.isLast()) {
      currentRun.compareAndSet(run, run.asLast(now));
      run = currentRun.get();
    }
    SegmentSizeRow.seal(install(SEGMENT_SIZES, SegmentSizeRow.SEALED));
    install(HTTP_ERRORS, HttpErrorCounts.SEALED).seal();
    ClientRow.seal(row);
    return now;
  }

  /**
   * Reads all figures of this client, each bounded figure before its bound. Adds the sums and
   * maxima to the totals.
   */
  void read(Thresholds thresholds, long nanoTime, ClientReading into, Totals totals) {
    ProcessRun run = currentRun.get();
    into.uptimeNanos = uptimeNanos(nanoTime);
    run.read(thresholds, nanoTime, into, totals);
    totals.addHttpErrors(httpErrors);
    totals.addDownloadedBytes(downloadedBytes());
    ClientRow.addTo(totals, row);
  }

  /** Adds the figures of this closed client, which are final, to the totals. */
  void addTo(Totals totals) {
    read(new Thresholds(config), startNanos, new ClientReading(), totals);
  }

  /**
   * Loads a cell of each row that every {@link #read} loads. The loads bring the rows into the
   * cache.
   */
  long touch() {
    return ClientRow.touch(row) + currentRun.get().touch() + downloadedBytes();
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

  /** Installs the given object if the field is null. Returns the object in the field. */
  private <T> T install(AtomicReferenceFieldUpdater<ClientStats, T> field, T made) {
    field.compareAndSet(this, null, made);
    return Objects.requireNonNull(field.get(this));
  }
}
