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
 * What does {@link LatencyDigest#record(long)} cost, against a t-digest behind a lock and the
 * concurrent histograms of HdrHistogram?
 *
 * <p>The budget: with two threads, no more for each than 1.5 times what one pays alone, and never
 * slower than the t-digest behind a lock. More than that, and the buffers in front of the digest
 * are not worth what they are. HdrHistogram only counts in a bucket and will be faster; should it
 * be so by more than its memory ({@link LatencyMemoryBenchmark}) and its fixed range weigh, the
 * library would have the wrong sketch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class LatencyRecordBenchmark {

  /** Who keeps the latencies. */
  @Param
  public LatencyContender contender;

  private Recording recording;

  /** One call at a time. */
  @Benchmark
  @Threads(1)
  public void record_alone(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Two threads, all they do. */
  @Benchmark
  @Threads(2)
  public void record_contended(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Starts each iteration empty, so that the check below covers each of them. */
  @Setup(Level.Iteration)
  public void newRecording() {
    recording = contender.create();
  }

  /** Looks at what was recorded. */
  @TearDown(Level.Iteration)
  public void check() {
    recording.read().check(1);
  }
}
