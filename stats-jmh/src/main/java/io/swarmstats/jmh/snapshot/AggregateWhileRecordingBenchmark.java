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
 * What do a snapshot and those who record cost each other?
 *
 * <p>One thread aggregates without a pause and one records without a pause, client after client:
 * more would not fit on two cores. With three or more, {@code -tg 1,2} has two record. The score of
 * the group is a mean over both; the two metrics beside it are the result. The budget of
 * {@link AggregateBenchmark} holds here too, against the floor of this benchmark. Were recording
 * slower for the library than for a rival with the same cells, its cells would lie badly.
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

  /** Who reads the swarm. See {@link AggregateLargeSwarmBenchmark} for the one left out. */
  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  /** How many clients it has. */
  @Param({"100", "1000", "10000", "100000", "1000000"})
  public int clients;

  /** How many of a hundred clients have HTTP errors, of two codes each. */
  @Param({"0", "1", "100"})
  public int percentWithErrors;

  private AggregateContender.Reading reading;
  private Client[] recorded;

  /** Where a thread is on its way through the clients, again and again. */
  @State(Scope.Thread)
  public static class Cursor {
    private int next;
    private long totalSize = 1L << 32; // more than the swarm was filled with: it rises each time

    private int next(int clients) {
      next = next + 1 < clients ? next + 1 : 0;
      return next;
    }
  }

  /** Reads all clients. */
  @Benchmark
  @Group("recording")
  @GroupThreads(1)
  public Object aggregate_whileRecording() {
    return reading.aggregate();
  }

  /** A request for a segment, and what FFmpeg reports. */
  @Benchmark
  @Group("recording")
  @GroupThreads(1)
  public void record_whileAggregating(Cursor cursor) {
    Client client = recorded[cursor.next(clients)];
    client.incrementSegmentRequests();
    client.updateCurrentBytes(cursor.totalSize++);
    client.updateDrift(1_000);
    client.updateSpeed(1.1);
  }

  /** Fills the swarm. */
  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    recorded = swarm.fill(reading.aggregator(), clients, percentWithErrors);
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
    if (recorded[clients - 1].totalBytes() < 1L << 32) {
      throw new IllegalStateException(contender + ": not all clients recorded");
    }
  }
}
