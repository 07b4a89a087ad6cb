package io.swarmstats.jmh.snapshot;

import io.swarmstats.rivals.Client;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do a snapshot and the threads that record cost each other?
 *
 * <p>One thread aggregates without a pause, and one thread records without a pause, client after
 * client. Two cores have no room for more threads. With three or more cores, {@code -tg 1,2} starts
 * two threads that record. The score of the group is the mean of all threads. The results are the
 * two scores beside the group.
 *
 * <p>The budget of {@link AggregateBenchmark} applies here too, with the floor of this benchmark.
 * If recording takes longer for the library than for a rival with the same cells, the layout of the
 * library's cells is wrong.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms12g", "-Xmx12g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AggregateWhileRecordingBenchmark {

  /**
   * The contender that reads the swarm. {@link AggregateLargeSwarmBenchmark} says why
   * {@code COPY_ON_WRITE} is left out.
   */
  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  @Param({"100", "1000", "10000", "100000", "1000000"})
  public int clients;

  /** How many of a hundred clients have HTTP errors. Each of them has errors of two codes. */
  @Param({"0", "1", "100"})
  public int percentWithErrors;

  private AggregateContender.Reading reading;
  private Client[] recorded;

  @Benchmark
  @Group("recording")
  @GroupThreads(1)
  public Object aggregate_whileRecording() {
    return reading.aggregate();
  }

  /** Records one request for a segment, and one report of FFmpeg. */
  @Benchmark
  @Group("recording")
  @GroupThreads(1)
  public void record_whileAggregating(RecordingRound round) {
    round.recordNext(recorded);
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    recorded = swarm.fill(reading.aggregator(), clients, percentWithErrors);
  }

  /** Fails if a client was not read or not updated, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
    if (recorded[clients - 1].totalBytes() < RecordingRound.FIRST_TOTAL_SIZE) {
      throw new IllegalStateException(contender + ": no update reached the last client");
    }
  }
}
