package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.swarmstats.latency.LatencySnapshot.Bounds;
import io.swarmstats.latency.LatencySnapshot.Bucket;
import io.swarmstats.latency.LatencySnapshot.Centroid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencySnapshotTest {

  private static final double[] QUANTILES = {
    0, 0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1
  };

  private static final double ERROR = 0.0055;

  private static final Bucket SHORT = Bucket.of(-1_000, 1);
  private static final Bucket LONG = Bucket.of(0, 1);

  private static LatencySnapshot snapshotOf(long... latencies) {
    LatencyHistogram histogram = new LatencyHistogram();
    LongStream.of(latencies).forEach(histogram::record);
    return histogram.snapshot();
  }

  /** The latencies of a named distribution, in the order in which they are recorded. */
  static Stream<Arguments> distributions() {
    Random random = new Random(17);
    int n = 20_000;
    long[] uniform = random.longs(n, 0, 2_000_000_000L).toArray();
    long[] ascending = uniform.clone();
    Arrays.sort(ascending);
    long[] descending =
        LongStream.range(0, n).map(i -> ascending[n - 1 - (int) i]).toArray();
    return Stream.of(
        argumentSet("uniform", uniform),
        argumentSet("ascending", ascending),
        argumentSet("descending", descending),
        argumentSet("constant", LongStream.range(0, n).map(i -> 123_456_789).toArray()),
        argumentSet(
            "sawtooth",
            LongStream.range(0, n).map(i -> 1_000_000 + i % 997 * 1_000_000).toArray()),
        argumentSet("log-normal", generate(n, () ->
            (long) (100_000_000 * Math.exp(random.nextGaussian())))),
        argumentSet("heavy-tailed", generate(n, () ->
            (long) Math.min(9e18, 1e6 / Math.pow(random.nextDouble(), 2)))),
        argumentSet(
            "two peaks with a gap",
            LongStream.range(0, n)
                .map(i -> i % 20 == 19 ? 1_000_000_000 : 10_000_000)
                .toArray()),
        argumentSet("a few nanoseconds", random.longs(n, 0, 40).toArray()),
        argumentSet(
            "all of long", generate(n, () -> random.nextLong() >>> (1 + random.nextInt(63)))));
  }

  private static long[] generate(int n, LongSupplier next) {
    return LongStream.generate(next).limit(n).toArray();
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void percentiles_areWithinTheirBoundOfTheLatencyOfTheirRank(long[] latencies) {
    LatencySnapshot snapshot = snapshotOf(latencies);
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);

    for (double quantile : QUANTILES) {
      long exact = sorted[(int) Math.max(1, Math.ceil(quantile * sorted.length - 1e-9)) - 1];
      assertThat((double) snapshot.percentile(quantile).toNanos())
          .as("quantile %s", quantile)
          .isCloseTo((double) exact, within(exact * ERROR));
      Bounds bounds = snapshot.percentileBounds(quantile);
      assertThat(exact).isLessThanOrEqualTo(bounds.upper().toNanos());
      if (exact > 0) {
        assertThat(exact).isGreaterThan(bounds.lower().toNanos());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void figures_areThoseOfTheLatencies(long[] latencies) {
    LatencySnapshot snapshot = snapshotOf(latencies);
    Duration sum =
        LongStream.of(latencies).mapToObj(Duration::ofNanos).reduce(Duration.ZERO, Duration::plus);

    assertThat(snapshot.count()).isEqualTo(latencies.length);
    assertThat(snapshot.buckets().stream().mapToLong(Bucket::count).sum())
        .isEqualTo(latencies.length);
    assertThat(snapshot.sum()).isEqualTo(sum);
    assertThat(snapshot.mean()).isEqualTo(sum.dividedBy(latencies.length));
    assertThat(snapshot.min().toNanos())
        .isEqualTo(LongStream.of(latencies).min().orElseThrow());
    assertThat(snapshot.max().toNanos())
        .isEqualTo(LongStream.of(latencies).max().orElseThrow());
  }

  /** The order cannot matter, since a bucket knows none. */
  @Test
  void snapshots_ofTheSameLatenciesInAnotherOrder_areEqual() {
    long[] uniform = new Random(3).longs(5_000, 0, 1L << 40).toArray();
    long[] sorted = uniform.clone();
    Arrays.sort(sorted);

    assertThat(snapshotOf(uniform))
        .isEqualTo(snapshotOf(sorted))
        .hasSameHashCodeAs(snapshotOf(sorted));
  }

  /** A sketch that interpolates between its centroids answers with a time in the gap. */
  @ParameterizedTest
  @CsvSource({
    "1000000, 950000, 0.95",
    "1000000, 990000, 0.99",
    "1000, 950, 0.95",
    "1000000, 999999, 0.999999"
  })
  void percentile_lastRankBelowAGap_isTheFastTime(int count, int fast, double quantile) {
    LatencyHistogram histogram = new LatencyHistogram();
    int[] order = new Random(3).ints(count).toArray();
    Integer[] ranks = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(ranks, Comparator.comparingInt(i -> order[i]));
    for (int rank : ranks) {
      histogram.record(rank < fast ? 10_000_000 : 1_000_000_000);
    }
    LatencySnapshot snapshot = histogram.snapshot();

    assertThat((double) snapshot.percentile(quantile).toNanos())
        .isCloseTo(10_000_000, within(10_000_000 * ERROR));
    assertThat((double) snapshot.percentile(quantile + 0.5 / count).toNanos())
        .isCloseTo(1_000_000_000, within(1_000_000_000 * ERROR));
    for (int i = 0; i <= 10_000; i++) {
      assertThat(snapshot.percentile(i / 10_000.0).toNanos())
          .matches(nanos -> nanos < 10_100_000 || nanos > 990_000_000);
    }
  }

  /** A longer and a shorter latency stand beside each, so that no extreme cuts the percentile. */
  @Test
  void percentile_everyWholeNanosecondUpTo5000_isWithinItsBound() {
    for (long nanos = 1; nanos <= 5_000; nanos++) {
      assertThat((double) snapshotOf(0, nanos, Long.MAX_VALUE).p50().toNanos())
          .isCloseTo((double) nanos, within(nanos * ERROR + 0.5));
    }
  }

  /** Ranks at the edge of a bucket: one latency more or less there selects the other bucket. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.000001",
        "0.07",
        "0.1",
        "0.25",
        "0.29",
        "0.5",
        "0.57",
        "0.58",
        "0.75",
        "0.95",
        "0.99",
        "0.999",
        "0.9999",
        "0.99999",
        "0.999999999999"
      })
  void percentile_anyCountUpTo2To62_isOfTheExactRank(String decimal) {
    double quantile = Double.parseDouble(decimal);
    Random random = new Random(62);
    for (int bits = 7; bits <= 62; bits++) {
      for (long count : new long[] {1L << bits, (1L << bits) - 1 - random.nextInt(100), 100}) {
        long rank = new BigDecimal(decimal)
            .multiply(BigDecimal.valueOf(count))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
        if (rank < count) {
          assertThat(twoBuckets(rank, count - rank).percentileBounds(quantile).upper())
              .as("rank %d of %d is the last of the first bucket", rank, count)
              .isEqualTo(SHORT.upper());
        }
        if (rank > 1) {
          assertThat(twoBuckets(rank - 1, count - rank + 1)
                  .percentileBounds(quantile)
                  .upper())
              .as("rank %d of %d is the first of the second bucket", rank, count)
              .isEqualTo(LONG.upper());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void percentile_bucketsOfManyLatencies_areOfTheExactRank(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<Bucket> buckets = new ArrayList<>();
      long count = 0;
      for (int index = -50; index < 0; index++) {
        long inBucket = 1 + (random.nextLong() >>> (8 + random.nextInt(56))); // in all below 2^62
        buckets.add(Bucket.of(index, inBucket));
        count += inBucket;
      }
      LatencySnapshot snapshot = snapshotOf(buckets);
      BigDecimal decimal = BigDecimal.valueOf(random.nextInt(1_000_001), 6);
      BigDecimal rank = decimal.multiply(BigDecimal.valueOf(count)).max(BigDecimal.ONE);
      BigDecimal notAbove = BigDecimal.ZERO;
      int at = -1;
      while (notAbove.compareTo(rank) < 0) {
        at++;
        notAbove = notAbove.add(BigDecimal.valueOf(buckets.get(at).count()));
      }

      assertThat(snapshot.percentileBounds(decimal.doubleValue()))
          .isEqualTo(new Bounds(buckets.get(at).lower(), buckets.get(at).upper()));
    }
  }

  private static LatencySnapshot twoBuckets(long shorter, long longer) {
    return snapshotOf(List.of(Bucket.of(SHORT.index(), shorter), Bucket.of(LONG.index(), longer)));
  }

  /** Returns a distribution in which each latency is the longest of its bucket. */
  private static LatencySnapshot snapshotOf(List<Bucket> buckets) {
    Duration sum = Duration.ZERO; // of no interest to the caller
    return LatencySnapshot.of(
        buckets, sum, buckets.get(0).upper(), buckets.get(buckets.size() - 1).upper());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void percentile_outsideItsRange_isRejected(double quantile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> snapshotOf(1).percentile(quantile))
        .withMessage("quantile must be between 0 and 1: " + quantile);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencySnapshot.EMPTY.percentileBounds(quantile));
  }

  @Test
  void emptySnapshot_givesZeros() {
    LatencySnapshot empty = snapshotOf();

    assertThat(empty).isEqualTo(LatencySnapshot.EMPTY).hasToString("LatencySnapshot[count=0]");
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.count()).isZero();
    assertThat(empty.shareUpTo(Duration.ofDays(1))).isZero();
    assertThat(empty.buckets()).isEmpty();
    assertThat(empty.centroids(100)).isEmpty();
    assertThat(empty.percentileBounds(0.5)).isEqualTo(new Bounds(Duration.ZERO, Duration.ZERO));
    assertThat(Stream.of(
            empty.sum(),
            empty.min(),
            empty.max(),
            empty.mean(),
            empty.percentile(0),
            empty.p25(),
            empty.p50(),
            empty.p75(),
            empty.p95(),
            empty.p99()))
        .allMatch(Duration::isZero);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 42, 1_000_000_007, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void oneLatency_isEveryFigure(long nanos) {
    LatencySnapshot snapshot = snapshotOf(nanos);

    assertThat(snapshot.count()).isEqualTo(1);
    assertThat(Stream.of(
            snapshot.sum(),
            snapshot.min(),
            snapshot.max(),
            snapshot.mean(),
            snapshot.percentile(0),
            snapshot.p50(),
            snapshot.percentile(1)))
        .containsOnly(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9, 0", "10, 0.25", "19, 0.25", "20, 0.5", "30, 0.75", "40, 1", "1000, 1"})
  void shareUpTo_countsTheLatenciesThatAreAtMostSoLong(long limit, double share) {
    assertThat(snapshotOf(10, 20, 30, 40).shareUpTo(Duration.ofNanos(limit))).isEqualTo(share);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void shareUpTo_anyLimit_isOffByAtMostTheShareOfItsBucket(long[] latencies) {
    LatencySnapshot snapshot = snapshotOf(latencies);
    Random random = new Random(1);
    for (int n = 0; n < 200; n++) {
      long limit = latencies[random.nextInt(latencies.length)];
      double exact = LongStream.of(latencies).filter(nanos -> nanos <= limit).count()
          / (double) latencies.length;
      int bucket = Buckets.of(limit);
      double ofBucket = snapshot.buckets().stream()
              .filter(b -> b.index() == Buckets.indexOf(bucket))
              .mapToLong(Bucket::count)
              .sum()
          / (double) latencies.length;
      double share = snapshot.shareUpTo(Duration.ofNanos(limit));
      assertThat(share).isBetween(0.0, 1.0).isCloseTo(exact, within(ofBucket + 1e-12));
    }
  }

  @Test
  void shareUpTo_aBound_isExact() {
    long[] latencies = new Random(2).longs(10_000, 0, 5_000_000_000L).toArray();
    LatencySnapshot snapshot = snapshotOf(latencies);

    for (Bucket bucket : snapshot.buckets()) {
      long upper = bucket.upper().toNanos();
      double exact = LongStream.of(latencies).filter(nanos -> nanos <= upper).count() / 10_000.0;
      assertThat(snapshot.shareUpTo(bucket.upper())).isEqualTo(exact);
    }
  }

  @Test
  void shareUpTo_limitThatNoLatencyHas_isNoneOrAll() {
    LatencySnapshot snapshot = snapshotOf(0, 20, Long.MAX_VALUE);

    assertThat(snapshot.shareUpTo(Duration.ofNanos(-1))).isZero();
    assertThat(snapshot.shareUpTo(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(snapshot.shareUpTo(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1)))
        .isOne();
    assertThat(snapshot.shareUpTo(Duration.ofSeconds(Long.MAX_VALUE))).isOne();
  }

  @Test
  void shareUpTo_greatestCounts_isTheShareOfTheBuckets() {
    long half = Long.MAX_VALUE / 2;
    LatencySnapshot even = twoBuckets(half, half);
    LatencySnapshot uneven = twoBuckets(Long.MAX_VALUE - 1, 1);

    assertThat(even.shareUpTo(SHORT.upper())).isCloseTo(0.5, within(1e-15));
    assertThat(even.shareUpTo(LONG.upper().minusNanos(1))).isBetween(0.5, 1.0);
    assertThat(even.shareUpTo(LONG.upper())).isOne();
    assertThat(uneven.shareUpTo(SHORT.upper())).isOne();
    assertThat(uneven.shareUpTo(SHORT.upper().minusNanos(1))).isZero();
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void windows_addUpToTheWhole(long[] latencies) {
    LatencyHistogram histogram = new LatencyHistogram();
    LatencySnapshot before = histogram.snapshot();
    LatencySnapshot windows = LatencySnapshot.EMPTY;
    Random random = new Random(9);
    for (long nanos : latencies) {
      histogram.record(nanos);
      if (random.nextInt(2_000) == 0) {
        LatencySnapshot now = histogram.snapshot();
        windows = windows.plus(now.since(before));
        before = now;
      }
    }
    LatencySnapshot whole = histogram.snapshot();
    windows = windows.plus(whole.since(before));

    assertThat(windows.buckets()).isEqualTo(whole.buckets());
    assertThat(windows.count()).isEqualTo(whole.count());
    assertThat(windows.sum()).isEqualTo(whole.sum());
  }

  /** A window has the percentiles of what was recorded in it, not those of the epoch. */
  @ParameterizedTest
  @MethodSource("distributions")
  void window_hasThePercentilesOfWhatWasRecordedInIt(long[] latencies) {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int n = 0; n < 5_000; n++) {
      histogram.record(77_000_000 + n);
    }
    LatencySnapshot before = histogram.snapshot();
    LongStream.of(latencies).forEach(histogram::record);
    LatencySnapshot window = histogram.snapshot().since(before);
    LatencySnapshot alone = snapshotOf(latencies);

    assertThat(window.buckets()).isEqualTo(alone.buckets());
    assertThat(window.sum()).isEqualTo(alone.sum());
    assertThat(window.min()).isLessThanOrEqualTo(alone.min());
    assertThat(window.max()).isGreaterThanOrEqualTo(alone.max());
    assertThat(window.percentileBounds(0))
        .satisfies(b -> assertThat(window.min()).isBetween(b.lower(), b.upper()));
    assertThat(window.percentileBounds(1))
        .satisfies(b -> assertThat(window.max()).isBetween(b.lower(), b.upper()));
    for (double quantile : QUANTILES) {
      assertThat((double) window.percentile(quantile).toNanos())
          .isCloseTo(
              (double) alone.percentile(quantile).toNanos(),
              within(2 * ERROR * alone.percentile(quantile).toNanos()));
    }
  }

  @Test
  void since_theSameSnapshot_isEmpty() {
    LatencySnapshot snapshot = snapshotOf(1, 2, 3);

    assertThat(snapshot.since(snapshot)).isEqualTo(LatencySnapshot.EMPTY);
    assertThat(snapshot.since(LatencySnapshot.EMPTY)).isSameAs(snapshot);
  }

  @Test
  void since_snapshotsInTheWrongOrder_isNeverNegative() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(5);
    LatencySnapshot earlier = histogram.snapshot();
    histogram.record(5);
    histogram.record(7_000);
    LatencySnapshot later = histogram.snapshot();

    assertThat(earlier.since(later)).isEqualTo(LatencySnapshot.EMPTY);
  }

  @Test
  void plus_anyOrderAndGrouping_isTheSame() {
    Random random = new Random(11);
    LatencySnapshot a = snapshotOf(random.longs(1_000, 0, 1L << 20).toArray());
    LatencySnapshot b = snapshotOf(random.longs(1_000, 1L << 19, 1L << 50).toArray());
    LatencySnapshot c = snapshotOf(random.longs(1_000, 0, 3).toArray());

    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    assertThat(a.plus(LatencySnapshot.EMPTY)).isEqualTo(a);
    assertThat(LatencySnapshot.EMPTY.plus(a)).isEqualTo(a);
  }

  @Test
  void plus_isWhatOneHistogramOfAllWouldHaveShown() {
    long[] latencies = new Random(12).longs(3_000, 0, 1L << 34).toArray();
    LatencySnapshot parts = LatencySnapshot.EMPTY;
    for (int from = 0; from < latencies.length; from += 1_000) {
      parts = parts.plus(snapshotOf(Arrays.copyOfRange(latencies, from, from + 1_000)));
    }

    assertThat(parts).isEqualTo(snapshotOf(latencies));
  }

  @Test
  void sum_ofManyParts_isWhatOneHistogramOfAllWouldHaveShown() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      LatencyHistogram all = new LatencyHistogram();
      List<LatencySnapshot> parts = new ArrayList<>();
      for (int part = random.nextInt(6); part > 0; part--) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = random.nextInt(4); i > 0; i--) {
          long nanos = random.nextLong() >>> (1 + random.nextInt(63));
          histogram.record(nanos);
          all.record(nanos);
        }
        parts.add(histogram.snapshot());
      }

      assertThat(LatencySnapshot.sum(parts)).as("seed %d", seed).isEqualTo(all.snapshot());
    }
  }

  @Test
  void sum_ofNothing_isEmpty() {
    assertThat(LatencySnapshot.sum(List.of())).isEqualTo(LatencySnapshot.EMPTY);
    assertThat(LatencySnapshot.sum(List.of(LatencySnapshot.EMPTY, LatencySnapshot.EMPTY)))
        .isEqualTo(LatencySnapshot.EMPTY);
  }

  @Test
  void plus_greatestCounts_saturates() {
    Bucket full = Bucket.of(0, Long.MAX_VALUE);
    Duration second = Duration.ofSeconds(1);
    LatencySnapshot most = LatencySnapshot.of(List.of(full), second, second, second);

    assertThat(most.plus(most).count()).isEqualTo(Long.MAX_VALUE);
    assertThat(most.plus(most).buckets()).containsExactly(full);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void of_theFiguresOfAnother_isEqualToIt(long[] latencies) {
    LatencySnapshot snapshot = snapshotOf(latencies);
    LatencySnapshot again =
        LatencySnapshot.of(snapshot.buckets(), snapshot.sum(), snapshot.min(), snapshot.max());

    assertThat(again).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
  }

  @Test
  void of_nothing_isEmpty() {
    assertThat(LatencySnapshot.of(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isEqualTo(LatencySnapshot.EMPTY);
  }

  static Stream<Arguments> contradictions() {
    Duration second = Duration.ofSeconds(1);
    Duration nano = Duration.ofNanos(1);
    List<Bucket> one = List.of(Bucket.of(0, 1));
    return Stream.of(
        argumentSet(
            "sum", one, second.negated(), second, second, "sum must be at least zero: PT-1S"),
        argumentSet(
            "min elsewhere",
            one,
            second,
            nano,
            second,
            "min must lie in the first bucket: PT0.000000001S"),
        argumentSet(
            "max elsewhere",
            one,
            second,
            second,
            second.plus(second),
            "max must lie in the last bucket: PT2S"),
        argumentSet(
            "min above max",
            one,
            second,
            second,
            second.minus(nano),
            "min must be at most max: PT1S > PT0.999999999S"),
        argumentSet(
            "order",
            List.of(Bucket.of(0, 1), Bucket.of(0, 2)),
            second,
            second,
            second,
            "buckets must ascend by index: Bucket[index=0, lower=PT0.989228013S, upper=PT1S, count=2]"),
        argumentSet(
            "min without buckets",
            List.of(),
            second,
            nano,
            Duration.ZERO,
            "min must be zero without buckets: PT0.000000001S"),
        argumentSet(
            "max without buckets",
            List.of(),
            second,
            Duration.ZERO,
            nano,
            "max must be zero without buckets: PT0.000000001S"),
        argumentSet(
            "too long",
            one,
            second,
            second,
            Duration.ofSeconds(Long.MAX_VALUE),
            "max must be at most 292 years: PT2562047788015215H30M7S"));
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void of_figuresThatContradictEachOther_areRejected(
      List<Bucket> buckets, Duration sum, Duration min, Duration max, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencySnapshot.of(buckets, sum, min, max))
        .withMessage(message);
  }

  @Test
  void bucket_otherThanTheSchemaHas_isRejected() {
    Duration second = Duration.ofSeconds(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucket.of(Bucket.ZERO_INDEX - 1, 1))
        .withMessage("index must be between -1914 and 2119: -1915");
    assertThatIllegalArgumentException().isThrownBy(() -> Bucket.of(Bucket.LAST_INDEX + 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucket.of(0, 0))
        .withMessage("count must be at least 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bucket(0, Duration.ZERO, second, 1))
        .withMessage("lower must be that of bucket 0: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bucket(0, Bucket.of(0, 1).lower(), Duration.ZERO, 1))
        .withMessage("upper must be that of bucket 0: PT0S");
    assertThat(Bucket.of(Bucket.ZERO_INDEX, 3).upper()).isZero();
    assertThat(Bucket.of(Bucket.LAST_INDEX, 3).upper()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** What t-digest's own assertions, which are on in tests, say is part of the test. */
  @ParameterizedTest
  @MethodSource("distributions")
  void centroids_addUp_andAreCloseInRank(long[] latencies) {
    LatencySnapshot snapshot = snapshotOf(latencies);
    long[] sorted = latencies.clone();
    Arrays.sort(sorted);

    for (double compression : new double[] {10, 20, 50, 100, 200, 500, 1_000}) {
      List<Centroid> centroids = snapshot.centroids(compression);
      assertThat(centroids).hasSizeLessThanOrEqualTo((int) (2 * compression));
      assertThat(centroids.stream().mapToLong(Centroid::count).sum()).isEqualTo(latencies.length);
      assertThat(centroids).isSortedAccordingTo((a, b) -> a.mean().compareTo(b.mean()));
      double allowed = (2 / compression + 1 / 2_000.0) * latencies.length;
      long before = 0;
      for (Centroid centroid : centroids) {
        // the ranks that a latency as long as the mean could have, give or take the error of a
        // bucket
        double mean = centroid.mean().toNanos();
        double middle = before + centroid.count() / 2.0;
        long below = countBelow(sorted, mean * (1 - ERROR) - 1);
        long notAbove = countBelow(sorted, mean * (1 + ERROR) + 1);
        boolean atAnEnd = Math.min(middle, latencies.length - middle) <= 0.01 * latencies.length;
        double here = 1 + (atAnEnd ? allowed / 4 : allowed);
        assertThat(middle)
            .as("compression %s", compression)
            .isBetween(below - here, notAbove + here);
        before += centroid.count();
      }
    }
  }

  private static long countBelow(long[] sorted, double limit) {
    return LongStream.of(sorted).filter(nanos -> nanos < limit).count();
  }

  /** Means of equal latencies differ by the rounding of an addition. */
  @Test
  void centroids_longLatencies_ascend() {
    for (int n = 3; n < 60; n += 7) {
      LatencyHistogram histogram = new LatencyHistogram();
      for (int i = 0; i < n * 50; i++) {
        histogram.record((1L << 52) + i % n * (1L << 45) + 12_345);
      }
      assertThat(histogram.snapshot().centroids(50))
          .isSortedAccordingTo((a, b) -> a.mean().compareTo(b.mean()));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 1_000})
  void centroids_greatestCounts_addUp(double compression) {
    long half = Long.MAX_VALUE / 2;
    for (LatencySnapshot snapshot : List.of(
        twoBuckets(half, half + 1),
        twoBuckets(Long.MAX_VALUE - 1, 1),
        twoBuckets(1, Long.MAX_VALUE - 1),
        snapshotOf(List.of(Bucket.of(0, Long.MAX_VALUE))))) {
      List<Centroid> centroids = snapshot.centroids(compression);

      assertThat(snapshot.count()).isEqualTo(Long.MAX_VALUE);
      assertThat(centroids.stream().mapToLong(Centroid::count).reduce(0, Math::addExact))
          .isEqualTo(Long.MAX_VALUE);
      assertThat(centroids)
          .isSortedAccordingTo(Comparator.comparing(Centroid::mean))
          .allSatisfy(c -> assertThat(c.mean()).isBetween(snapshot.min(), snapshot.max()));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {9.9, 1_000.1, Double.NaN})
  void centroids_compressionOutsideItsRange_isRejected(double compression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> snapshotOf(1).centroids(compression))
        .withMessageStartingWith("compression must be between 10.0 and 1000.0: ");
  }

  @Test
  void centroids_fewLatencies_areTheLatencies() {
    assertThat(snapshotOf(30, 10, 20).centroids(100))
        .containsExactly(
            new Centroid(Duration.ofNanos(10), 1),
            new Centroid(Duration.ofNanos(20), 1),
            new Centroid(Duration.ofNanos(30), 1));
  }

  @Test
  void of_bucketsThatDoNotAscend_areRejected() {
    List<Bucket> thereAndBack = List.of(Bucket.of(5, 1), Bucket.of(10, 1), Bucket.of(5, 1));
    List<Bucket> descending = List.of(Bucket.of(10, 1), Bucket.of(5, 1));
    Duration in5 = Bucket.of(5, 1).upper();

    assertThat(Stream.of(thereAndBack, descending))
        .allSatisfy(buckets -> assertThatIllegalArgumentException()
            .isThrownBy(() -> LatencySnapshot.of(buckets, in5, in5, in5))
            .withMessageStartingWith("buckets must ascend by index: Bucket[index="));
  }

  /** The bounds 1.005 ns and 1.016 ns, for instance, have no whole nanosecond between them. */
  @Test
  void bucket_thatHoldsNoWholeNanosecond_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucket.of(Bucket.ZERO_INDEX + 2, 1))
        .withMessage("index must be that of a bucket that holds a whole nanosecond: "
            + (Bucket.ZERO_INDEX + 2));
    assertThat(Bucket.of(Bucket.ZERO_INDEX + 1, 1).upper()).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void percentile_moreLatenciesThanADoubleCounts_endsWithTheLongest() {
    LatencySnapshot snapshot = LatencySnapshot.of(
        List.of(Bucket.of(-1_000, (1L << 60) - 1), Bucket.of(0, 1)),
        Duration.ofSeconds(1L << 40),
        Bucket.of(-1_000, 1).upper(),
        Duration.ofSeconds(1));

    assertThat(snapshot.percentile(1)).isGreaterThan(Duration.ofMillis(989));
    assertThat(snapshot.percentile(0.5)).isLessThan(Duration.ofMillis(1));
  }

  @Test
  @SuppressWarnings("NullAway") // callers without null checking
  void null_throwsWithTheNameOfTheArgument() {
    LatencySnapshot snapshot = snapshotOf(1);
    List<Bucket> buckets = snapshot.buckets();
    Duration nano = Duration.ofNanos(1);

    assertThatNullPointerException()
        .isThrownBy(() -> LatencySnapshot.of(null, nano, nano, nano))
        .withMessage("buckets must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> LatencySnapshot.of(Collections.singletonList(null), nano, nano, nano));
    assertThatNullPointerException()
        .isThrownBy(() -> LatencySnapshot.of(buckets, null, nano, nano))
        .withMessage("sum must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> LatencySnapshot.of(buckets, nano, null, nano))
        .withMessage("min must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> LatencySnapshot.of(buckets, nano, nano, null))
        .withMessage("max must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot.plus(null))
        .withMessage("other must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot.since(null))
        .withMessage("earlier must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot.shareUpTo(null))
        .withMessage("latency must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Bucket(0, null, LONG.upper(), 1))
        .withMessage("lower must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Bucket(0, LONG.lower(), null, 1))
        .withMessage("upper must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Bounds(null, nano))
        .withMessage("lower must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Bounds(nano, null))
        .withMessage("upper must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Centroid(null, 1))
        .withMessage("mean must not be null");
  }

  @Test
  void bounds_upperBelowLower_isRejected() {
    Duration nano = Duration.ofNanos(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bounds(nano, Duration.ZERO))
        .withMessage("lower must be at most upper: PT0.000000001S > PT0S");
    assertThat(new Bounds(nano, nano).lower()).isEqualTo(nano);
  }

  @Test
  void centroid_negativeMeanOrNoLatency_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Centroid(Duration.ofNanos(-1), 1))
        .withMessage("mean must be at least zero: PT-0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Centroid(Duration.ZERO, 0))
        .withMessage("count must be at least 1: 0");
    assertThat(new Centroid(Duration.ZERO, 1).mean()).isZero();
  }

  @Test
  void toString_isOneReadableLine() {
    assertThat(snapshotOf(1_000_000, 3_000_000))
        .hasToString("LatencySnapshot[count=2, min=PT0.001S, p50=PT0.00100338S, p95=PT0.002995907S,"
            + " p99=PT0.002995907S, max=PT0.003S]");
  }
}
