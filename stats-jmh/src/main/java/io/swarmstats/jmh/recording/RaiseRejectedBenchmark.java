package io.swarmstats.jmh.recording;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost to offer a maximum what it already has?
 *
 * <p>Most offers are of this kind: a drift or a drop rate is seldom the highest ever. The budget of
 * the cell is 2 times a volatile read. If it costs more, the cell is wrong: a rejection has to read
 * and compare, and no more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class RaiseRejectedBenchmark {

  /** Who keeps the maximum. */
  @Param
  public MaximumContender contender;

  private MaximumContender.Maximum maximum;

  /** One call at a time. */
  @Benchmark
  @Threads(1)
  public void raise_rejected_alone(Blackhole result) {
    maximum.raise(MaximumContender.LOWEST, result);
  }

  /** Two threads on one maximum. */
  @Benchmark
  @Threads(2)
  public void raise_rejected_contended(Blackhole result) {
    maximum.raise(MaximumContender.LOWEST, result);
  }

  /** In each iteration only the first call is not rejected. */
  @Setup(Level.Iteration)
  public void newMaximum() {
    maximum = contender.newMaximum();
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Iteration)
  public void assertRaised() {
    if (maximum.value() != MaximumContender.LOWEST) {
      throw new IllegalStateException(contender + " is at " + maximum.value());
    }
  }
}
