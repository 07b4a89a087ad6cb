package io.swarmstats.jmh.snapshot;

import io.swarmstats.rivals.Aggregator;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
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
 * What does a snapshot cost once churn and the collector have put the clients where they like?
 *
 * <p>The aim is 40 ns for each client after all were replaced in random order, where the floor of
 * clients in the order of their addresses is 10 to 30. The floor is measured in each order: where
 * the floor is slow too, the memory is slow and not the library.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class MemoryOrderBenchmark {

  private static final int FORKS = 5;

  // large enough that nothing is collected while the swarm is filled
  private static final String YOUNG = "-Xmn6g";
  private static final String HEAP = "-Xmx10g";
  private static final String ZGC_HEAP = "-Xmx32g"; // begins to collect at a tenth of it
  private static final int SEED = 5;
  private static final int PERCENT_WITH_ERRORS = 1;

  /** The library, or a plain walk over its cells. */
  @Param({"FLOOR", "SHIPPED"})
  public AggregateContender contender;

  /** How many clients there are. */
  @Param({"100000", "1000000"})
  public int clients;

  /** How the clients came. */
  @Param
  public Order order;

  private AggregateContender.Reading reading;

  /** Which clients lie beside each other. */
  public enum Order {
    /** Each where it was made, beside the next: the order of the walk. */
    ADDRESS,
    /** Made in the order of the walk, then moved by the collector. */
    COLLECTED,
    /** Each was replaced once, in random order, then moved by the collector. */
    REPLACED
  }

  /** The default collector. */
  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {HEAP, YOUNG, "-XX:+UseG1GC"})
  public Object aggregate_g1() {
    return reading.aggregate();
  }

  /** The parallel collector. */
  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {HEAP, YOUNG, "-XX:+UseParallelGC"})
  public Object aggregate_parallel() {
    return reading.aggregate();
  }

  /** ZGC: with generations where the JDK has them (21 and later), without before. */
  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {
        ZGC_HEAP,
        "-XX:+IgnoreUnrecognizedVMOptions", // before 21 and after 23 there is no choice
        "-XX:+UseZGC",
        "-XX:+ZGenerational"
      })
  public Object aggregate_zgc() {
    return reading.aggregate();
  }

  /** Fills the swarm, replaces its clients, and has the collector move what is left. */
  @Setup(Level.Trial)
  public void fill(Blackhole sink) {
    Swarm swarm = new Swarm();
    reading = contender.create(swarm.config());
    Aggregator aggregator = reading.aggregator();
    long before = collections();
    for (int id = 0; id < clients; id++) {
      swarm.add(aggregator, id, PERCENT_WITH_ERRORS);
    }
    if (order == Order.ADDRESS) {
      if (collections() > before) {
        throw new IllegalStateException("collected while the swarm was filled: not in order");
      }
      return;
    }
    if (order == Order.REPLACED) {
      for (int id : shuffledIds()) {
        swarm.add(aggregator, id, PERCENT_WITH_ERRORS);
      }
    }
    // young collections, which copy; then a full one, which may compact
    long collected = collections();
    while (collections() < collected + 2) {
      sink.consume(new byte[1 << 16]);
    }
    System.gc();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private int[] shuffledIds() {
    Random random = new Random(SEED);
    int[] ids = new int[clients];
    for (int i = 1; i < clients; i++) {
      int j = random.nextInt(i + 1);
      ids[i] = ids[j];
      ids[j] = i;
    }
    return ids;
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
  }
}
