package io.swarmstats.jmh.snapshot;

import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsReader;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a snapshot cost if many threads call one reader at the same time, compared with a
 * reader for each thread?
 *
 * <p>A call on a shared reader walks the clients at most twice. If a shared snapshot costs more
 * than twice a snapshot of its own reader, this limit does not hold.
 *
 * <p>The clock is the system clock, because a window moves only if time has passed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SharedReaderBenchmark {

  /** Who calls a reader. */
  public enum Sharing {
    /** All threads call one reader. */
    SHARED,
    /** Each thread has a reader. */
    OWN
  }

  @Param({"SHARED", "OWN"})
  public Sharing reader;

  @Param("1000")
  public int clients;

  private StatsAggregator aggregator;
  private StatsReader shared;

  /** One thread of the benchmark and its reader. */
  @State(Scope.Thread)
  public static class Caller {

    private StatsReader own;

    @Setup(Level.Trial)
    public void open(SharedReaderBenchmark swarm) {
      own = swarm.reader == Sharing.SHARED ? swarm.shared : swarm.aggregator.newReader();
    }
  }

  @Setup(Level.Trial)
  public void fill() {
    aggregator = new StatsAggregator();
    shared = aggregator.newReader();
    for (int id = 0; id < clients; id++) {
      aggregator.addClient(id).onProgress(1, 1, 1.0);
    }
  }

  @Benchmark
  @Threads(1)
  public Object aggregate_one(Caller caller) {
    return caller.own.aggregate();
  }

  @Benchmark
  @Threads(2)
  public Object aggregate_two(Caller caller) {
    return caller.own.aggregate();
  }

  @Benchmark
  @Threads(8)
  public Object aggregate_eight(Caller caller) {
    return caller.own.aggregate();
  }

  @Benchmark
  @Threads(24)
  public Object aggregate_twentyFour(Caller caller) {
    return caller.own.aggregate();
  }
}
