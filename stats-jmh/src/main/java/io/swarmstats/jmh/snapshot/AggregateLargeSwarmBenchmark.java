package io.swarmstats.jmh.snapshot;

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
 * What does one snapshot cost if the swarm is larger than the caches?
 *
 * <p>This class asks the question of {@link AggregateBenchmark} for swarms that need a larger heap.
 * {@code COPY_ON_WRITE} is left out, because the time to fill its map grows with the square of the
 * number of clients.
 *
 * <p>In a large swarm the cost of the walk should be the cache misses, which library and floor
 * share. If the library is not closer to the floor here than in a small swarm, this explanation is
 * wrong.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms12g", "-Xmx12g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AggregateLargeSwarmBenchmark {

  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  @Param({"100000", "1000000"})
  public int clients;

  /** How many of a hundred clients have HTTP errors. Each of them has errors of two codes. */
  @Param({"0", "1", "100"})
  public int percentWithErrors;

  private AggregateContender.Reading reading;

  /** No thread records meanwhile. */
  @Benchmark
  @Threads(1)
  public Object aggregate_quiet() {
    return reading.aggregate();
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    swarm.fill(reading.aggregator(), clients, percentWithErrors);
  }

  /** Fails if an aggregate does not show the swarm, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
  }
}
