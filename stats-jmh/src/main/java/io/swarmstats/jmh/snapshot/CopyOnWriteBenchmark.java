package io.swarmstats.jmh.snapshot;

import io.swarmstats.rivals.Aggregator;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Is a copy-on-write map too expensive while clients come and go, as the Go documents say?
 *
 * <p>This class asks the questions of {@link ChurnBenchmark} and
 * {@link AddWhileAggregatingBenchmark} for smaller swarms. The time to fill the map grows with the
 * square of the number of clients.
 *
 * <p>If the map costs no more than the lock at a thousand clients, the documents are wrong about
 * swarms of this size. They then reject the only one of their lock-free maps that keeps the clients
 * of one moment together.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class CopyOnWriteBenchmark {

  /** The contender that keeps the clients. */
  @Param({"SHIPPED", "RW_LOCK", "COPY_ON_WRITE"})
  public AggregateContender contender;

  @Param({"1000", "10000"})
  public int clients;

  private AggregateContender.Reading reading;
  private Aggregator aggregator;
  private Duration uptimeOfFilled;

  /** Replaces a random client. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Threads(1)
  public Object remove_add(RandomIds ids) {
    int id = ids.next(clients);
    aggregator.removeClient(id);
    return aggregator.addClient(id);
  }

  /** Adds a client under a known id. The client that had this id departs. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @Group("aggregating")
  @GroupThreads(1)
  public Object add_whileAggregating(RandomIds ids) {
    return aggregator.addClient(ids.next(clients));
  }

  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @Group("aggregating")
  @GroupThreads(1)
  public Object aggregate_whileAdding() {
    return reading.aggregate();
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    aggregator = reading.aggregator();
    swarm.fill(aggregator, clients, 1);
    uptimeOfFilled = aggregator.aggregate().averageUptime();
  }

  /** Fails if no client was replaced, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    Swarm.checkReplaced(
        aggregator.clientCount(),
        clients,
        uptimeOfFilled,
        aggregator.aggregate().averageUptime());
  }
}
