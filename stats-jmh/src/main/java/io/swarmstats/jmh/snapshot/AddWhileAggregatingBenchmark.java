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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to add a client while another thread aggregates?
 *
 * <p>One thread aggregates without a pause, and one thread replaces clients without a pause.
 * Compare the median, the 99th percentile and the maximum of each thread. A thread that waits
 * cannot start another call. Long waits are therefore a small share of the samples, even when they
 * take a large share of the time. The maximum includes the pauses of the garbage collector.
 *
 * <p>If the 99th percentile of the library's add comes near the time of an aggregate, an add waits
 * for the aggregate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class AddWhileAggregatingBenchmark {

  /**
   * The contender that keeps the clients. {@link CopyOnWriteBenchmark} measures
   * {@code COPY_ON_WRITE}.
   */
  @Param({"SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  @Param({"1000", "100000"})
  public int clients;

  private AggregateContender.Reading reading;
  private Aggregator aggregator;
  private Duration uptimeOfFilled;

  /** Adds a client under a known id. The client that had this id departs. */
  @Benchmark
  @Group("aggregating")
  @GroupThreads(1)
  public Object add_whileAggregating(RandomIds ids) {
    return aggregator.addClient(ids.next(clients));
  }

  @Benchmark
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
