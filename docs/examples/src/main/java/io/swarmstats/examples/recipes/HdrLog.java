package io.swarmstats.examples.recipes;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.latency.LatencySnapshot.Bucket;
import io.swarmstats.snapshot.Interval;
import java.io.OutputStream;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes the wall times of intervals to an HdrHistogram log: one line per interval. */
final class HdrLog implements AutoCloseable {

  private static final int DIGITS = 3;

  private final HistogramLogWriter log;

  HdrLog(OutputStream out, Instant start) {
    log = new HistogramLogWriter(out);
    log.outputLogFormatVersion();
    log.outputStartTime(start.toEpochMilli());
    log.setBaseTime(start.toEpochMilli());
    log.outputLegend();
  }

  void write(Interval interval) {
    Histogram histogram = histogramOf(interval.segmentWallTimes());
    histogram.setStartTimeStamp(interval.from().toEpochMilli());
    histogram.setEndTimeStamp(interval.from().plus(interval.length()).toEpochMilli());
    log.outputIntervalHistogram(histogram);
  }

  /** Counts each bucket at a latency of this bucket, in nanoseconds. */
  static Histogram histogramOf(LatencySnapshot wall) {
    Histogram histogram = new Histogram(DIGITS);
    for (Bucket bucket : wall.buckets()) {
      histogram.recordValueWithCount(latencyIn(bucket, wall), bucket.count());
    }
    return histogram;
  }

  /** Returns the middle of the bucket, cut to the extremes. */
  private static long latencyIn(Bucket bucket, LatencySnapshot wall) {
    long lower = bucket.lower().toNanos();
    long middle = lower + (bucket.upper().toNanos() - lower + 1) / 2; // above the lower bound
    return Math.max(wall.min().toNanos(), Math.min(wall.max().toNanos(), middle));
  }

  @Override
  public void close() {
    log.close();
  }
}
