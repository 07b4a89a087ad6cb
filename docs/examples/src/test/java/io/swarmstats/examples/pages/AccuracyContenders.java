package io.swarmstats.examples.pages;

import com.tdunning.math.stats.MergingDigest;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.AtomicHistogram;

/** One data set in every contender, and how far their percentiles are from those of the set. */
final class AccuracyContenders {

  private static final long SHORTEST = 1_000; // of HdrHistogram: 1 us
  private static final long LONGEST = 3_600_000_000_000L; // 1 h
  private static final double COMPRESSION = 100;

  final AccuracyDataSet set;
  final LatencySnapshot snapshot;
  private final AtomicHistogram twoDigits = hdrHistogram(2);
  private final AtomicHistogram threeDigits = hdrHistogram(3);
  private final MergingDigest tDigest = new MergingDigest(COMPRESSION);
  private final List<LatencySnapshot.Centroid> centroids;

  AccuracyContenders(AccuracyDataSet set) {
    this.set = set;
    LatencyHistogram histogram = new LatencyHistogram();
    set.samples().forEach(nanos -> {
      histogram.record(nanos);
      twoDigits.recordValue(nanos);
      threeDigits.recordValue(nanos);
      tDigest.add((double) nanos);
    });
    snapshot = histogram.snapshot();
    centroids = snapshot.centroids(COMPRESSION);
  }

  static AtomicHistogram hdrHistogram(int digits) {
    return new AtomicHistogram(SHORTEST, LONGEST, digits);
  }

  List<LatencySnapshot.Centroid> centroids() {
    return centroids;
  }

  // the percentiles of each contender, in nanoseconds

  long library(AccuracyQuantile quantile) {
    return snapshot.percentile(quantile.value()).toNanos();
  }

  long hdrTwoDigits(AccuracyQuantile quantile) {
    return twoDigits.getValueAtPercentile(quantile.percent());
  }

  long hdrThreeDigits(AccuracyQuantile quantile) {
    return threeDigits.getValueAtPercentile(quantile.percent());
  }

  long tDigest(AccuracyQuantile quantile) {
    return Math.round(tDigest.quantile(quantile.value()));
  }

  /** Returns the mean of the centroid that contains the rank. */
  long view(AccuracyQuantile quantile) {
    long rank = quantile.rankOf(set.count());
    long upTo = 0;
    for (LatencySnapshot.Centroid centroid : centroids) {
      upTo += centroid.count();
      if (upTo >= rank) {
        return centroid.mean().toNanos();
      }
    }
    throw new AssertionError("the counts of the centroids add up to " + upTo + " only");
  }

  // errors

  private static double largest(
      Predicate<AccuracyQuantile> which, ToDoubleFunction<AccuracyQuantile> error) {
    return AccuracyQuantile.all().stream()
        .filter(which)
        .mapToDouble(error)
        .max()
        .orElseThrow();
  }

  long exact(AccuracyQuantile quantile) {
    return set.atRank(quantile.rankOf(set.count()));
  }

  /** Returns the largest |value - exact| / exact. */
  double valueError(ToLongFunction<AccuracyQuantile> percentile) {
    return largest(quantile -> true, quantile -> {
      long exact = exact(quantile);
      return Math.abs((double) percentile.applyAsLong(quantile) - exact) / exact;
    });
  }

  /** Returns the largest distance of t-digest's value from its rank, as a share of the count. */
  double tDigestRankError() {
    return largest(quantile -> true, quantile -> {
      long value = tDigest(quantile);
      return rankError(quantile, set.below(value), set.upTo(value));
    });
  }

  /** Returns the same for the view, which knows of each sample only its bucket. */
  double viewRankError(Predicate<AccuracyQuantile> which) {
    return largest(which, quantile -> {
      LatencySnapshot.Bounds bucket = bucketOf(Duration.ofNanos(view(quantile)));
      return rankError(
          quantile, set.upTo(bucket.lower().toNanos()), set.upTo(bucket.upper().toNanos()));
    });
  }

  private static LatencySnapshot.Bounds bucketOf(Duration latency) {
    LatencyHistogram one = new LatencyHistogram();
    one.record(latency.toNanos());
    return one.snapshot().percentileBounds(1);
  }

  /**
   * Returns the distance of a quantile's rank from the ranks of a value. Samples that equal the
   * value have the ranks from below + 1 to upTo. A value between two samples has the ranks of both.
   */
  private double rankError(AccuracyQuantile quantile, long below, long upTo) {
    long rank = quantile.rankOf(set.count());
    long from = below == upTo ? below : below + 1;
    long to = below == upTo ? upTo + 1 : upTo;
    return (double) Math.max(0, Math.max(from - rank, rank - to)) / set.count();
  }

  @Override
  public String toString() {
    return set.name();
  }
}
