package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.DistributionContender.Distribution;
import io.swarmstats.latency.LatencySnapshot;
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
 * What does it cost to subtract an earlier distribution from a later one?
 *
 * <p>{@link LatencySnapshot#since} makes a new value. HdrHistogram subtracts in place, so the later
 * histogram is copied first. No other contender can subtract. If a copy and a subtraction of
 * HdrHistogram take clearly less time, the library's subtraction is wasteful.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(1)
public class LatencySinceBenchmark {

  private static final int EARLIER = 100_000;
  private static final int LATER = 10_000; // more

  @Param({"SHIPPED", "HDR_HISTOGRAM"})
  public DistributionContender contender;

  private Supplier<Distribution> since;

  @Benchmark
  public Object since_quiet() {
    return since.get();
  }

  @Setup(Level.Trial)
  public void fill() {
    since = contender.since(new LatencySamples(), EARLIER, LATER);
  }

  /** Fails if samples are missing, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    since.get().percentiles().check(LATER);
  }
}
