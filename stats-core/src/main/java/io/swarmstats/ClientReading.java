package io.swarmstats;

import io.swarmstats.internal.Saturating;
import java.time.Duration;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over one client found: plain fields, filled by {@link ClientStats#read}, used by
 * one thread.
 *
 * <p>An aggregation uses a single one for all its clients, so that it allocates nothing for each.
 */
final class ClientReading {

  int clientId;
  long uptimeNanos;
  long manifestRequests;
  long segmentRequests;
  long initRequests;
  long unknownRequests;
  long reconnections;
  long timeouts;
  long totalBytes;
  long progressRead;
  long progressDropped;
  long stderrRead;
  long stderrDropped;
  double peakDropRate;
  double speed;
  boolean stalled;
  boolean hasDrift;
  long driftNanos; // 0 if there is no drift sample
  boolean highDrift;
  long maxDriftNanos;
  long rejectedUntilClosed;
  long rejectedLate;

  private boolean hasHttpErrors;
  // left over from another client unless hasHttpErrors
  private long @Nullable [] httpErrors;

  void readHttpErrors(long @Nullable [] row) {
    hasHttpErrors = row != null && row != HttpErrorCounts.SEALED;
    if (row != null && hasHttpErrors) {
      if (httpErrors == null) {
        httpErrors = new long[HttpErrorCounts.LENGTH];
      }
      HttpErrorCounts.read(row, httpErrors);
    }
  }

  /** Returns the counts of HTTP errors by index, or null if there are none. */
  long @Nullable [] httpErrors() {
    return hasHttpErrors ? httpErrors : null;
  }

  long linesDropped() {
    return Saturating.add(progressDropped, stderrDropped);
  }

  double dropRate() {
    return DropRate.of(progressDropped, stderrDropped, progressRead, stderrRead);
  }

  /** Returns the summary of the client that was read. */
  ClientSummary toSummary(long averageSegmentSize) {
    long[] http = httpErrors();
    return new ClientSummary(
        clientId,
        Duration.ofNanos(uptimeNanos),
        totalBytes,
        new AggregatedStats.Requests(
            manifestRequests, segmentRequests, initRequests, unknownRequests),
        new AggregatedStats.Errors(
            http == null ? Collections.emptySortedMap() : HttpErrorCounts.toMap(http),
            reconnections,
            timeouts),
        speed,
        stalled,
        Duration.ofNanos(driftNanos),
        Duration.ofNanos(maxDriftNanos),
        highDrift,
        dropRate(),
        peakDropRate,
        averageSegmentSize,
        rejectedUntilClosed + rejectedLate);
  }
}
