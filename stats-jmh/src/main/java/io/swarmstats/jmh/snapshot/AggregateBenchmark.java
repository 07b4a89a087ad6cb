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
 * What does one snapshot of a swarm cost, compared with the floor, a plain walk over the same
 * cells, and with the rivals?
 *
 * <p>The budget is twice the floor plus 3 µs, and an allocation that does not depend on the number
 * of clients ({@code -prof gc}). If a snapshot costs more, the pass over a client does too much
 * work.
 *
 * <p>The clock does not advance, and no thread records a wall time. A snapshot of the library also
 * copies the buckets of a few wall times from before the measurement.
 * {@link io.swarmstats.jmh.latency.LatencySnapshotBenchmark} measures a snapshot of many.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AggregateBenchmark {

  @Param({"FLOOR", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID", "COPY_ON_WRITE"})
  public AggregateContender contender;

  @Param({"100", "500", "1000", "2000", "10000"})
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
