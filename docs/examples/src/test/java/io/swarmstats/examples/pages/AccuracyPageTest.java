package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the percentiles of the library with exact ones, and the page {@code accuracy.md} with
 * these figures.
 */
class AccuracyPageTest {

  private static final List<AccuracyContenders> ALL =
      AccuracyDataSet.all().stream().map(AccuracyContenders::new).toList();

  static Stream<AccuracyContenders> contenders() {
    return ALL.stream();
  }

  private static AccuracyContenders of(String set) {
    return ALL.stream().filter(one -> one.set.name().equals(set)).findFirst().orElseThrow();
  }

  @Test
  void page_isThatOfTheseFigures() throws IOException {
    Path fresh = Path.of("target", "accuracy.md");
    Files.writeString(fresh, AccuracyPage.text(ALL));

    assertThat(Repository.ROOT.resolve("docs/evidence/accuracy.md"))
        .as("to write it anew: cp docs/examples/target/accuracy.md docs/evidence")
        .hasSameTextualContentAs(fresh);
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void percentile_isWithinItsBound(AccuracyContenders contenders) {
    assertThat(contenders.valueError(contenders::library)).isLessThanOrEqualTo(0.0055);
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void percentileBounds_encloseTheExactPercentile(AccuracyContenders contenders) {
    assertThat(AccuracyQuantile.all()).allSatisfy(quantile -> {
      LatencySnapshot.Bounds bounds = contenders.snapshot.percentileBounds(quantile.value());
      assertThat(Duration.ofNanos(contenders.exact(quantile)))
          .isGreaterThan(bounds.lower())
          .isLessThanOrEqualTo(bounds.upper());
    });
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void percentile_doesNotDecreaseWithTheQuantile(AccuracyContenders contenders) {
    assertThat(AccuracyQuantile.all().stream()
            .map(AccuracyQuantile::value)
            .sorted()
            .map(contenders.snapshot::percentile))
        .isSorted();
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void countSumAndExtremes_are_exact(AccuracyContenders contenders) {
    AccuracyDataSet set = contenders.set;

    assertThat(contenders.snapshot.count()).isEqualTo(set.count());
    assertThat(contenders.snapshot.sum())
        .isEqualTo(Duration.ofNanos(set.samples().sum()));
    assertThat(contenders.snapshot.min()).isEqualTo(Duration.ofNanos(set.atRank(1)));
    assertThat(contenders.snapshot.max()).isEqualTo(Duration.ofNanos(set.atRank(set.count())));
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void shareUpTo_isOffByAtMostTheShareOfOneBucket(AccuracyContenders contenders) {
    AccuracyDataSet set = contenders.set;
    double count = set.count();
    assertThat(contenders.snapshot.buckets()).allSatisfy(bucket -> {
      long lower = bucket.lower().toNanos();
      long upper = bucket.upper().toNanos();
      long samples = set.upTo(upper) - set.upTo(lower);
      assertThat(bucket.count()).isEqualTo(samples);
      for (long limit : new long[] {lower + 1, lower + (upper - lower) / 2, upper - 1}) {
        assertThat(contenders.snapshot.shareUpTo(Duration.ofNanos(limit)))
            .isCloseTo(set.upTo(limit) / count, within(samples / count));
      }
      assertThat(contenders.snapshot.shareUpTo(bucket.upper()))
          .isCloseTo(set.upTo(upper) / count, within(1e-12));
    });
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void view_isWithinItsBounds(AccuracyContenders contenders) {
    double bound = 2 / 100.0 + 1 / 2_000.0;
    assertThat(contenders.viewRankError(quantile -> true)).isLessThanOrEqualTo(bound);
    assertThat(contenders.viewRankError(AccuracyQuantile::isNearAnEnd))
        .isLessThanOrEqualTo(bound / 4);
    assertThat(contenders.centroids()).hasSizeLessThanOrEqualTo(200);
    assertThat(contenders.centroids().stream()
            .mapToLong(LatencySnapshot.Centroid::count)
            .sum())
        .isEqualTo(contenders.set.count());
  }

  @Test
  void p95_belowAGap_isNotInTheGap() {
    AccuracyContenders bimodal = of(AccuracyDataSet.BIMODAL);

    assertThat((double) bimodal.snapshot.p95().toNanos()).isCloseTo(10e6, within(0.0055 * 10e6));
  }

  @Test
  void snapshot_doesNotDependOnTheOrderOfTheSamples() {
    LatencyHistogram sorted = new LatencyHistogram();
    of("uniform").set.samples().sorted().forEach(sorted::record);

    assertThat(sorted.snapshot()).isEqualTo(of("uniform").snapshot);
  }

  @Test
  void wrongPercentile_isFound() {
    AccuracyContenders contenders = of("uniform");

    assertThat(contenders.valueError(
            quantile -> contenders.exact(quantile) + contenders.exact(quantile) / 100))
        .isCloseTo(0.01, within(1e-6));
  }
}
