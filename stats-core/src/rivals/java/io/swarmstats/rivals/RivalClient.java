package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts of the client that the documents never change. The counters of requests and connection
 * errors are atomics from the start (plan, "ClientStats Current State"). Each of the four line
 * counts is an atomic that is stored.
 *
 * <p>Faults: E1, the drop rate is computed from four fields that another call may have written in
 * between. A new process starts its line counts at 0, and the lines of the ended process are
 * forgotten.
 */
abstract class RivalClient implements Client {

  private final int clientId;
  private final StatsConfig config;
  private final long startNanos;
  private final HttpErrors httpErrors;

  private final AtomicLong manifestRequests = new AtomicLong();
  private final AtomicLong segmentRequests = new AtomicLong();
  private final AtomicLong initRequests = new AtomicLong();
  private final AtomicLong unknownRequests = new AtomicLong();
  private final AtomicLong reconnections = new AtomicLong();
  private final AtomicLong timeouts = new AtomicLong();
  private final AtomicLong progressLinesRead = new AtomicLong();
  private final AtomicLong progressLinesDropped = new AtomicLong();
  private final AtomicLong stderrLinesRead = new AtomicLong();
  private final AtomicLong stderrLinesDropped = new AtomicLong();

  RivalClient(int clientId, StatsConfig config, HttpErrors httpErrors) {
    this.clientId = clientId;
    this.config = config;
    this.startNanos = config.timeSource().nanoTime();
    this.httpErrors = httpErrors;
  }

  /** Raises the peak to a given rate. */
  abstract void updatePeakDropRate(double rate);

  final long nanoTime() {
    return config.timeSource().nanoTime();
  }

  final long sinceStart() {
    return nanoTime() - startNanos;
  }

  /** Measures the drift from the start of the client, not of its process. */
  final long driftNanos(long outTimeMicros) {
    return sinceStart() - outTimeMicros * 1_000;
  }

  final boolean isBelowStallThreshold(double speed) {
    return speed > 0 && speed < config.stallThreshold();
  }

  final boolean isLongerThanStallDuration(long nanos) {
    return nanos > config.stallDuration().toNanos();
  }

  @Override
  public final int clientId() {
    return clientId;
  }

  @Override
  public final Duration uptime() {
    return Duration.ofNanos(sinceStart());
  }

  @Override
  public final void incrementManifestRequests() {
    manifestRequests.incrementAndGet();
  }

  @Override
  public final long manifestRequests() {
    return manifestRequests.get();
  }

  @Override
  public final void incrementSegmentRequests() {
    segmentRequests.incrementAndGet();
  }

  @Override
  public final long segmentRequests() {
    return segmentRequests.get();
  }

  @Override
  public final void incrementInitRequests() {
    initRequests.incrementAndGet();
  }

  @Override
  public final long initRequests() {
    return initRequests.get();
  }

  @Override
  public final void incrementUnknownRequests() {
    unknownRequests.incrementAndGet();
  }

  @Override
  public final long unknownRequests() {
    return unknownRequests.get();
  }

  @Override
  public final void recordHttpError(int statusCode) {
    httpErrors.record(statusCode);
  }

  @Override
  public final Map<Integer, Long> httpErrors() {
    return httpErrors.counts();
  }

  @Override
  public final void recordReconnection() {
    reconnections.incrementAndGet();
  }

  @Override
  public final long reconnections() {
    return reconnections.get();
  }

  @Override
  public final void recordTimeout() {
    timeouts.incrementAndGet();
  }

  @Override
  public final long timeouts() {
    return timeouts.get();
  }

  @Override
  public final boolean hasHighDrift() {
    return currentDrift().compareTo(config.highDriftThreshold()) > 0;
  }

  @Override
  public final void recordDroppedLines(
      long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
    progressLinesRead.set(progressRead);
    progressLinesDropped.set(progressDropped);
    stderrLinesRead.set(stderrRead);
    stderrLinesDropped.set(stderrDropped);
    updatePeakDropRate(currentDropRate());
  }

  @Override
  public final double currentDropRate() {
    long read = linesRead();
    return read == 0 ? 0 : (double) linesDropped() / read;
  }

  final long linesRead() {
    return progressLinesRead.get() + stderrLinesRead.get();
  }

  final long linesDropped() {
    return progressLinesDropped.get() + stderrLinesDropped.get();
  }
}
