package io.swarmstats.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.FullHeap;
import io.swarmstats.OtherJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The heap is full when a histogram needs memory for a row. A test that fills the heap would harm
 * the tests beside it. So this test starts a JVM with a small heap.
 */
class OutOfMemoryTest {

  @Test
  void record_noMemoryForARow_losesNoLatencyButTheFirst_andRecoversOnceThereIsMemory()
      throws IOException, InterruptedException {
    String output =
        OtherJvm.run(List.of("-Xmx16m", "-XX:+UseSerialGC"), WithAFullHeap.class, List.of());

    assertThat(output.lines())
        .containsExactly(
            "without a row: rejected 1, count 0, rows 0",
            "with memory again: rejected 1, count 1, rows 1",
            "threads without memory for another row: rejected 1, count "
                + (1 + WithAFullHeap.THREADS * WithAFullHeap.EACH)
                + ", rows 1");
  }

  /** The program of the other JVM. */
  static final class WithAFullHeap {
    static final int THREADS = 2;
    static final int EACH = 300_000;

    private static final LatencyHistogram HISTOGRAM = new LatencyHistogram();
    private static final AtomicInteger ARRIVED = new AtomicInteger();
    private static final AtomicInteger DONE = new AtomicInteger();
    private static volatile boolean full;

    private WithAFullHeap() {}

    public static void main(String[] args) throws InterruptedException {
      FullHeap.fill();
      HISTOGRAM.record(1_000);
      FullHeap.empty();
      report("without a row");

      HISTOGRAM.record(1_000);
      report("with memory again");

      Thread[] threads = new Thread[THREADS];
      for (int i = 0; i < THREADS; i++) {
        threads[i] = new Thread(WithAFullHeap::recordOnceFull);
        threads[i].start();
      }
      awaitAll(ARRIVED);
      FullHeap.fill();
      full = true;
      awaitAll(DONE);
      FullHeap.empty();
      full = false;
      for (Thread thread : threads) {
        thread.join();
      }
      report("threads without memory for another row");
    }

    /** Contends for the one row. A thread that does not get it looks for another one. */
    private static void recordOnceFull() {
      ARRIVED.incrementAndGet();
      while (!full) {
        Thread.onSpinWait();
      }
      try {
        for (int n = 0; n < EACH; n++) {
          HISTOGRAM.record(1_000);
        }
      } finally {
        DONE.incrementAndGet();
        while (full) {
          Thread.onSpinWait(); // the end of a thread can need memory
        }
      }
    }

    private static void awaitAll(AtomicInteger threads) {
      while (threads.get() < THREADS) {
        Thread.onSpinWait();
      }
    }

    private static void report(String state) {
      LatencySnapshot snapshot = HISTOGRAM.snapshot();
      System.out.println(state + ": rejected " + HISTOGRAM.rejectedUpdates() + ", count "
          + snapshot.count() + ", rows " + HISTOGRAM.rows());
    }
  }
}
