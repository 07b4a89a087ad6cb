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
 * What does it cost to raise a maximum with every call?
 *
 * <p>The bytes of a run rise with every report, and so does the drift of a client that falls
 * behind. A maximum usually has one writer. If an accumulator is clearly faster with two threads,
 * check this assumption first. The cell must not be slower than the atomic of the Go documents,
 * which has no seal.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class RaiseRisingBenchmark {

  /** The contender that keeps the maximum. */
  @Param({"CELL", "ATOMIC_LONG", "LONG_ACCUMULATOR", "DOUBLE_ACCUMULATOR"})
  public MaximumContender contender;

  private MaximumContender.Maximum maximum;

  @Benchmark
  @Threads(1)
  public void raise_rising_alone(Rising candidate, Blackhole result) {
    maximum.raise(MaximumContender.LOWEST + candidate.next(), result);
  }

  @Benchmark
  @Threads(2)
  public void raise_rising_contended(Rising candidate, Blackhole result) {
    maximum.raise(MaximumContender.LOWEST + candidate.next(), result);
  }

  /** Starts each iteration at zero, so that {@link #assertRaised} covers each iteration. */
  @Setup(Level.Iteration)
  public void newMaximum() {
    maximum = contender.newMaximum();
  }

  /** Fails if nothing was raised, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertRaised() {
    if (maximum.value() <= MaximumContender.LOWEST) {
      throw new IllegalStateException(contender + " is at " + maximum.value());
    }
  }
}
