package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmstats.Race;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyDigestTest {

  private final LatencyDigest digest = new LatencyDigest();

  private static long[] logNormal(long seed, int count) {
    Random random = new Random(seed);
    return LongStream.generate(() -> Math.round(50e6 * Math.exp(random.nextGaussian())))
        .limit(count)
        .toArray();
  }

  private void record(long... samples) {
    LongStream.of(samples).forEach(digest::record);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1_000_000, Long.MIN_VALUE})
  void record_negative_isRejectedAndCounted(long nanos) {
    record(5);
    LatencySnapshot before = digest.snapshot();
    digest.record(nanos);

    assertThat(digest.rejectedUpdates()).isEqualTo(1);
    assertThat(digest.snapshot()).isEqualTo(before);
  }

  @Test
  void rejectedUpdates_onlyGoodSamples_isZero() {
    record(0, 1, Long.MAX_VALUE);

    assertThat(digest.rejectedUpdates()).isZero();
  }

  @Test
  void snapshot_nothingRecorded_isEmpty() {
    assertThat(digest.snapshot().isEmpty()).isTrue();
    record(-1);
    assertThat(digest.snapshot().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 258, 511, 512, 513, 514, 1000, 10_007})
  void snapshot_anyNumberOfSamples_hasThemAll(int count) {
    LongStream.rangeClosed(1, count).forEach(digest::record);
    LatencySnapshot snapshot = digest.snapshot();

    assertThat(snapshot.count()).isEqualTo(count);
    assertThat(snapshot.min()).isEqualTo(Duration.ofNanos(1));
    assertThat(snapshot.max()).isEqualTo(Duration.ofNanos(count));
    assertThat(snapshot.mean()).isEqualTo(Duration.ofNanos((count + 1) / 2));
  }

  @Test
  void snapshot_afterEachSample_hasThatSample() {
    for (int count = 1; count <= 2000; count++) {
      digest.record(count);
      LatencySnapshot snapshot = digest.snapshot();

      assertThat(snapshot.count()).isEqualTo(count);
      assertThat(snapshot.max()).isEqualTo(Duration.ofNanos(count));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 2, 1",
    "0, 9223372036854775807, 4611686018427387903",
    "9223372036854775807, 9223372036854775807, 9223372036854775807",
    "9223372036854775806, 9223372036854775807, 9223372036854775806",
    "9007199254740993, 9007199254740995, 9007199254740994"
  })
  void mean_twoSamples_isExactAndRoundedDown(long first, long second, long expected) {
    record(first, second);
    LatencySnapshot snapshot = digest.snapshot();

    assertThat(snapshot.mean()).isEqualTo(Duration.ofNanos(expected));
    assertThat(snapshot.min()).isEqualTo(Duration.ofNanos(first));
    assertThat(snapshot.max()).isEqualTo(Duration.ofNanos(second));
  }

  @Test
  void mean_manySamplesOfEverySize_agreesWithBigInteger() {
    long[] samples = new Random(5).longs(20_000).map(value -> value >>> 1).toArray();
    record(samples);
    BigInteger sum = LongStream.of(samples)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ZERO, BigInteger::add);
    LatencySnapshot snapshot = digest.snapshot();

    assertThat(snapshot.mean())
        .isEqualTo(Duration.ofNanos(sum.divide(BigInteger.valueOf(20_000)).longValueExact()));
    assertThat(snapshot.min())
        .isEqualTo(Duration.ofNanos(Arrays.stream(samples).min().orElseThrow()));
    assertThat(snapshot.max())
        .isEqualTo(Duration.ofNanos(Arrays.stream(samples).max().orElseThrow()));
  }

  @Test
  void snapshot_laterSamples_doNotChangeIt() {
    record(10, 20, 30);
    LatencySnapshot early = digest.snapshot();
    record(LongStream.range(0, 5000).toArray());
    digest.snapshot();

    assertThat(early.count()).isEqualTo(3);
    assertThat(early.max()).isEqualTo(Duration.ofNanos(30));
    assertThat(early.mean()).isEqualTo(Duration.ofNanos(20));
    assertThat(early.p50()).isEqualTo(Duration.ofNanos(20));
  }

  @Test
  void snapshot_nothingNew_isTheLast() {
    record(logNormal(1, 5000));

    assertThat(digest.snapshot()).isSameAs(digest.snapshot());
  }

  /** Runs an action in a separate thread while another thread holds the locks of all stripes. */
  private void whileLocked(Runnable action) {
    LatencyStripe[] stripes = digest.stripes();
    AtomicBoolean locked = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    Race.of(
        () -> {
          Race.await(locked::get);
          action.run();
          done.set(true);
        },
        () -> {
          for (LatencyStripe stripe : stripes) {
            stripe.lock.lock();
          }
          locked.set(true);
          Race.await(done::get);
          for (LatencyStripe stripe : stripes) {
            stripe.lock.unlock();
          }
        });
  }

  @Test
  void stripes_oneWriterAfterTheOther_areOne() {
    assertThat(digest.stripes()).isEmpty();
    for (int thread = 0; thread < 3; thread++) {
      Race.of(() -> record(logNormal(1, 5000)));
      digest.snapshot();
    }

    assertThat(digest.stripes()).hasSize(1);
  }

  @Test
  void record_everyLockHeld_addsAStripeAndMergesThere() {
    record(5);
    for (int stripes = 2; stripes <= 4; stripes++) {
      whileLocked(() -> record(logNormal(1, 100_000)));

      assertThat(digest.stripes()).hasSize(stripes);
      assertThat(digest.snapshot().count()).isEqualTo(1 + 100_000L * (stripes - 1));
    }
  }

  /**
   * The writing thread already holds the lock and could lock again. Only the waiting reader stops
   * the writer.
   */
  @Test
  void record_aReaderWaits_leavesTheStripeToIt() {
    record(5);
    ReentrantLock lock = digest.stripes()[0].lock;
    Race.of(
        () -> {
          lock.lock();
          try {
            Race.await(lock::hasQueuedThreads);
            record(logNormal(1, 5000));
          } finally {
            lock.unlock();
          }
        },
        () -> {
          Race.await(lock::isLocked);
          digest.snapshot();
        });

    assertThat(digest.stripes()).hasSize(2);
    assertThat(digest.snapshot().count()).isEqualTo(5001);
  }

  @Test
  void record_twoThreadsFlatOut_addNoMoreStripesThanTheyNeed() {
    Race.inThreads(2, () -> {
      for (int i = 0; i < 500_000; i++) {
        digest.record(1_000 + i * 7919L % 1_000_003);
      }
    });

    // two, or a few more if a thread lost its processor while it searched for a free stripe
    assertThat(digest.stripes()).hasSizeLessThan(8);
    assertThat(digest.snapshot().count()).isEqualTo(1_000_000);
  }

  @Test
  void snapshot_severalStripes_nothingNew_isTheSame() {
    record(5);
    whileLocked(() -> record(logNormal(2, 5000)));
    LatencySnapshot snapshot = digest.snapshot();

    assertThat(digest.snapshot()).isSameAs(snapshot);
    record(6);
    assertThat(digest.snapshot().count()).isEqualTo(5002);
  }

  @Test
  void percentile_severalStripes_isWithinHalfAPercentOfTheRank() {
    long[] samples = logNormal(3, 100_000);
    record(Arrays.copyOfRange(samples, 0, 10_000));
    whileLocked(() -> record(Arrays.copyOfRange(samples, 10_000, 60_000)));
    whileLocked(() -> record(Arrays.copyOfRange(samples, 60_000, 100_000)));

    assertRankError(samples, digest.snapshot());
  }

  @Test
  void percentile_stripesOfDifferentRanges_isWithinHalfAPercentOfTheRank() {
    long[] samples = LongStream.range(0, 3)
        .flatMap(i -> Arrays.stream(logNormal(i, 20_000)).map(nanos -> (1 << (3 * i)) * nanos))
        .toArray();
    record(Arrays.copyOfRange(samples, 0, 20_000));
    whileLocked(() -> record(Arrays.copyOfRange(samples, 20_000, 40_000)));
    whileLocked(() -> record(Arrays.copyOfRange(samples, 40_000, 60_000)));

    assertRankError(samples, digest.snapshot());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void percentile_hundredThousandLogNormalSamples_isWithinHalfAPercentOfTheRank(long seed) {
    long[] samples = logNormal(seed, 100_000);
    record(samples);

    assertRankError(samples, digest.snapshot());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void percentile_snapshotEveryTenSamples_isWithinHalfAPercentOfTheRank(long seed) {
    long[] samples = logNormal(seed, 100_000);
    for (int i = 0; i < samples.length; i++) {
      digest.record(samples[i]);
      if (i % 10 == 0) {
        digest.snapshot();
      }
    }

    assertRankError(samples, digest.snapshot());
  }

  @Test
  void percentile_ascendingSamples_isWithinHalfAPercentOfTheRank() {
    long[] samples = logNormal(4, 100_000);
    Arrays.sort(samples);
    record(samples);

    assertRankError(samples, digest.snapshot());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void percentile_samplesWithAGap_isWithinTwoAndAHalfPercentOfTheRank(long seed) {
    Random random = new Random(seed);
    long[] samples = new long[200_000];
    for (int i = 0; i < samples.length; i++) {
      double millis = random.nextInt(100) < 52 ? 20 : 200; // a cache with hits and misses
      samples[i] = Math.round(millis * 1e6 * (1 + random.nextGaussian() / 10));
    }
    record(samples);

    assertRankError(samples, digest.snapshot(), 0.025);
  }

  @Test
  void percentile_fewDistinctValues_isWithinTwoAndAHalfPercentOfTheRank() {
    long[] samples =
        new Random(6).longs(200_000, 1, 13).map(millis -> millis * 1_000_000).toArray();
    record(samples);

    assertRankError(samples, digest.snapshot(), 0.025);
  }

  private static void assertRankError(long[] samples, LatencySnapshot snapshot) {
    assertRankError(samples, snapshot, 0.005);
  }

  /**
   * Asserts for many quantiles that the rank of the returned value is near the requested rank.
   *
   * @param bound the greatest difference, as a share of the count
   */
  private static void assertRankError(long[] samples, LatencySnapshot snapshot, double bound) {
    long[] sorted = samples.clone();
    Arrays.sort(sorted);
    assertThat(snapshot.count()).isEqualTo(sorted.length);
    for (int permille = 0; permille <= 1000; permille++) {
      double quantile = permille / 1000.0;
      long value = snapshot.percentile(quantile).toNanos();
      double rank = Math.max(1, Math.ceil(quantile * sorted.length));
      // the first and the last rank of the value
      int lowest = Ranks.countBelow(sorted.length, i -> sorted[i], value) + 1;
      int highest = Math.max(lowest, Ranks.countBelow(sorted.length, i -> sorted[i], value + 1));
      double error = Math.max(0, Math.max(lowest - rank, rank - highest));
      assertThat(error / sorted.length).as("rank error at %s", quantile).isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -1, 9.999, 10_000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void constructor_compressionOutsideItsRange_throwsWithTheValue(double compression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatencyDigest(compression))
        .withMessage("compression must be between 10.0 and 10000.0: " + compression);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 20, 100, 10_000})
  void constructor_compressionWithinItsRange_keepsTheExactFigures(double compression) {
    LatencyDigest subject = new LatencyDigest(compression);
    LongStream.rangeClosed(1, 10_000).forEach(subject::record);
    LatencySnapshot snapshot = subject.snapshot();

    assertThat(snapshot.count()).isEqualTo(10_000);
    assertThat(snapshot.mean()).isEqualTo(Duration.ofNanos(5000));
    assertThat(snapshot.percentile(0)).isEqualTo(Duration.ofNanos(1));
    assertThat(snapshot.percentile(1)).isEqualTo(Duration.ofNanos(10_000));
    assertThat(snapshot.p50()).isBetween(Duration.ofNanos(4500), Duration.ofNanos(5500));
  }
}
