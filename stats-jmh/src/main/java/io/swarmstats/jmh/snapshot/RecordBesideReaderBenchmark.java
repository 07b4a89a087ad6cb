package io.swarmstats.jmh.snapshot;

import io.swarmstats.rivals.Client;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
 * What does recording cost beside a reader that takes snapshots at a fixed rate?
 *
 * <p>The readers of {@link AggregateWhileRecordingBenchmark} take one snapshot after another. There
 * a fast reader takes more snapshots, and so disturbs the recording thread more often. Here each
 * contender takes the same number of snapshots in a second. If recording costs more for the library
 * than for a rival, its snapshots disturb the writers more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class RecordBesideReaderBenchmark {

  /** The contender that reads the swarm. */
  @Param({"SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  @Param({"1000", "100000"})
  public int clients;

  /** How many snapshots the reader takes in a second. */
  @Param({"0", "2", "10"})
  public int snapshotsPerSecond;

  private Client[] recorded;
  private ScheduledExecutorService readers;

  /** Records one request for a segment, and one report of FFmpeg. */
  @Benchmark
  @Threads(1)
  public void record_besideReader(RecordingRound round) {
    round.recordNext(recorded);
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    AggregateContender.Reading reading = contender.create(swarm.config());
    recorded = swarm.fill(reading.aggregator(), clients, 1);
    readers = Executors.newSingleThreadScheduledExecutor();
    if (snapshotsPerSecond > 0) {
      long period = TimeUnit.SECONDS.toNanos(1) / snapshotsPerSecond;
      ScheduledFuture<?> unused =
          readers.scheduleAtFixedRate(reading::aggregate, period, period, TimeUnit.NANOSECONDS);
    }
  }

  @TearDown(Level.Trial)
  public void stop() {
    readers.shutdownNow();
  }
}
