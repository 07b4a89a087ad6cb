package io.swarmstats.latency;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import java.util.function.LongUnaryOperator;

/*
 * The view draws latencies evenly by rank and adds each latency with weight 1. A t-digest cannot
 * split a weight, so no weight may exceed what the scale function allows a centroid. The count of a
 * bucket can exceed this limit, so the view does not use counts as weights.
 */

/** A t-digest's view of ranked latencies. The only code that uses the t-digest library. */
final class TDigestView {

  private static final int DRAWN = 2_000; // drawing more does not make the centroids better
  private static final double MIN_COMPRESSION = 10; // t-digest silently raises a lower compression
  private static final double MAX_COMPRESSION = 1_000; // a higher one needs more than DRAWN

  /** Takes the centroids, in ascending order. */
  interface Target {
    void accept(double meanNanos, long count);
  }

  private TDigestView() {}

  /**
   * Makes a digest of latencies and hands out its centroids.
   *
   * @param count how many latencies there are
   * @param atRank returns the latency of a rank, from 1 to the count, in nanoseconds
   */
  static void centroids(long count, LongUnaryOperator atRank, double compression, Target target) {
    if (!(compression >= MIN_COMPRESSION && compression <= MAX_COMPRESSION)) {
      throw new IllegalArgumentException("compression must be between " + MIN_COMPRESSION + " and "
          + MAX_COMPRESSION + ": " + compression);
    }
    int drawn = (int) Math.min(count, DRAWN);
    MergingDigest digest = new MergingDigest(compression);
    digest.setScaleFunction(ScaleFunction.K_1);
    for (int i = 0; i < drawn; i++) {
      long rank = share(count, 2 * i + 1, 2 * drawn) + 1;
      digest.add((double) atRank.applyAsLong(rank));
    }
    int drawnBefore = 0;
    long before = 0;
    double highest = 0; // t-digest adds means up with rounding: neighbours can come out of order
    for (Centroid centroid : digest.centroids()) {
      drawnBefore += centroid.count();
      long upTo = share(count, drawnBefore, drawn);
      highest = Math.max(highest, centroid.mean());
      target.accept(highest, upTo - before);
      before = upTo;
    }
  }

  /** Returns {@code count * part / whole}, rounded down, without overflow. */
  private static long share(long count, int part, int whole) {
    return count / whole * part + count % whole * part / whole;
  }
}
