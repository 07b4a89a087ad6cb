package io.swarmstats.jmh.snapshot;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Aggregator;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does it cost to remove a client of a large swarm and to add a new client with the same id?
 *
 * <p>The budget is four times a {@link ConcurrentHashMap} that does the same work: remove, make a
 * summary, put a new client. If the library costs more, one immutable registry for all clients is
 * too expensive.
 *
 * <p>The rivals make no summary and forget the figures of the removed client. {@code COPY_ON_WRITE}
 * needs a smaller swarm: see {@link CopyOnWriteBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 5,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ChurnBenchmark {

  /** The contender that keeps the clients. */
  @Param({"CONCURRENT_HASH_MAP", "SHIPPED", "RW_LOCK", "CONCURRENT_MAP", "HYBRID"})
  public Contender contender;

  @Param("100000")
  public int clients;

  private Membership membership;
  private Duration uptimeOfFilled;

  /** Replaces a random client. */
  @Benchmark
  @Threads(1)
  public void remove_add(RandomIds ids, Blackhole sink) {
    int id = ids.next(clients);
    sink.consume(membership.remove(id));
    sink.consume(membership.add(id));
  }

  @Setup(Level.Trial)
  public void fill() {
    Swarm swarm = new Swarm();
    membership = contender.create(swarm.config());
    for (int id = 0; id < clients; id++) {
      membership.add(id);
    }
    swarm.tick(); // clients that are added from now on are younger
    uptimeOfFilled = membership.averageUptime();
  }

  /** Fails if no client was replaced, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    Swarm.checkReplaced(membership.size(), clients, uptimeOfFilled, membership.averageUptime());
  }

  /** The map that the budget names, the library, and the rivals. */
  public enum Contender {
    CONCURRENT_HASH_MAP,
    SHIPPED,
    RW_LOCK,
    CONCURRENT_MAP,
    HYBRID;

    private Membership create(StatsConfig config) {
      return switch (this) {
        case CONCURRENT_HASH_MAP -> new MapMembership(config, new ConcurrentHashMap<>());
        case SHIPPED -> new ShippedMembership(new StatsAggregator(config));
        default ->
          new RivalMembership(AggregateContender.valueOf(name()).create(config).aggregator());
      };
    }
  }

  /**
   * The operations of the benchmark. Each returns an object, so that the compiler cannot remove the
   * work.
   */
  private interface Membership {
    Object remove(int id);

    Object add(int id);

    int size();

    Duration averageUptime();
  }

  private record MapMembership(StatsConfig config, ConcurrentHashMap<Integer, ClientStats> map)
      implements Membership {
    @Override
    public Object remove(int id) {
      return Objects.requireNonNull(map.remove(id)).summary();
    }

    @Override
    public Object add(int id) {
      ClientStats client = new ClientStats(id, config);
      map.put(id, client);
      return client;
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Duration averageUptime() {
      Duration sum =
          map.values().stream().map(ClientStats::uptime).reduce(Duration.ZERO, Duration::plus);
      return sum.dividedBy(map.size());
    }
  }

  private record ShippedMembership(StatsAggregator aggregator) implements Membership {
    @Override
    public Object remove(int id) {
      return aggregator.removeClient(id).orElseThrow();
    }

    @Override
    public Object add(int id) {
      return aggregator.addClient(id);
    }

    @Override
    public int size() {
      return aggregator.clientCount();
    }

    @Override
    public Duration averageUptime() {
      return aggregator.aggregate().uptimes().average();
    }
  }

  private record RivalMembership(Aggregator aggregator) implements Membership {
    @Override
    public Object remove(int id) {
      aggregator.removeClient(id);
      return aggregator;
    }

    @Override
    public Object add(int id) {
      return aggregator.addClient(id);
    }

    @Override
    public int size() {
      return aggregator.clientCount();
    }

    @Override
    public Duration averageUptime() {
      return aggregator.aggregate().averageUptime();
    }
  }
}
