package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import io.swarmstats.latency.LatencyDigest;
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

/**
 * What does {@link LatencyDigest#record(long)} cost, compared with a t-digest behind a lock and
 * with the concurrent histograms of HdrHistogram?
 *
 * <p>The library has two budgets. With two threads, a call costs at most 1.5 times as much as with
 * one thread. A call never costs more than with the t-digest behind a lock. If the library misses
 * both budgets, the buffers in front of the digest are not worth their price.
 *
 * <p>HdrHistogram only counts in a bucket and will be faster. If its speed outweighs its memory
 * ({@link LatencyMemoryBenchmark}) and its fixed range, the library has the wrong sketch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class LatencyRecordBenchmark {

  @Param
  public LatencyContender contender;

  private Recording recording;

  @Benchmark
  @Threads(1)
  public void record_alone(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Two threads that do nothing but record. */
  @Benchmark
  @Threads(2)
  public void record_contended(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Starts each iteration without samples, so that {@link #check} covers each iteration. */
  @Setup(Level.Iteration)
  public void newRecording() {
    recording = contender.create();
  }

  /** Fails if nothing was recorded, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    recording.read().check(1);
  }
}
