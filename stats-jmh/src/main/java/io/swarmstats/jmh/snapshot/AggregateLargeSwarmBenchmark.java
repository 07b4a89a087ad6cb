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
 * What does one snapshot cost where the swarm is larger than the caches?
 *
 * <p>Asks what {@link AggregateBenchmark} asks, of swarms that need a larger heap. The map that is
 * copied on each write is left out: to fill it takes a time that grows with the square of the
 * clients. Should the library not be closer to the floor here than there, the misses would not be
 * what the walk costs.
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

  /** Who reads the swarm. */
  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  /** How many clients it has. */
  @Param({"100000", "1000000"})
  public int clients;

  /** How many of a hundred clients have HTTP errors, of two codes each. */
  @Param({"0", "1", "100"})
  public int percentWithErrors;

  private AggregateContender.Reading reading;

  /** No one records meanwhile. */
  @Benchmark
  @Threads(1)
  public Object aggregate_quiet() {
    return reading.aggregate();
  }

  /** Fills the swarm. */
  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    swarm.fill(reading.aggregator(), clients, percentWithErrors);
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
  }
}
