package io.swarmstats.latency;

import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import io.swarmstats.latency.LatencySnapshot.Centroid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/*
 * The view draws latencies evenly by rank and adds each of them with the weight 1. The obvious way,
 * to add each bucket with its count as the weight, does not work: a t-digest splits no weight, so a
 * bucket can exceed what the scale function allows a centroid. Version 3.3 of the library then fails
 * its own assertions.
 */

/** A t-digest's view of a {@link LatencySnapshot}. The only code that uses the t-digest library. */
final class TDigestView {

  private static final int DRAWN = 2_000; // more make the centroids no better
  private static final double MIN_COMPRESSION = 10; // t-digest raises lower ones without a word
  private static final double MAX_COMPRESSION = 1_000; // DRAWN would be too few for more

  private TDigestView() {}

  static List<Centroid> centroids(LatencySnapshot snapshot, double compression) {
    if (!(compression >= MIN_COMPRESSION && compression <= MAX_COMPRESSION)) {
      throw new IllegalArgumentException("compression must be between " + MIN_COMPRESSION + " and "
          + MAX_COMPRESSION + ": " + compression);
    }
    long count = snapshot.count();
    int drawn = (int) Math.min(count, DRAWN);
    MergingDigest digest = new MergingDigest(compression);
    digest.setScaleFunction(ScaleFunction.K_1);
    for (int i = 0; i < drawn; i++) {
      digest.add((double) snapshot.atRank(share(count, 2 * i + 1, 2 * drawn) + 1));
    }
    long min = snapshot.min().toNanos();
    long max = snapshot.max().toNanos();
    List<Centroid> centroids = new ArrayList<>();
    int drawnBefore = 0;
    long before = 0;
    for (com.tdunning.math.stats.Centroid centroid : digest.centroids()) {
      drawnBefore += centroid.count();
      long upTo = share(count, drawnBefore, drawn);
      long mean = Math.max(min, Math.min(max, Math.round(centroid.mean())));
      centroids.add(new Centroid(Duration.ofNanos(mean), upTo - before));
      before = upTo;
    }
    return Collections.unmodifiableList(centroids);
  }

  /** Returns {@code count * part / whole}, rounded down, without overflow. */
  private static long share(long count, int part, int whole) {
    return count / whole * part + count % whole * part / whole;
  }
}
