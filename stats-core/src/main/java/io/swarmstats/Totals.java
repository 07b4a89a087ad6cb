package io.swarmstats;

import io.swarmstats.internal.Saturating;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;
import java.util.Collections;
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
  private long @Nullable [] httpErrors; // by index of HttpErrorRow
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

  // the caller of a client chooses the bytes and lines, so they can be as large as numbers get

  void addBytes(long bytes) {
    totalBytes = Saturating.add(totalBytes, bytes);
  }

  void addProgressLines(long read, long dropped) {
    progressRead = Saturating.add(progressRead, read);
    progressDropped = Saturating.add(progressDropped, dropped);
  }

  void addStderrLines(long read, long dropped) {
    stderrRead = Saturating.add(stderrRead, read);
    stderrDropped = Saturating.add(stderrDropped, dropped);
  }

  void raiseMaxDrift(long nanos) {
    maxDriftNanos = Math.max(maxDriftNanos, nanos);
  }

  void raisePeakDropRate(double rate) {
    peakDropRate = Math.max(peakDropRate, rate);
  }

  /** Adds the errors of a row that is still counting, if there is one. */
  void addHttpErrors(long @Nullable [] row) {
    if (row == null || row == HttpErrorRow.SEALED) {
      return;
    }
    if (httpErrors == null) {
      httpErrors = new long[HttpErrorRow.COUNTS];
    } else if (sharesHttpErrors) {
      httpErrors = httpErrors.clone();
    }
    sharesHttpErrors = false;
    HttpErrorRow.addTo(httpErrors, row);
  }

  Requests requests() {
    return new Requests(manifestRequests, segmentRequests, initRequests, unknownRequests);
  }

  Errors errors() {
    return new Errors(
        httpErrors == null ? Collections.emptySortedMap() : HttpErrorRow.toMap(httpErrors),
        reconnections,
        timeouts);
  }
}
