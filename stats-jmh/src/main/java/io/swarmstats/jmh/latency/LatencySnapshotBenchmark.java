package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import io.swarmstats.latency.LatencyDigest;
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
 * What does a snapshot of latencies with five percentiles cost, and what does a reader cost a
 * writer?
 *
 * <p>A reader of {@link LatencyDigest} merges the samples that writers left in the buffers, and
 * copies the centroids. The hand-over from writer to reader is wrong in two cases. In the first
 * case, a read costs more than with a t-digest behind a lock, by more than the copy. In the second
 * case, a reader slows a writer down more than the lock does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class LatencySnapshotBenchmark {

  private static final int FILL = 100_000;

  @Param
  public LatencyContender contender;

  private Recording recording;

  /** No sample was recorded since the last snapshot, so the library returns the last snapshot. */
  @Benchmark
  @Threads(1)
  public Object read_unchanged() {
    return recording.read();
  }

  /** The same thread records a sample before each read. The score includes the time to record. */
  @Benchmark
  @Threads(1)
  public Object read_changed(LatencySamples samples) {
    recording.record(samples.next());
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
