package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Budget.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The published budgets and charts, and the names of the library among the contenders. Only this
 * class and {@link Mutexes} know benchmarks by name. A result that neither class names still gets
 * its row in a table.
 */
final class Published {

  /** The parameters whose values are contenders. */
  static final Set<String> CONTENDERS = Set.of("contender", "library", "reading", "form");

  /** The contenders that are the library. */
  static final Set<String> LIBRARY =
      Set.of("SHIPPED", "SWARM_STATS", "SWARM_STATS_NO_ERRORS", "CELL");

  /**
   * The contenders that are yardsticks, not rivals: a plain walk over the same cells, a plain read,
   * and a map that keeps no totals.
   */
  static final Set<String> YARDSTICKS = Set.of("FLOOR", "VOLATILE_READ", "CONCURRENT_HASH_MAP");

  /**
   * The greatest allocation that counts as none, in bytes per operation. The GC profiler also sees
   * a small fraction of a byte that the harness allocates. The smallest real allocation is an
   * object of 16 bytes.
   */
  static final double NO_ALLOCATION = 0.5;

  /**
   * The bytes of a row of counters, of which a histogram has one, and one more for each thread that
   * contends.
   */
  private static final int HISTOGRAM_ROW = 32 * 1_024;

  private static final String AGGREGATE =
      "Aggregate(LargeSwarm)?Benchmark.aggregate_quiet percentWithErrors=";
  private static final String INCREMENT = "IncrementBenchmark.increment_alone contender=";
  private static final String CONTENDED = "IncrementBenchmark.increment_contended contender=";
  private static final String ERROR = "HttpErrorBenchmark.record_alone contender=";
  private static final String ERROR_CONTENDED = "HttpErrorBenchmark.record_contended contender=";
  private static final String REJECTED = "RaiseRejectedBenchmark.raise_rejected_alone contender=";
  private static final String SPEED = "SpeedBenchmark.updateSpeed_healthy_alone contender=";
  private static final String PROGRESS =
      "ProgressEventBenchmark.onProgress_keepsUp_alone clock=SYSTEM contender=";
  private static final String CLOCK = "ClockBenchmark.nanoTime_alone clock=SYSTEM";
  private static final String CHURN = "ChurnBenchmark.remove_add clients=100000 contender=";
  private static final String MEMORY_OF = "ClientMemoryBenchmark.memory_filled fill=";
  private static final String LATENCY = "LatencyRecordBenchmark.record_alone contender=";
  private static final String LATENCY_CONTENDED =
      "LatencyRecordBenchmark.record_contended contender=";
  private static final String HISTOGRAM_MEMORY = "LatencyMemoryBenchmark.retained_";

  /** Gated budgets: a few nanoseconds on cells, against a step of the JDK or of HdrHistogram. */
  static final List<Budget> STEPS = List.of(
      time("increment", INCREMENT + "SHIPPED", 1.5, "`AtomicLong`", INCREMENT + "ATOMIC_LONG"),
      time("`recordHttpError`", ERROR + "SHIPPED", 1.5, "`AtomicLong`", INCREMENT + "ATOMIC_LONG"),
      time("raise, rejected", REJECTED + "CELL", 2, "volatile read", REJECTED + "VOLATILE_READ"),
      time(
          "`updateSpeed`, healthy",
          SPEED + "SHIPPED",
          3,
          "`AtomicLong`",
          INCREMENT + "ATOMIC_LONG"),
      time(
          "`LatencyHistogram.record`",
          LATENCY + "SHIPPED",
          1.05,
          "AtomicHistogram",
          LATENCY + "HDR_ATOMIC"));

  /**
   * The budgets that the gate checks. They need only one thread, no large heap and no long run.
   * {@link Gate} says why the gate cannot measure two threads.
   */
  static final List<Budget> GATED = Stream.of(
          STEPS.stream(),
          Stream.of(
              noAllocation("increment", INCREMENT + "SHIPPED"),
              noAllocation("`recordHttpError`", ERROR + "SHIPPED"),
              noAllocation("raise, rejected", REJECTED + "CELL"),
              noAllocation("`updateSpeed`, healthy", SPEED + "SHIPPED"),
              noAllocation("`LatencyHistogram.record`", LATENCY + "SHIPPED"),
              Budget.of(
                  "`onProgress`", Figure.SCORE, PROGRESS + "SHIPPED", 1, "`nanoTime`", CLOCK, 15),
              noAllocation("`onProgress`", PROGRESS + "SHIPPED"),
              aggregate(100, 0),
              aggregate(1_000, 0),
              aggregate(10_000, 0),
              aggregateAllocation(0),
              time(
                  "remove and add, of 100,000",
                  CHURN + "SHIPPED",
                  4,
                  "`ConcurrentHashMap`",
                  CHURN + "CONCURRENT_HASH_MAP")))
      .flatMap(budgets -> budgets)
      .toList();

  /** All budgets. */
  static final List<Budget> BUDGETS = Stream.of(
          GATED.stream(),
          twoWriters().stream(),
          Stream.of(
              time(
                  "increment, two threads",
                  CONTENDED + "SHIPPED",
                  1.5,
                  "`AtomicLong`, two threads",
                  CONTENDED + "ATOMIC_LONG"),
              time(
                  "`recordHttpError`, two threads",
                  ERROR_CONTENDED + "SHIPPED",
                  1.5,
                  "`AtomicLong`, two threads",
                  CONTENDED + "ATOMIC_LONG"),
              aggregate(100_000, 0),
              aggregate(1_000_000, 0),
              aggregate(1_000, 1),
              aggregate(100_000, 1),
              aggregate(100, 100),
              aggregate(1_000, 100),
              aggregate(10_000, 100),
              aggregate(100_000, 100),
              aggregate(1_000_000, 100),
              aggregateAllocation(100),
              aggregateWhileRecording(100),
              aggregateWhileRecording(1_000),
              aggregateWhileRecording(10_000),
              aggregateWhileRecording(100_000),
              aggregateWhileRecording(1_000_000),
              aggregateReplaced(100_000, "G1"),
              aggregateReplaced(1_000_000, "G1"),
              aggregateReplaced(100_000, "Parallel"),
              aggregateReplaced(1_000_000, "Parallel"),
              aggregateReplaced(100_000, "ZGC"),
              aggregateReplaced(1_000_000, "ZGC"),
              time(
                  "`LatencyHistogram.record`, two threads",
                  LATENCY_CONTENDED + "SHIPPED",
                  0.5,
                  "AtomicHistogram, two threads",
                  LATENCY_CONTENDED + "HDR_ATOMIC"),
              Budget.of(
                  "memory of a histogram",
                  Figure.SCORE,
                  HISTOGRAM_MEMORY + "filled contender=SHIPPED",
                  HISTOGRAM_ROW),
              Budget.of(
                  "memory of a histogram, two threads",
                  Figure.SCORE,
                  HISTOGRAM_MEMORY + "contended contender=SHIPPED",
                  2 * HISTOGRAM_ROW),
              Budget.of(
                  "merge of 1,000 distributions",
                  Figure.SCORE,
                  "LatencyMergeBenchmark.merge_thousand contender=SHIPPED",
                  5_000_000),
              Budget.of(
                  "merge of the snapshots of 1,000 nodes",
                  Figure.SCORE,
                  "FleetMergeBenchmark.merge nodes=1000",
                  5_000_000),
              Budget.of(
                  "memory of a fresh client",
                  Figure.SCORE,
                  MEMORY_OF + "FRESH contender=SHIPPED",
                  340),
              Budget.of(
                  "memory of a client with sizes",
                  Figure.SCORE,
                  MEMORY_OF + "SIZES contender=SHIPPED",
                  1_200),
              Budget.of(
                  "memory of a client with sizes and errors",
                  Figure.SCORE,
                  MEMORY_OF + "SIZES_AND_ERRORS contender=SHIPPED",
                  2_900),
              Budget.of(
                  "memory of a client with sizes and errors of nine codes",
                  Figure.SCORE,
                  MEMORY_OF + "SIZES_AND_NINE_CODES contender=SHIPPED",
                  2_900)))
      .flatMap(budgets -> budgets)
      .toList();

  /** The charts of times over the number of clients. */
  static final List<Charts.Lines> LINES = List.of(
      new Charts.Lines("aggregate", "One snapshot, no client has HTTP errors", AGGREGATE + 0),
      new Charts.Lines(
          "aggregate-with-errors", "One snapshot, all clients have HTTP errors", AGGREGATE + 100),
      new Charts.Lines("peers-event", "One event of a client", "PeerEventBenchmark.event_alone"),
      new Charts.Lines(
          "peers-read",
          "Reading thirteen counters of each client",
          "PeerReadBenchmark.read_quiet"));

  /** The bar charts. All groups of a chart share their contenders. */
  static final List<Charts.Bars> BARS = List.of(
      recording("recording", "Recording, one thread", "alone"),
      recording("recording-contended", "Recording, two threads on one client", "contended"),
      byThreads("increment", "Counting a request", "IncrementBenchmark.increment_"),
      byThreads("http-error", "Counting an HTTP error", "HttpErrorBenchmark.record_"),
      byThreads("segment-size", "Recording a segment size", "SegmentSizeBenchmark.record_"),
      new Charts.Bars(
          "memory",
          "Memory of a client",
          List.of(
              new Charts.Bar("fresh", MEMORY_OF + "FRESH"),
              new Charts.Bar("sizes", MEMORY_OF + "SIZES"),
              new Charts.Bar("sizes, errors", MEMORY_OF + "SIZES_AND_ERRORS"))),
      new Charts.Bars(
          "peers-memory",
          "Memory of a client with thirteen counters",
          List.of(new Charts.Bar("all used", "PeerMemoryBenchmark.memory_filled"))));

  private Published() {}

  private static Charts.Bars recording(String file, String title, String threads) {
    return new Charts.Bars(
        file,
        title,
        List.of(
            new Charts.Bar("bytes", "BytesBenchmark.updateBytes_rising_" + threads),
            new Charts.Bar("drift", "DriftBenchmark.updateDrift_rejected_" + threads),
            new Charts.Bar("speed", "SpeedBenchmark.updateSpeed_healthy_" + threads),
            new Charts.Bar("lines", "DroppedLinesBenchmark.recordDroppedLines_" + threads),
            new Charts.Bar(
                "progress",
                "ProgressEventBenchmark.onProgress_keepsUp_" + threads + " clock=CACHED")));
  }

  private static Charts.Bars byThreads(String file, String title, String work) {
    return new Charts.Bars(
        file,
        title,
        List.of(
            new Charts.Bar("one thread", work + "alone"),
            new Charts.Bar("two threads", work + "contended")));
  }

  private static Budget time(
      String what, String measured, double factor, String referenceName, String reference) {
    return Budget.of(what, Figure.SCORE, measured, factor, referenceName, reference, 0);
  }

  /**
   * A writer of a client beside a reader or the other writer, compared with itself alone. Two
   * writers of a client are also compared with two writers of two clients.
   */
  private static List<Budget> twoWriters() {
    List<Budget> budgets = new ArrayList<>();
    for (String age : List.of("FRESH", "YOUNG", "FULL")) {
      budgets.add(time(
          "progress beside a reader, " + age.toLowerCase(Locale.ROOT),
          topology("reading", "progress", age),
          1.3,
          "alone",
          topology("alone", "progress", age)));
    }
    for (String writer : List.of("requests", "progress")) {
      for (String age : List.of("FRESH", "YOUNG", "FULL")) {
        for (String reference : List.of("alone", "apart")) {
          budgets.add(time(
              writer + " beside the other writer, " + age.toLowerCase(Locale.ROOT),
              topology("writers", writer, age),
              1.3,
              reference,
              topology(reference, writer, age)));
        }
      }
    }
    return budgets;
  }

  private static String topology(String group, String writer, String age) {
    return "TopologyBenchmark." + group + "_" + writer + " contender=SHIPPED age=" + age;
  }

  private static Budget noAllocation(String what, String measured) {
    return Budget.of(what + ": allocation", Figure.ALLOCATION, measured, NO_ALLOCATION);
  }

  private static Budget aggregate(int clients, int percentWithErrors) {
    return aggregate(
        "aggregate" + of(clients, percentWithErrors), aggregateOf(clients, percentWithErrors));
  }

  private static Budget aggregateWhileRecording(int clients) {
    return aggregate(
        "aggregate" + of(clients, 0) + ", while another thread records",
        "AggregateWhileRecordingBenchmark.aggregate_whileRecording percentWithErrors=0 clients="
            + clients);
  }

  private static Budget aggregate(String what, String by) {
    return Budget.of(
        what, Figure.SCORE, by + " contender=SHIPPED", 2, "floor", by + " contender=FLOOR", 3_000);
  }

  /** One object per client would take at least 16 bytes each. */
  private static Budget aggregateAllocation(int percentWithErrors) {
    return Budget.of(
        "aggregate" + of(10_000, percentWithErrors) + ": allocation",
        Figure.ALLOCATION,
        aggregateOf(10_000, percentWithErrors) + " contender=SHIPPED",
        1,
        "that of 100 clients",
        aggregateOf(100, percentWithErrors) + " contender=SHIPPED",
        NO_ALLOCATION * (10_000 - 100));
  }

  private static Budget aggregateReplaced(int clients, String collector) {
    return Budget.of(
        "aggregate" + of(clients, 1) + ", replaced in random order, " + collector,
        Figure.SCORE,
        "MemoryOrderBenchmark.aggregate_" + collector.toLowerCase(Locale.ROOT)
            + " contender=SHIPPED order=REPLACED clients=" + clients,
        40.0 * clients);
  }

  private static String of(int clients, int percentWithErrors) {
    return String.format(
        Locale.ROOT, " of %,d clients, %d %% with errors", clients, percentWithErrors);
  }

  // the large swarms have a benchmark with a larger heap
  private static String aggregateOf(int clients, int percentWithErrors) {
    return (clients > 10_000 ? "AggregateLargeSwarmBenchmark" : "AggregateBenchmark")
        + ".aggregate_quiet clients=" + clients + " percentWithErrors=" + percentWithErrors;
  }
}
