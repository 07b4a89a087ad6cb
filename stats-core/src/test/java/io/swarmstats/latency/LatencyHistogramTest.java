package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.Race;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

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

  @Test
  void record_manyThreads_losesNothing_andMakesNoMoreRowsThanProcessors() {
    int threads = 200;
    int each = 2_000;
    Race.inThreads(threads, () -> {
      for (int n = 1; n <= each; n++) {
        histogram.record(n);
      }
    });
    LatencySnapshot snapshot = histogram.snapshot();

    assertThat(histogram.rows()).isBetween(1, PROCESSORS);
    assertThat(snapshot.count()).isEqualTo((long) threads * each);
    assertThat(snapshot.sum()).isEqualTo(Duration.ofNanos((long) threads * each * (each + 1) / 2));
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
   * A caller runs out of stack somewhere inside the histogram, catches the error and goes on. An
   * error between a lock and its release would leave the lock held: the snapshot would hang.
   */
  @Test
  void record_stackOverflowAtAnyPoint_losesNoLatencyWhoseCallReturned_andSnapshotsGoOn()
      throws InterruptedException {
    for (int n = 0; n < 20_000; n++) {
      histogram.record(1_000_000); // compiled, as in a program that runs for a while
    }
    long before = histogram.snapshot().count();
    AtomicLong returned = new AtomicLong();
    AtomicLong thrown = new AtomicLong();
    Runnable atTheEndOfTheStack = new Runnable() {
      private int attempts = 400;

      @Override
      @SuppressWarnings("InfiniteRecursion") // the end of the stack is the purpose
      public void run() {
        try {
          run();
        } catch (StackOverflowError e) {
          // the deepest frames have the least room
        }
        if (attempts > 0) {
          attempts--;
          try {
            histogram.record(1_000_000);
            returned.incrementAndGet();
          } catch (StackOverflowError e) {
            thrown.incrementAndGet();
          }
        }
      }
    };
    for (int trial = 0; trial < 40; trial++) {
      Thread thread = new Thread(null, atTheEndOfTheStack, "deep", 256 * 1024L);
      thread.start();
      thread.join();
    }
    LatencySnapshot snapshot = histogram.snapshot();

    assertThat(returned.get()).isPositive();
    assertThat(snapshot.count())
        .isBetween(before + returned.get(), before + returned.get() + thrown.get());
    assertThat(snapshot.mean()).isBetween(snapshot.min(), snapshot.max());
  }
}
