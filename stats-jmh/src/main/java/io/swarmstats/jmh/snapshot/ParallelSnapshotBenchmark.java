package io.swarmstats.jmh.snapshot;

import io.swarmstats.StatsAggregator;
import io.swarmstats.rivals.ShippedAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import java.util.concurrent.ForkJoinPool;
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
 * How much faster is a snapshot if the threads of a pool read the clients?
 *
 * <p>With as many threads as cores, the time should fall nearly in proportion. If a pool of one
 * thread costs much more than no pool, the parts are too small.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms12g", "-Xmx12g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ParallelSnapshotBenchmark {

  @Param({"10000", "100000", "1000000"})
  public int clients;

  /** The threads of the pool; 0 is the calling thread without a pool. */
  @Param({"0", "1", "2"})
  public int threads;

  private StatsAggregator stats;
  private ForkJoinPool pool;

  @Benchmark
  @Threads(1)
  public Object aggregate_parallel() {
    return threads == 0 ? stats.aggregate() : stats.aggregate(pool);
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    stats = new StatsAggregator(swarm.config());
    swarm.fill(new ShippedAggregator(stats), clients, 1);
    pool = new ForkJoinPool(Math.max(1, threads));
  }

  /** Fails if a snapshot does not show the swarm, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    AggregatedStats snapshot = stats.aggregate(pool);
    pool.shutdown();
    Swarm.check(snapshot.clients().active(), snapshot.requests().segment(), clients);
  }
}
