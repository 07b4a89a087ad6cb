package io.swarmstats.jmh.recording;

import io.swarmstats.TimeSource;
import java.util.concurrent.TimeUnit;
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

/**
 * What does one read of the clock cost?
 *
 * <p>Each event of {@link ProgressEventBenchmark} reads the clock once. If
 * {@link System#nanoTime()} takes most of the time of an event, a cached clock helps a program with
 * many clients more than any faster cell. If both clocks cost the same, the time source is useful
 * for tests only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ClockBenchmark {

  @Param
  public Clock clock;

  private TimeSource timeSource;

  @Benchmark
  @Threads(1)
  public long nanoTime_alone() {
    return timeSource.nanoTime();
  }

  @Setup
  public void newTimeSource() {
    timeSource = clock.create();
  }
}
