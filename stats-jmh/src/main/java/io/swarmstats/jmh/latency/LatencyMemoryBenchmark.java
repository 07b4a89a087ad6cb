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
 * How much memory does a distribution of latencies retain?
 *
 * <p>The result is the counter {@code bytes}, which is the same in every run. One fork and one call
 * are enough; JMH would add up the counters of several iterations. The time means nothing.
 *
 * <p>With one distribution for the whole swarm, every contender is small. If the library kept one
 * distribution per client, as in the Go documents, a swarm would take these bytes once per client.
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

  @Param
  public LatencyContender contender;

  private Recording fresh;
  private Recording filled;

  /** A distribution without samples. */
  @Benchmark
  public void retained_fresh(Memory memory) {
    memory.bytes = GraphLayout.parseInstance(fresh).totalSize();
  }

  /** A distribution that one thread filled and a reader read. */
  @Benchmark
  public void retained_filled(Memory memory) {
    memory.bytes = GraphLayout.parseInstance(filled).totalSize();
  }

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

  /** The result. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Memory {
    /** The bytes of all objects that only the contender reaches. */
    public long bytes;
  }
}
