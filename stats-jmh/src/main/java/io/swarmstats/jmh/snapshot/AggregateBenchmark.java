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
 * What does one snapshot of a swarm cost, against a plain walk over the same cells and against the
 * documents' aggregators?
 *
 * <p>The budget is twice that walk, the floor, and 3 µs, and an allocation that does not depend on
 * the number of clients ({@code -prof gc}). More than that, and the pass over a client does too
 * much.
 *
 * <p>The clock stands still and no wall time is recorded meanwhile, so that the percentiles in a
 * snapshot of the library are those of the one before: what a new sample adds is asked by
 * {@link io.swarmstats.jmh.latency.LatencySnapshotBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AggregateBenchmark {

  /** Who reads the swarm. */
  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID", "COPY_ON_WRITE"})
  public AggregateContender contender;

  /** How many clients it has. */
  @Param({"100", "500", "1000", "2000", "10000"})
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
