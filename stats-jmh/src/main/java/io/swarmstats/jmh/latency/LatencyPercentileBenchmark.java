package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.DistributionContender.Distribution;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a percentile cost if the reader already holds the distribution?
 *
 * <p>Every contender goes through its buckets or centroids up to the rank. If another one is
 * several times faster, the library should keep cumulative counts, or search them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(1)
public class LatencyPercentileBenchmark {

  private static final int FILL = 100_000;

  @Param
  public DistributionContender contender;

  private Distribution distribution;
  private double quantile = 0.99; // not final: the compiler must not compute the rank in advance

  /** The 99th percentile: nearly all buckets lie below it. */
  @Benchmark
  public long percentile_p99() {
    return distribution.percentile(quantile);
  }

  /** Fails if samples are missing, because the times would then mean nothing. */
  @Setup(Level.Trial)
  public void fill() {
    distribution = contender.of(new LatencySamples(), FILL);
    distribution.percentiles().check(FILL);
  }
}
