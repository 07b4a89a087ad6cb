package io.swarmstats;

import io.swarmstats.internal.Saturating;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of several clients add up to: the sums that never fall, and the maxima.
 *
 * <p>Used by one thread while it grows. Once published, as the totals of the departed clients are,
 * it is never changed.
 */
final class Totals {

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
  long rejectedUpdates;
  long maxDriftNanos;
  double peakDropRate;
  private long @Nullable [] httpErrors; // by index of HttpErrorCounts
  private boolean sharesHttpErrors; // with the totals that this is a copy of

  Totals copy() {
    Totals copy = new Totals();
    copy.manifestRequests = manifestRequests;
    copy.segmentRequests = segmentRequests;
    copy.initRequests = initRequests;
    copy.unknownRequests = unknownRequests;
    copy.reconnections = reconnections;
    copy.timeouts = timeouts;
    copy.totalBytes = totalBytes;
    copy.progressRead = progressRead;
    copy.progressDropped = progressDropped;
    copy.stderrRead = stderrRead;
    copy.stderrDropped = stderrDropped;
    copy.rejectedUpdates = rejectedUpdates;
    copy.maxDriftNanos = maxDriftNanos;
    copy.peakDropRate = peakDropRate;
    copy.httpErrors = httpErrors;
    copy.sharesHttpErrors = true;
    return copy;
  }

  void add(ClientReading client) {
    manifestRequests += client.manifestRequests;
    segmentRequests += client.segmentRequests;
    initRequests += client.initRequests;
    unknownRequests += client.unknownRequests;
    reconnections += client.reconnections;
    timeouts += client.timeouts;
    // the caller of a client chooses these numbers, so they can be as large as numbers get
    totalBytes = Saturating.add(totalBytes, client.totalBytes);
    progressRead = Saturating.add(progressRead, client.progressRead);
    progressDropped = Saturating.add(progressDropped, client.progressDropped);
    stderrRead = Saturating.add(stderrRead, client.stderrRead);
    stderrDropped = Saturating.add(stderrDropped, client.stderrDropped);
    rejectedUpdates += client.rejectedUntilClosed;
    maxDriftNanos = Math.max(maxDriftNanos, client.maxDriftNanos);
    peakDropRate = Math.max(peakDropRate, client.peakDropRate);
    long[] errors = client.httpErrors();
    if (errors != null) {
      addHttpErrors(errors);
    }
  }

  private void addHttpErrors(long[] errors) {
    if (httpErrors == null) {
      httpErrors = new long[HttpErrorCounts.LENGTH];
    } else if (sharesHttpErrors) {
      httpErrors = httpErrors.clone();
    }
    sharesHttpErrors = false;
    for (int i = 0; i < errors.length; i++) {
      httpErrors[i] += errors[i];
    }
  }

  long @Nullable [] httpErrors() {
    return httpErrors;
  }
}
