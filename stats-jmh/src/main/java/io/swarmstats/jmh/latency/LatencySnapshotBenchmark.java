package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import io.swarmstats.latency.LatencyHistogram;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
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
 * What does a snapshot of latencies cost, alone and with five percentiles, and what does a reader
 * cost a writer?
 *
 * <p>A reader of {@link LatencyHistogram} loads the counters between the shortest and the longest
 * latency. If a snapshot costs more than a few times a copy of another histogram, the library
 * should read its counters differently. If a reader slows a writer down more than a lock does, the
 * order of their steps costs too much.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LatencySnapshotBenchmark {

  private static final int FILL = 100_000;

  @Param
  public LatencyContender contender;

  private Recording recording;

  @Benchmark
  @Threads(1)
  public Object snapshot_quiet() {
    return recording.snapshot();
  }

  /** A snapshot and its five percentiles. */
  @Benchmark
  @Threads(1)
  public Object read_quiet() {
    return recording.read();
  }

  /** The writer, beside a reader that never pauses: the worst case. */
  @Benchmark
  @Group("written")
  @GroupThreads(1)
  public void written_record(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** The reader, beside a writer that never pauses. */
  @Benchmark
  @Group("written")
  @GroupThreads(1)
  public Object written_read() {
    return recording.read();
  }

  /** Starts each iteration with the same samples. */
  @Setup(Level.Iteration)
  public void fill() {
    recording = contender.create();
    LatencySamples samples = new LatencySamples();
    for (int i = 0; i < FILL; i++) {
      recording.record(samples.next());
    }
  }

  /** Fails if samples are missing, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    recording.read().check(FILL);
  }
}
