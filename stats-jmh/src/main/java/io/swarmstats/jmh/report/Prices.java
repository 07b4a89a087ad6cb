package io.swarmstats.jmh.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why the library takes more time or memory than a rival or a peer in some rows. G1 to G18 are the
 * promises in docs/guarantees.md.
 */
final class Prices {

  /** By the beginning of {@code Benchmark.work}; the first entry that fits counts. */
  private static final Map<String, String> PRICES = new LinkedHashMap<>();

  static {
    PRICES.put("ClientMemoryBenchmark.", "decision 36: 1.6 KB less for a client with few codes");
    PRICES.put("LatencyRecordBenchmark.", "G14: sum, minimum and maximum fit the buckets");
    PRICES.put("LatencyMemoryBenchmark.", "G14: percentiles within 0.55 %, no writer waits");
    PRICES.put("LatencyMergeBenchmark.", "G14: exact sum, percentiles within 0.55 %");
    PRICES.put("LatencyPercentileBenchmark.", "G14: the bucket of the rank, not an estimate");
    PRICES.put("LatencySnapshotBenchmark.", "G15: a writer never waits for a snapshot");
    PRICES.put("LatencyWindowBenchmark.", "G17: any two snapshots give an exact interval");
    PRICES.put("PeerEventBenchmark.", "G11: a removed client's counters are final");
    PRICES.put("PeerReadBenchmark.", "G4 to G9: figures that fit together");
    PRICES.put("BytesBenchmark.", "G2, G3: an ended run is sealed and folded once");
    PRICES.put("DriftBenchmark.", "G3, G4: sealed, and never above the maximum");
    PRICES.put("HttpErrorBenchmark.", "G1, G11: no error is lost when a client is removed");
    PRICES.put("IncrementBenchmark.", "G11: a counter that can be sealed, in one cell");
    PRICES.put("RaiseRisingBenchmark.", "G3, G4: a maximum that can be sealed, in one cell");
    PRICES.put("RestartBenchmark.", "G2, G3: a run is folded once, and late writers are rejected");
    PRICES.put("SegmentSizeBenchmark.", "G8: no size is lost, and the sum is exact");
    PRICES.put("SpeedBenchmark.", "G7: the stall clock agrees with the speed");
    PRICES.put("ProgressEventBenchmark.", "G4, G18: a viewer and a maximum, in one report");
    for (String group : List.of("alone", "apart", "writers")) {
      PRICES.put(
          "TopologyBenchmark." + group + "_requests",
          "G11: a counter that can be sealed, in one cell");
    }
    PRICES.put("TopologyBenchmark.", "G4, G7, G18: figures of one report fit together");
    PRICES.put("AddWhileAggregatingBenchmark.", "G11: one membership for the whole swarm");
    PRICES.put("ChurnBenchmark.", "G10, G11: totals keep the removed client");
    PRICES.put(
        "AggregateWhileRecordingBenchmark.record",
        "none: a faster reader disturbs more often, see RecordBesideReaderBenchmark");
    PRICES.put("RecordBesideReaderBenchmark.", "G3, G4, G7: cells that are sealed and ordered");
  }

  private Prices() {}

  /** Returns why the library is slower or larger in this work. */
  static String of(String benchmark, String work) {
    String name = benchmark + '.' + work.replace("`", "");
    return PRICES.entrySet().stream()
        .filter(price -> name.startsWith(price.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("**not explained**");
  }
}
