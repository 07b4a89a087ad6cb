package io.swarmstats.jmh.latency;

import io.swarmstats.jmh.latency.LatencyContender.Recording;
import io.swarmstats.latency.LatencyHistogram;
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
 * What does {@link LatencyHistogram#record(long)} cost, compared with a t-digest behind a lock and
 * with the histograms of other libraries?
 *
 * <p>The yardstick is HdrHistogram's {@code AtomicHistogram}, which adds to two counters and knows
 * no sum. The library has three budgets. Alone, a record takes at most 1.05 times as long as
 * {@code AtomicHistogram}. By two threads, a record takes at most 0.5 times as long as
 * {@code AtomicHistogram} by two threads. A record allocates nothing ({@code -prof gc}). If the
 * library misses the first budget, a record does more than two additions. If the library misses the
 * second budget, further rows are not worth their memory ({@link LatencyMemoryBenchmark}). If a
 * histogram with a comparable error is clearly faster, that histogram has the better layout.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LatencyRecordBenchmark {

  @Param
  public LatencyContender contender;

  private Recording recording;

  @Benchmark
  @Threads(1)
  public void record_alone(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Two threads that do nothing but record, mostly in different buckets. */
  @Benchmark
  @Threads(2)
  public void record_contended(LatencySamples samples) {
    recording.record(samples.next());
  }

  /** Two threads that do nothing but record the same latency, in one bucket. */
  @Benchmark
  @Threads(2)
  public void record_contendedEqual(LatencySamples samples) {
    recording.record(samples.same());
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
