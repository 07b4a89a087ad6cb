package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jol.info.GraphLayout;

/**
 * How much memory does a distribution of latencies keep?
 *
 * <p>The figure is the counter {@code bytes}; the time is that of counting them. It does not vary,
 * so one fork and one call will do (the counters of several iterations are added up). With one
 * distribution for the whole swarm any of them is small; should the library keep one for each
 * client, as the documents do, this is the figure to multiply.
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

  /** Who keeps the latencies. */
  @Param
  public LatencyContender contender;

  private Recording fresh;
  private Recording filled;

  /** Nothing was recorded yet. */
  @Benchmark
  public void retained_fresh(Memory memory) {
    memory.bytes = GraphLayout.parseInstance(fresh).totalSize();
  }

  /** One thread has recorded, and a reader has read. */
  @Benchmark
  public void retained_filled(Memory memory) {
    memory.bytes = GraphLayout.parseInstance(filled).totalSize();
  }

  /** Makes both. */
  @Setup
  public void fill() {
    fresh = contender.create();
    filled = contender.create();
    LatencySamples samples = new LatencySamples();
    for (int i = 0; i < FILL; i++) {
      filled.record(samples.next());
    }
    filled.read().check(FILL);
  }

  /** What is counted. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    /** Of all objects that the contender alone can reach. */
    public long bytes;
  }
}
