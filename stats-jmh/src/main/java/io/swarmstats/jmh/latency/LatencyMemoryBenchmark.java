package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import io.swarmstats.latency.LatencyHistogram;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jol.info.GraphLayout;

/**
 * How much memory does a distribution of latencies retain?
 *
 * <p>The budget of {@link LatencyHistogram} is 32 KB, and 32 KB more for each further thread that
 * contends, at most one a processor. The number of latencies does not matter. If a contender with a
 * comparable error and range takes clearly less, the library's row of counters is the wrong layout.
 *
 * <p>The result is the counter {@code bytes}: the memory that a second distribution adds to the
 * first. Memory that both share does not count. One fork and one call are enough; JMH would add up
 * the counters of several iterations. The time means nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Threads(1)
public class LatencyMemoryBenchmark {

  private static final int FILL = 100_000;
  private static final int FILL_CONTENDED = 1_000_000; // by each thread: long enough to run at once
  private static final int THREADS = 2;

  static {
    // JOL reads the property at its first use, and cannot look into records without the property
    System.setProperty("jol.magicFieldOffset", "true");
  }

  @Param
  public LatencyContender contender;

  /** A distribution without samples. */
  @Benchmark
  public void retained_fresh(Memory memory) {
    memory.measure(contender::create);
  }

  /** A distribution that one thread filled and a reader read. */
  @Benchmark
  public void retained_filled(Memory memory) {
    memory.measure(() -> {
      Recording recording = contender.create();
      fill(recording, FILL);
      recording.read().check(FILL);
      return recording;
    });
  }

  /** A distribution that two threads filled at the same time and a reader read. */
  @Benchmark
  public void retained_contended(Memory memory) {
    memory.measure(() -> {
      Recording recording = contender.create();
      fillContended(recording);
      recording.read().check((long) THREADS * FILL_CONTENDED);
      return recording;
    });
  }

  private static void fill(Recording recording, int count) {
    LatencySamples samples = new LatencySamples();
    for (int i = 0; i < count; i++) {
      recording.record(samples.next());
    }
  }

  private static void fillContended(Recording recording) {
    CountDownLatch start = new CountDownLatch(THREADS);
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      threads[i] = new Thread(() -> {
        start.countDown();
        try {
          start.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        fill(recording, FILL_CONTENDED);
      });
      threads[i].start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The result. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    /** The bytes that one more distribution takes. */
    public long bytes;

    void measure(Supplier<?> distribution) {
      Object one = distribution.get();
      Object another = distribution.get();
      bytes = GraphLayout.parseInstance(one, another).totalSize()
          - GraphLayout.parseInstance(one).totalSize();
    }
  }
}
