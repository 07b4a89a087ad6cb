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
 * Who waits for whom: how long does it take to add a client while another thread aggregates?
 *
 * <p>One thread aggregates without a pause, one replaces clients without a pause; look at the
 * median, the 99th percentile and the maximum of each. The thread that waits cannot start another
 * call meanwhile, so long waits are fewer among the samples than among the time. An add of the
 * library whose 99th percentile comes near an aggregate would be one that waits for it. The maximum
 * is also that of a pause of the collector.
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

  /** Whose clients come. {@link CopyOnWriteBenchmark} has the one left out. */
  @Param({"SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public AggregateContender contender;

  /** How many there are. */
  @Param({"1000", "100000"})
  public int clients;

  private AggregateContender.Reading reading;
  private Aggregator aggregator;
  private Duration uptimeOfFilled;

  /** Adds a client; the one that was known under its id departs. */
  @Benchmark
  @Group("aggregating")
  @GroupThreads(1)
  public Object add_whileAggregating(RandomIds ids) {
    return aggregator.addClient(ids.next(clients));
  }

  /** Reads all clients. */
  @Benchmark
  @Group("aggregating")
  @GroupThreads(1)
  public Object aggregate_whileAdding() {
    return reading.aggregate();
  }

  /** Fills the swarm. */
  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    aggregator = reading.aggregator();
    swarm.fill(aggregator, clients, 1);
    uptimeOfFilled = aggregator.aggregate().averageUptime();
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Trial)
  public void check() {
    Swarm.checkReplaced(
        aggregator.clientCount(),
        clients,
        uptimeOfFilled,
        aggregator.aggregate().averageUptime());
  }
}
