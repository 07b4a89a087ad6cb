package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.swarmstats.Race;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final long LONGEST_IN_SUM = (1L << 48) - 1;

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void snapshot_withoutALatency_isEmpty() {
    assertThat(histogram.snapshot()).isEqualTo(LatencySnapshot.EMPTY);
    assertThat(histogram.rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1_000, Long.MIN_VALUE})
  void record_negative_isRejectedAndCounted(long nanos) {
    histogram.record(nanos);
    histogram.record(5);

    assertThat(histogram.rejectedUpdates()).isEqualTo(1);
    assertThat(histogram.snapshot().count()).isEqualTo(1);
    assertThat(histogram.snapshot().min()).isEqualTo(Duration.ofNanos(5));
  }

  @Test
  void record_oneThread_makesOneRow() {
    for (int n = 0; n < 100_000; n++) {
      histogram.record(n);
    }

    assertThat(histogram.rows()).isEqualTo(1);
    assertThat(histogram.snapshot().count()).isEqualTo(100_000);
  }

  @Test
  void record_allOfLong_keepsCountSumAndExtremes() {
    long[] latencies = {0, 1, 2, 999, 1_000_000_000, Long.MAX_VALUE / 2, Long.MAX_VALUE};
    BigInteger sum = BigInteger.ZERO;
    for (int round = 0; round < 1_000; round++) {
      for (long nanos : latencies) {
        histogram.record(nanos);
        sum = sum.add(BigInteger.valueOf(nanos));
      }
    }
    LatencySnapshot snapshot = histogram.snapshot();

    assertThat(snapshot.count()).isEqualTo(7_000);
    assertThat(snapshot.buckets()).extracting(LatencySnapshot.Bucket::count).containsOnly(1_000L);
    assertThat(nanosOf(snapshot.sum())).isEqualTo(sum);
    assertThat(snapshot.min()).isZero();
    assertThat(snapshot.max()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  private static BigInteger nanosOf(Duration duration) {
    return BigInteger.valueOf(duration.getSeconds())
        .multiply(BigInteger.valueOf(1_000_000_000))
        .add(BigInteger.valueOf(duration.getNano()));
  }

  /** The sum passes four multiples of 2^63 ns. The latency after each pass is a case of its own. */
  @Test
  void record_sumBeyondLong_isExactAfterEachLatency() {
    for (int n = 1; n <= 150_000; n++) {
      histogram.record(LONGEST_IN_SUM);

      assertThat(histogram.snapshot().sum())
          .isEqualTo(Duration.ofNanos(LONGEST_IN_SUM).multipliedBy(n));
    }
  }

  /**
   * The sums of all rows pass multiples of 2^63 ns. All latencies are equal, so in each snapshot
   * the count determines the sum.
   */
  @ParameterizedTest
  @ValueSource(longs = {LONGEST_IN_SUM, LONGEST_IN_SUM + 12_345, Long.MAX_VALUE})
  void record_sumBeyondLongOfSeveralThreads_isExactInEachSnapshot(long nanos) {
    Duration latency = Duration.ofNanos(nanos);
    int threads = 3;
    int each = 200_000;
    Race.observed(
        () -> {
          LatencySnapshot now = histogram.snapshot();
          assertThat(now.sum()).isEqualTo(latency.multipliedBy(now.count()));
        },
        Collections.nCopies(threads, () -> recordTimes(each, nanos)));

    assertThat(histogram.snapshot().sum()).isEqualTo(latency.multipliedBy((long) threads * each));
  }

  /** From 2^48 ns on, another cell holds the upper bits of a latency. */
  @Test
  void record_latenciesAroundTheLimitOfTheSum_areAddedExactly() {
    long limit = LONGEST_IN_SUM + 1;
    long[] latencies = {
      limit - 1,
      limit,
      limit + 1,
      limit + (1L << 32) - 1,
      limit + (1L << 32),
      2 * limit - 1,
      2 * limit,
      Long.MAX_VALUE
    };
    int threads = 3;
    int each = 20_000;
    Race.inThreads(threads, () -> recordTimes(each, latencies));
    Duration ofOneRound =
        LongStream.of(latencies).mapToObj(Duration::ofNanos).reduce(Duration.ZERO, Duration::plus);

    assertThat(histogram.snapshot().sum())
        .isEqualTo(ofOneRound.multipliedBy((long) threads * each));
    assertThat(histogram.snapshot().count()).isEqualTo((long) threads * each * latencies.length);
  }

  private void recordTimes(int times, long... latencies) {
    for (int n = 0; n < times; n++) {
      for (long nanos : latencies) {
        histogram.record(nanos);
      }
    }
  }

  @Test
  void record_manyThreadsBesideAReader_losesNothing_andMakesNoMoreRowsThanProcessors() {
    int threads = 200;
    int each = 2_000;
    int snapshots = 50;
    AtomicInteger taken = new AtomicInteger();
    AtomicLong rounds = new AtomicLong();
    AtomicReference<LatencySnapshot> before = new AtomicReference<>(LatencySnapshot.EMPTY);
    Race.Action round = () -> {
      do {
        for (int n = 1; n <= each; n++) {
          histogram.record(n);
        }
        rounds.incrementAndGet();
      } while (taken.get() < snapshots && !Thread.currentThread().isInterrupted());
    };
    Race.observed(
        () -> {
          long atLeast = Math.max(before.get().count(), rounds.get() * each);
          LatencySnapshot now = histogram.snapshot();
          assertThat(now.count()).isGreaterThanOrEqualTo(atLeast);
          assertThat(now.sum()).isGreaterThanOrEqualTo(before.get().sum());
          before.set(now);
          taken.incrementAndGet();
        },
        Collections.nCopies(threads, round));
    LatencySnapshot snapshot = histogram.snapshot();

    assertThat(taken).hasValueGreaterThanOrEqualTo(snapshots);
    assertThat(histogram.rows()).isBetween(1, PROCESSORS);
    assertThat(rounds).hasValueGreaterThanOrEqualTo(threads);
    assertThat(snapshot.count()).isEqualTo(rounds.get() * each);
    assertThat(snapshot.sum()).isEqualTo(Duration.ofNanos(rounds.get() * each * (each + 1) / 2));
    assertThat(snapshot.min()).isEqualTo(Duration.ofNanos(1));
    assertThat(snapshot.max()).isEqualTo(Duration.ofNanos(each));
  }

  @Test
  void snapshot_besideAWriter_makesNoRow() {
    List<Race.Action> readers = new ArrayList<>();
    AtomicLong seen = new AtomicLong();
    for (int i = 0; i < 8; i++) {
      readers.add(() -> {
        for (int n = 0; n < 200; n++) {
          seen.addAndGet(histogram.snapshot().count());
        }
      });
    }
    readers.add(() -> {
      for (int n = 0; n < 100_000; n++) {
        histogram.record(n);
      }
    });
    Race.of(readers);

    assertThat(histogram.rows()).isEqualTo(1);
    assertThat(histogram.snapshot().count()).isEqualTo(100_000);
  }

  /** What each snapshot of one observer promises while others record. */
  @Test
  void snapshots_besideWriters_neverFall_andAreWithinWhatTheirBucketsAllow() {
    int each = 200_000;
    AtomicReference<LatencySnapshot> before = new AtomicReference<>(LatencySnapshot.EMPTY);
    Race.observed(
        () -> {
          LatencySnapshot now = histogram.snapshot();
          LatencySnapshot window = now.since(before.get());
          assertThat(now.count()).isGreaterThanOrEqualTo(before.get().count());
          assertThat(now.sum()).isGreaterThanOrEqualTo(before.get().sum());
          assertThat(window.count()).isEqualTo(now.count() - before.get().count());
          assertThat(window.sum()).isEqualTo(now.sum().minus(before.get().sum()));
          if (!now.isEmpty()) {
            LatencySnapshot.Bucket lowest = now.buckets().get(0);
            LatencySnapshot.Bucket highest = now.buckets().get(now.buckets().size() - 1);
            assertThat(now.min()).isBetween(lowest.lower(), lowest.upper());
            assertThat(now.max()).isBetween(highest.lower(), highest.upper());
            assertThat(now.mean()).isBetween(now.min(), now.max());
          }
          before.set(now);
        },
        recording(each, 1),
        recording(each, 2));

    assertThat(before.get().count()).isEqualTo(2L * each);
  }

  private Race.Action recording(int times, long seed) {
    return () -> {
      Random random = new Random(seed);
      for (int n = 0; n < times; n++) {
        histogram.record(random.nextLong() >>> (1 + random.nextInt(63)));
      }
    };
  }

  /**
   * A caller runs out of stack somewhere inside the histogram, catches the error and goes on. Every
   * second histogram has no row, so that the error can also come while the first row is made.
   */
  @Test
  void record_stackOverflowAtAnyPoint_losesNoLatencyWhoseCallReturned_andSnapshotsGoOn()
      throws InterruptedException {
    recordTimes(20_000, 1_000_000); // compiled, as in a program that runs for a while
    long returned = 0;
    long begun = 0;
    for (int trial = 0; trial < 300; trial++) {
      LatencyHistogram subject = new LatencyHistogram();
      long before = trial % 2;
      if (before == 1) {
        subject.record(1_000_000);
      }
      AtTheEndOfAStack recording = new AtTheEndOfAStack(subject);
      Thread thread = new Thread(null, recording, "deep", 180_000 + trial % 50 * 16);
      thread.start();
      thread.join();

      LatencySnapshot snapshot = snapshotOf(subject);
      assertThat(snapshot.count()).isBetween(before + recording.returned, before + recording.begun);
      assertThat(snapshot.mean()).isBetween(snapshot.min(), snapshot.max());
      subject.record(1_000_000);
      assertThat(snapshotOf(subject).count()).isEqualTo(snapshot.count() + 1);
      assertThat(subject.rejectedUpdates()).isZero();
      returned += recording.returned;
      begun += recording.begun;
    }

    assertThat(returned).isPositive();
    assertThat(begun).isGreaterThan(returned);
  }

  private static LatencySnapshot snapshotOf(LatencyHistogram subject) {
    return assertTimeoutPreemptively(Duration.ofSeconds(10), subject::snapshot);
  }

  /** Calls itself to the end of the stack, and records in the deepest frames on the way back. */
  private static final class AtTheEndOfAStack implements Runnable {
    private static final int ATTEMPTS = 40;

    private final LatencyHistogram histogram;
    private long begun; // plain numbers: a call could overflow too
    private long returned;

    AtTheEndOfAStack(LatencyHistogram histogram) {
      this.histogram = histogram;
    }

    @Override
    @SuppressWarnings("InfiniteRecursion") // the end of the stack is the purpose
    public void run() {
      try {
        run();
      } catch (StackOverflowError e) {
        // the deepest frames have the least room
      }
      if (begun < ATTEMPTS) {
        begun++;
        try {
          histogram.record(1_000_000);
          returned++;
        } catch (StackOverflowError e) {
          // no room here
        }
      }
    }
  }
}
