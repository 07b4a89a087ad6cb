package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Budget.Figure;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is published of the documents' mutexes: by which work each is judged, and which expectations
 * can be. The numbers of mutexes and steps are those of the documents.
 */
final class Mutexes {

  private static final String SNAPSHOT = "AggregateBenchmark.aggregate_quiet clients=";
  private static final String LARGE_SNAPSHOT =
      "AggregateLargeSwarmBenchmark.aggregate_quiet clients=";
  private static final String CHURN = "AddWhileAggregatingBenchmark.";
  private static final String COPY = "CopyOnWriteBenchmark.";

  /** The work that shows what a mutex, or a step of the plan, costs. */
  static final List<Conversion> CONVERSIONS = Stream.of(
          both("1.1 `bytesMu`", "BytesBenchmark.updateBytes_rising_%s"),
          one(
              "1.1 `bytesMu`: a report and a restart",
              "RestartBenchmark.onProcessStart_reported_alone"),
          both("1.2 `httpErrorsMu`, step 2", "HttpErrorBenchmark.record_%s"),
          one(
              "1.2 `httpErrorsMu`, step 2: a whole client, nothing recorded",
              "ClientMemoryBenchmark.memory_filled fill=FRESH"),
          both("1.3 `inferredLatencyMu`", "LatencyRecordBenchmark.record_%s"),
          both("1.4 `segmentSizeMu`, step 1", "SegmentSizeBenchmark.record_%s"),
          both("1.5 `speedMu`, healthy", "SpeedBenchmark.updateSpeed_healthy_%s"),
          both("1.5 `speedMu`, slow", "SpeedBenchmark.updateSpeed_below_%s"),
          both("1.6 `driftMu`, no new maximum", "DriftBenchmark.updateDrift_rejected_%s"),
          both("1.6 `driftMu`, a new maximum", "DriftBenchmark.updateDrift_rising_%s"),
          both("1.7 `peakDropMu`", "DroppedLinesBenchmark.recordDroppedLines_%s"),
          both(
              "1.1, 1.5, 1.6: a progress event",
              "ProgressEventBenchmark.onProgress_keepsUp_%s clock=SYSTEM"),
          one("1.1 to 1.7: a writer beside a reader", "TopologyBenchmark.reading_progress"),
          one("1.1 to 1.7: a reader beside a writer", "TopologyBenchmark.reading_reader"),
          one("2.1 to 2.3, step 4: a snapshot", SNAPSHOT + "1000 percentWithErrors=0"),
          one("2.1 to 2.3, step 4: a snapshot", SNAPSHOT + "1000 percentWithErrors=100"),
          one("2.1 to 2.3, step 4: a snapshot", SNAPSHOT + "10000 percentWithErrors=0"),
          one("2.1 to 2.3, step 4: a snapshot", LARGE_SNAPSHOT + "100000 percentWithErrors=0"),
          one("2.1 to 2.3, step 4: a snapshot", LARGE_SNAPSHOT + "1000000 percentWithErrors=0"),
          one("2.3 `mu`, step 4: who waits", CHURN + "add_whileAggregating clients=1000"),
          one("2.3 `mu`, step 4: who waits", CHURN + "add_whileAggregating clients=100000"),
          one("2.3 `mu`, step 4: who waits", COPY + "add_whileAggregating clients=1000"),
          one("2.3 `mu`, step 4: come and go", "ChurnBenchmark.remove_add clients=100000"),
          one("2.3 `mu`, step 4: come and go", COPY + "remove_add clients=1000"),
          one("2.3 `mu`, step 4: come and go", COPY + "remove_add clients=10000"),
          kept("5.1 `mu`, debug events", "DEBUG_EVENTS"),
          kept("8.1 `mu`, progress parser", "PROGRESS_LINE"),
          kept("9.1 `mu`, collector", "COLLECTOR"),
          kept("10.1 `mu`, log", "LOG_RING"),
          both("step 3: a counter", "IncrementBenchmark.increment_%s"))
      .flatMap(conversions -> conversions)
      .toList();

  /**
   * What the documents expect, as a bound: of a range the end that is easier to meet. Compared are
   * what the plan ends with and the state before the analysis, with every mutex in its place. The
   * plan starts in between, with clients that have but one mutex left, that of the HTTP errors; so
   * it is given more to gain than it claims.
   */
  static final List<Budget> EXPECTATIONS = List.of(
      ofPlan("100 clients: 5 ms → 4 ms", SNAPSHOT + "100 percentWithErrors=1", 0.8),
      ofPlan("500 clients: 25 ms → 18 ms", SNAPSHOT + "500 percentWithErrors=1", 0.72),
      ofPlan("1,000 clients: 50 ms → 35 ms", SNAPSHOT + "1000 percentWithErrors=1", 0.7),
      ofPlan("2,000 clients: 100 ms → 70 ms", SNAPSHOT + "2000 percentWithErrors=1", 0.7),
      ofPlan(
          "1,000 clients, all with errors: 10 to 50 % faster",
          SNAPSHOT + "1000 percentWithErrors=100", 0.9),
      allocationOfPlan(
          "1,000 clients, none with errors: 50 to 80 % fewer allocations",
          SNAPSHOT + "1000 percentWithErrors=0"),
      allocationOfPlan(
          "1,000 clients, all with errors: 50 to 80 % fewer allocations",
          SNAPSHOT + "1000 percentWithErrors=100"),
      ofPlan(
          "1,000 clients, another thread records: of 50 ms, 5 to 10 ms of waiting → 0",
          "AggregateWhileRecordingBenchmark.aggregate_whileRecording"
              + " clients=1000 percentWithErrors=1",
          0.9),
      ofPlan(
          "1,000 to 10,000 clients: \"small\" (here 10,000: any)",
          SNAPSHOT + "10000 percentWithErrors=1",
          1),
      ofPlan(
          "more than 10,000 clients: \"significant\" (here 100,000: any)",
          LARGE_SNAPSHOT + "100000 percentWithErrors=1",
          1),
      ofPlan(
          "clients come and go: 20 to 30 % shorter (here 1,000)",
          CHURN + "aggregate_whileAdding clients=1000", 0.8),
      Budget.of(
          "an HTTP error: 100 ns → 10 to 20 ns",
          Figure.SCORE,
          "HttpErrorBenchmark.record_alone contender=EAGER_ARRAY",
          0.2,
          "lock",
          "HttpErrorBenchmark.record_alone contender=MUTEX",
          0));

  private Mutexes() {}

  private static Stream<Conversion> one(String what, String work) {
    return Stream.of(Conversion.of(what, work));
  }

  private static Stream<Conversion> both(String what, String work) {
    return Stream.of("alone", "contended")
        .map(threads -> Conversion.of(what, work.replace("%s", threads)));
  }

  private static Stream<Conversion> kept(String what, String shape) {
    return Stream.of("write_alone", "paced_write")
        .map(work -> Conversion.ofKept(what, "KeptMutexBenchmark." + work + " shape=" + shape));
  }

  private static Budget ofPlan(String what, String work, double factor) {
    return ofPlan(what, Figure.SCORE, work, factor);
  }

  private static Budget allocationOfPlan(String what, String work) {
    return ofPlan(what, Figure.ALLOCATION, work, 0.5);
  }

  private static Budget ofPlan(String what, Figure figure, String work, double factor) {
    return Budget.of(
        what, figure, work + " contender=HYBRID", factor, "lock", work + " contender=RW_LOCK", 0);
  }
}
