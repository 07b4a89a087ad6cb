package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencySnapshotTest {

  private static LatencySnapshot snapshotOf(long... samples) {
    LatencyDigest digest = new LatencyDigest();
    LongStream.of(samples).forEach(digest::record);
    return digest.snapshot();
  }

  @Test
  void emptySnapshot_givesZeros() {
    LatencySnapshot empty = snapshotOf();

    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.count()).isZero();
    assertThat(Stream.of(
            empty.min(),
            empty.max(),
            empty.mean(),
            empty.percentile(0),
            empty.percentile(0.5),
            empty.percentile(1),
            empty.p25(),
            empty.p50(),
            empty.p75(),
            empty.p95(),
            empty.p99()))
        .allMatch(Duration::isZero);
    assertThat(empty).hasToString("LatencySnapshot[count=0]");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 42, 1_000_000_007, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void oneSample_isEveryFigure(long sample) {
    LatencySnapshot snapshot = snapshotOf(sample);

    assertThat(snapshot.isEmpty()).isFalse();
    assertThat(snapshot.count()).isEqualTo(1);
    assertThat(Stream.of(
            snapshot.min(),
            snapshot.max(),
            snapshot.mean(),
            snapshot.percentile(0),
            snapshot.percentile(Double.MIN_VALUE),
            snapshot.p50(),
            snapshot.percentile(1)))
        .allMatch(Duration.ofNanos(sample)::equals);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.25, 1", "0.5, 1", "0.500001, 2", "0.75, 2", "1, 2"})
  void percentile_oneAndTwo_isTheNearestRank(double quantile, long expected) {
    assertThat(snapshotOf(1, 2).percentile(quantile)).isEqualTo(Duration.ofNanos(expected));
    assertThat(snapshotOf(2, 1).percentile(quantile)).isEqualTo(Duration.ofNanos(expected));
  }

  @Test
  void namedPercentiles_areThePercentilesOfTheirNames() {
    LatencySnapshot snapshot = snapshotOf(LongStream.rangeClosed(1, 100).toArray());

    assertThat(snapshot.p25()).isEqualTo(Duration.ofNanos(25));
    assertThat(snapshot.p50()).isEqualTo(Duration.ofNanos(50));
    assertThat(snapshot.p75()).isEqualTo(Duration.ofNanos(75));
    assertThat(snapshot.p95()).isEqualTo(Duration.ofNanos(95));
    assertThat(snapshot.p99()).isEqualTo(Duration.ofNanos(99));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 20, 50, 75})
  void percentile_fewSamples_isExactlyTheOneOfTheNearestRank(int count) {
    long[] samples = new Random(count).longs(count, 0, 1_000_000_000_000L).toArray();
    LatencySnapshot snapshot = snapshotOf(samples);
    Arrays.sort(samples);

    for (int permille = 0; permille <= 1000; permille++) {
      double quantile = permille / 1000.0;
      int rank = Math.max(1, (permille * count + 999) / 1000); // in integers, without rounding
      assertThat(snapshot.percentile(quantile))
          .as("quantile %s of %d", quantile, count)
          .isEqualTo(Duration.ofNanos(samples[rank - 1]));
    }
  }

  private static Arguments dataSet(String name, LongStream samples) {
    return argumentSet(name, (Object) samples.toArray());
  }

  static Stream<Arguments> dataSets() {
    return Stream.of(1, 2).flatMap(seed -> {
      Random random = new Random(seed);
      return Stream.of(
          dataSet("uniform", random.longs(20_000, 0, 1_000_000_000)),
          dataSet("log-normal", logNormal(random, 20_000)),
          dataSet("one value", random.longs(5000, 77, 78)),
          dataSet("two values", random.longs(5000, 0, 2).map(v -> v * 1_000_000)),
          dataSet("few values", random.longs(5000, 0, 7)),
          dataSet("all magnitudes", random.longs(20_000).map(v -> v >>> (1 + random.nextInt(60)))),
          dataSet("ascending", LongStream.range(0, 20_000)),
          dataSet("descending", LongStream.range(0, 20_000).map(v -> 20_000 - v)),
          dataSet(
              "near the greatest long",
              random.longs(3000, Long.MAX_VALUE - 10_000_000, Long.MAX_VALUE)),
          dataSet("three", random.longs(3, 0, 1000)));
    });
  }

  private static LongStream logNormal(Random random, int count) {
    return LongStream.generate(() -> Math.round(50e6 * Math.exp(random.nextGaussian())))
        .limit(count);
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void of_itsOwnFigures_isEqual(long[] samples) {
    LatencySnapshot snapshot = snapshotOf(samples);
    LatencySnapshot again =
        LatencySnapshot.of(snapshot.min(), snapshot.max(), snapshot.mean(), snapshot.centroids());

    assertThat(again).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
    assertThat(again.count()).isEqualTo(samples.length);
    assertThat(again.percentile(0.42)).isEqualTo(snapshot.percentile(0.42));
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void percentile_risingQuantiles_neverFalls(long[] samples) {
    LatencySnapshot snapshot = snapshotOf(samples);
    Duration last = snapshot.min();
    for (int i = 0; i <= 20_000; i++) {
      Duration value = snapshot.percentile(i / 20_000.0);
      assertThat(value).isBetween(last, snapshot.max());
      last = value;
    }
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void percentile_zeroAndOne_areMinimumAndMaximum(long[] samples) {
    LatencySnapshot snapshot = snapshotOf(samples);

    assertThat(snapshot.percentile(0)).isEqualTo(snapshot.min());
    assertThat(snapshot.percentile(1)).isEqualTo(snapshot.max());
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -Double.MIN_VALUE,
        -1,
        1.0000000000000002,
        2,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void percentile_quantileOutsideItsRange_throwsWithTheValue(double quantile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> snapshotOf(1, 2).percentile(quantile))
        .withMessage("quantile must be between 0 and 1: " + quantile);
    assertThatIllegalArgumentException().isThrownBy(() -> snapshotOf().percentile(quantile));
  }

  @Test
  void equality_sameSamples_isEqual() {
    assertThat(snapshotOf(1, 2, 3))
        .isEqualTo(snapshotOf(1, 2, 3))
        .hasSameHashCodeAs(snapshotOf(1, 2, 3));
    assertThat(snapshotOf()).isEqualTo(snapshotOf()).hasSameHashCodeAs(snapshotOf());
  }

  @Test
  void equality_otherSamples_isNotEqual() {
    LatencySnapshot snapshot = snapshotOf(1, 2, 3);

    assertThat(snapshot)
        .isNotEqualTo(snapshotOf())
        .isNotEqualTo(snapshotOf(1, 2))
        .isNotEqualTo(snapshotOf(1, 2, 4))
        .isNotEqualTo(snapshotOf(0, 3, 3))
        .isNotEqualTo(snapshotOf(1, 1, 4))
        .isNotEqualTo("LatencySnapshot");
  }

  @Test
  void equality_samePercentilesButAnotherMean_isNotEqual() {
    // two numbers that become equal as doubles
    long big = 1L << 60;

    assertThat(snapshotOf(0, big, 2 * big)).isNotEqualTo(snapshotOf(0, big + 3, 2 * big));
  }

  @Test
  void toString_showsCountAndPercentiles() {
    assertThat(snapshotOf(1_000_000_000, 2_000_000_000))
        .hasToString("LatencySnapshot[count=2, min=PT1S, p50=PT1S, p95=PT2S, p99=PT2S, max=PT2S]");
  }
}
