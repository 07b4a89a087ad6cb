package io.swarmstats;

import io.swarmstats.internal.Saturating;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * The sums that never fall, and the maxima, over several clients.
 *
 * <p>One thread fills an object. Once the object is published, for example as the totals of the
 * departed clients, nobody changes it.
 */
final class Totals {

  long manifestRequests;
  long segmentRequests;
  long initRequests;
  long unknownRequests;
  long reconnections;
  long timeouts;
  long totalBytes;
  long downloadedBytes;
  long processStarts;
  long stalls;
  long stalledNanos;
  long progressRead;
  long progressDropped;
  long stderrRead;
  long stderrDropped;
  long rejectedUpdates;
  long maxDriftNanos;
  double peakDropRate;
  private long @Nullable [] httpErrors; // in the order of HttpErrorCounts
  private boolean sharesHttpErrors; // with the totals from which this object was copied

  Totals copy() {
    Totals copy = new Totals();
    copy.manifestRequests = manifestRequests;
    copy.segmentRequests = segmentRequests;
    copy.initRequests = initRequests;
    copy.unknownRequests = unknownRequests;
    copy.reconnections = reconnections;
    copy.timeouts = timeouts;
    copy.totalBytes = totalBytes;
    copy.downloadedBytes = downloadedBytes;
    copy.processStarts = processStarts;
    copy.stalls = stalls;
    copy.stalledNanos = stalledNanos;
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

  /** Adds the sums of another object, and raises the maxima to its maxima. */
  void addAll(Totals other) {
    manifestRequests += other.manifestRequests;
    segmentRequests += other.segmentRequests;
    initRequests += other.initRequests;
    unknownRequests += other.unknownRequests;
    reconnections += other.reconnections;
    timeouts += other.timeouts;
    addBytes(other.totalBytes);
    addDownloadedBytes(other.downloadedBytes);
    addProcessStarts(other.processStarts);
    addStalls(other.stalls, other.stalledNanos);
    addProgressLines(other.progressRead, other.progressDropped);
    addStderrLines(other.stderrRead, other.stderrDropped);
    rejectedUpdates += other.rejectedUpdates;
    raiseMaxDrift(other.maxDriftNanos);
    raisePeakDropRate(other.peakDropRate);
    if (other.httpErrors != null) {
      long[] counts = ownHttpErrors();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.httpErrors[i];
      }
    }
  }

  // Bytes, lines and times come from callers and clocks, so their sums can exceed a long.

  void addBytes(long bytes) {
    totalBytes = Saturating.add(totalBytes, bytes);
  }

  void addDownloadedBytes(long bytes) {
    downloadedBytes = Saturating.add(downloadedBytes, bytes);
  }

  void addProcessStarts(long starts) {
    processStarts += starts;
  }

  void addStalls(long stalls, long stalledNanos) {
    this.stalls += stalls;
    this.stalledNanos = Saturating.add(this.stalledNanos, stalledNanos);
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

  /** Adds the errors of a client. Counts that are absent, or sealed from the start, add nothing. */
  void addHttpErrors(@Nullable HttpErrorCounts errors) {
    if (errors != null && errors != HttpErrorCounts.SEALED) {
      errors.addTo(ownHttpErrors());
    }
  }

  /** Returns the counts of HTTP errors, which this object alone changes. */
  private long[] ownHttpErrors() {
    long[] own = httpErrors;
    if (own == null || sharesHttpErrors) {
      own = own == null ? new long[HttpErrorCounts.COUNTS] : own.clone();
      httpErrors = own;
      sharesHttpErrors = false;
    }
    return own;
  }

  Requests requests() {
    return new Requests(manifestRequests, segmentRequests, initRequests, unknownRequests);
  }

  Errors errors() {
    return new Errors(
        httpErrors == null ? Collections.emptySortedMap() : HttpErrorCounts.toMap(httpErrors),
        reconnections,
        timeouts);
  }
}
