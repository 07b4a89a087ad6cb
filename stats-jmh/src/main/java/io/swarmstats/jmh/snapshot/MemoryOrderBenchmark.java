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
 * What does a snapshot cost after replacements and the garbage collector have changed the order of
 * the clients in memory?
 *
 * <p>The aim is 40 ns per client after all clients were replaced in random order. The benchmark
 * measures the floor in each order too. If only the snapshot is slow, the library is the cause. If
 * the floor is slow too, the memory is the cause.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class MemoryOrderBenchmark {

  private static final int FORKS = 5;

  // large enough to fill the swarm without a collection
  private static final String YOUNG = "-Xmn6g";
  private static final String HEAP = "-Xmx10g";
  private static final String ZGC_HEAP = "-Xmx32g"; // ZGC starts to collect at a tenth of its heap
  private static final int SEED = 5;
  private static final int PERCENT_WITH_ERRORS = 1;

  /** The library, or the floor. */
  @Param({"FLOOR", "SHIPPED"})
  public AggregateContender contender;

  @Param({"100000", "1000000"})
  public int clients;

  /** How the clients got their places in memory. */
  @Param
  public Order order;

  private AggregateContender.Reading reading;

  /** The order of the clients in memory. */
  public enum Order {
    /** Each client is in the place where it was made. This order is the order of the walk. */
    ADDRESS,
    /** The clients were made in the order of the walk. Then the collector moved them. */
    COLLECTED,
    /** Each client was replaced once, in random order. Then the collector moved them. */
    REPLACED
  }

  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {HEAP, YOUNG, "-XX:+UseG1GC"})
  public Object aggregate_g1() {
    return reading.aggregate();
  }

  /** With pages of 2 MB, where the operating system has them. */
  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {HEAP, YOUNG, "-XX:+UseG1GC", "-XX:+UseTransparentHugePages"})
  public Object aggregate_g1HugePages() {
    return reading.aggregate();
  }

  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {HEAP, YOUNG, "-XX:+UseParallelGC"})
  public Object aggregate_parallel() {
    return reading.aggregate();
  }

  /** ZGC, with generations from JDK 21 on, without generations before. */
  @Benchmark
  @Threads(1)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {
        ZGC_HEAP,
        "-XX:+IgnoreUnrecognizedVMOptions", // before JDK 21 and after JDK 23 there is no choice
        "-XX:+UseZGC",
        "-XX:+ZGenerational"
      })
  public Object aggregate_zgc() {
    return reading.aggregate();
  }

  /** Fills the swarm, and brings the clients into the order in memory that {@link #order} names. */
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
        throw new IllegalStateException(
            "a collection ran while the swarm was filled: the clients are not in order");
      }
      return;
    }
    if (order == Order.REPLACED) {
      for (int id : shuffledIds()) {
        swarm.add(aggregator, id, PERCENT_WITH_ERRORS);
      }
    }
    // young collections copy the clients; then a full collection may compact them
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

  /** Fails if an aggregate does not show the swarm, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void check() {
    reading.check(clients);
  }
}
