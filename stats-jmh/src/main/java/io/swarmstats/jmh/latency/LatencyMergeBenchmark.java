package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.DistributionContender.Distribution;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to add up the latencies of 1,000 nodes or clients?
 *
 * <p>The budget of the library is 5 ms. A merge that costs more would limit how often a fleet can
 * be shown. If another histogram is several times faster, the library should add in place and not
 * make a new value for each addition.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(1)
public class LatencyMergeBenchmark {

  private static final int PARTS = 1_000;
  private static final int SAMPLES = 1_000; // in each part

  @Param
  public DistributionContender contender;

  private Supplier<Distribution> merge;

  /** Adds up 1,000 distributions, beginning with an empty one. */
  @Benchmark
  public Object merge_thousand() {
    return merge.get();
  }

  @Setup(Level.Trial)
  public void fill() {
    merge = contender.merge(new LatencySamples(), PARTS, SAMPLES);
  }

  /** Fails if latencies are missing, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    merge.get().percentiles().check((long) PARTS * SAMPLES);
  }
}
