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
 * What does one reading of the clock cost, of which {@link ProgressEventBenchmark} has one in each
 * event?
 *
 * <p>Where {@link System#nanoTime()} is most of an event, a program with many clients gains more by
 * a cached clock than the library can by any other cell. Were the two alike, the time source would
 * be worth its place for tests only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ClockBenchmark {

  /** Which clock is read. */
  @Param
  public Clock clock;

  private TimeSource timeSource;

  /** One reading at a time. */
  @Benchmark
  @Threads(1)
  public long nanoTime_alone() {
    return timeSource.nanoTime();
  }

  /** Makes the clock. */
  @Setup
  public void newTimeSource() {
    timeSource = clock.create();
  }
}
