package io.swarmstats.examples.pages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/** The text of {@code docs/evidence/accuracy.md}. */
final class AccuracyPage {

  private static final AccuracyQuantile P95 = new AccuracyQuantile(95, 100);
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.UP);

  private AccuracyPage() {}

  /** Returns the page with these data sets, in this order. */
  static String text(List<AccuracyContenders> all) {
    StringBuilder page = new StringBuilder("""
        # Accuracy of percentiles

        Written by `AccuracyPageTest`. Do not edit.

        ## What is compared

        Each contender records the same latencies in the same order. Then its percentiles are compared with those of the sorted latencies.

        * **Library**: `LatencyHistogram`, read by `LatencySnapshot.percentile`.
        * **HdrHistogram**: its class AtomicHistogram for 1 us to 1 h, with 2 and with 3 significant digits.
        * **t-digest**: its class MergingDigest with compression 100, as in the seed documents.
        * **View**: `LatencySnapshot.centroids(100)`, the t-digest view of the library's histogram.

        The quantiles are 0, 0.001, 0.002, ..., 1, and 0.9999. The exact percentile is the latency of the nearest rank, ceil(quantile × count).
        The page computes this rank in integers.

        * The **value error** is |percentile − exact percentile| / exact percentile.
        * The **rank error** is the distance between the nearest rank and the ranks of the latencies that equal the percentile, divided by
          the count. If no latency equals the percentile, the ranks of both neighbours count.
        * A percentile of the view is the mean of the centroid that contains the rank. The view is made of buckets, so all latencies of one
          bucket count as equal.

        Each figure is the largest error over all quantiles, rounded up. Latencies are drawn with a fixed seed, so every machine gets the
        same figures.

        ## Errors

        | data set | count | library: value | HdrHistogram, 2 digits: value | HdrHistogram, 3 digits: value | t-digest: value | t-digest: rank \
        | view: rank | view: rank, within 1 % of either end |
        |---|---|---|---|---|---|---|---|---|
        | *bound* | | 0.55 % | | | | | 2.05 % | 0.513 % |
        """);
    for (AccuracyContenders contenders : all) {
      page.append(row(
          contenders.set.name(),
          String.format(Locale.ROOT, "%,d", contenders.set.count()),
          percent(contenders.valueError(contenders::library)),
          percent(contenders.valueError(contenders::hdrTwoDigits)),
          percent(contenders.valueError(contenders::hdrThreeDigits)),
          percent(contenders.valueError(contenders::tDigest)),
          percent(contenders.tDigestRankError()),
          percent(contenders.viewRankError(quantile -> true)),
          percent(contenders.viewRankError(AccuracyQuantile::isNearAnEnd))));
    }
    page.append("""

        HdrHistogram with 3 digits is more exact than the library on every set except the constant one. Most of its errors are about a sixth
        of the library's. t-digest is more exact than the library where the latencies are evenly spaced: ascending and descending.

        t-digest bounds the rank error and not the value error. Between two latencies that are far apart, t-digest returns values that no
        latency has. So its value error is large on the sets with gaps: bimodal, sawtooth and recorded swarm. The view is a t-digest too. Use
        `LatencySnapshot.percentile` where the value matters.

        The 95th percentile of the bimodal set shows the difference. The library is exact here, because it knows the shortest latency.

        | exact | library | HdrHistogram, 2 digits | HdrHistogram, 3 digits | t-digest | view |
        |---|---|---|---|---|---|
        """);
    AccuracyContenders bimodal = all.stream()
        .filter(contenders -> contenders.set.name().equals(AccuracyDataSet.BIMODAL))
        .findFirst()
        .orElseThrow();
    page.append(row(
        millis(bimodal.exact(P95)),
        millis(bimodal.library(P95)),
        millis(bimodal.hdrTwoDigits(P95)),
        millis(bimodal.hdrThreeDigits(P95)),
        millis(bimodal.tDigest(P95)),
        millis(bimodal.view(P95))));
    page.append(String.format(Locale.ROOT, """

        ## Memory and range

        * The library takes less than half a KB before the first latency, and 32 KB in all from then on. Each further thread that contends can
          add 32 KB, up to one row for each processor. Every latency from 0 ns to 292 years has a bucket.
        * HdrHistogram takes %d KB with 2 digits and %d KB with 3 digits. With this range, a latency of 74 minutes throws an
          exception. For this range HdrHistogram counts in units of 512 ns, so it keeps 3 digits only for latencies of 0.5 ms or more. Some
          latencies of the recorded swarm are shorter, which explains the greater error of this set.
        * t-digest takes 24 KB and accepts any latency. Threads that share a t-digest need a lock.

        ## Data sets

        | data set | latencies | shortest | longest |
        |---|---|---|---|
        """, kilobytes(2), kilobytes(3)));
    for (AccuracyContenders contenders : all) {
      AccuracyDataSet set = contenders.set;
      page.append(row(
          set.name(), set.description(), millis(set.atRank(1)), millis(set.atRank(set.count()))));
    }
    return page.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Returns a share with three digits, rounded up. */
  private static String percent(double share) {
    return decimal(new BigDecimal(share).scaleByPowerOfTen(2).round(DIGITS)) + " %";
  }

  private static String millis(long nanos) {
    return decimal(BigDecimal.valueOf(nanos, 6)) + " ms";
  }

  private static String decimal(BigDecimal number) {
    return new DecimalFormat("#,##0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(number);
  }

  private static int kilobytes(int digits) {
    return AccuracyContenders.hdrHistogram(digits).getEstimatedFootprintInBytes() / 1000;
  }
}
