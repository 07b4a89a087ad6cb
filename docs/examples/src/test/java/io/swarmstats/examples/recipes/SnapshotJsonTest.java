package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotJsonTest {

  private static StatsAggregator swarm() {
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(7);
    client.incrementManifestRequests();
    client.incrementSegmentRequests();
    client.recordHttpError(404);
    client.recordHttpError(999);
    client.recordDroppedLines(10, 1, 3, 0);
    client.currentRun().onProgress(1_000, 2_000_000, 1.25);
    for (int i = 1; i <= 1_000; i++) {
      swarm.recordSegmentWallTime(i * 1_000_000L);
    }
    return swarm;
  }

  @Test
  void snapshot_writtenAndRead_isEqual() throws JsonProcessingException {
    AggregatedStats before = swarm().aggregate();

    String json = SnapshotJson.MAPPER.writeValueAsString(before);
    AggregatedStats after = SnapshotJson.MAPPER.readValue(json, AggregatedStats.class);

    assertThat(after).isEqualTo(before).hasToString(before.toString());
    assertThat(after.segmentWallTimes().percentile(0.42))
        .isEqualTo(before.segmentWallTimes().percentile(0.42));
  }

  @Test
  void emptySnapshot_writtenAndRead_isEqual() throws JsonProcessingException {
    AggregatedStats before = new StatsAggregator().aggregate();

    String json = SnapshotJson.MAPPER.writeValueAsString(before);

    assertThat(SnapshotJson.MAPPER.readValue(json, AggregatedStats.class)).isEqualTo(before);
  }

  @Test
  void interval_writtenAndRead_isEqual() throws JsonProcessingException {
    StatsAggregator swarm = swarm();
    AggregatedStats start = swarm.aggregate();
    ClientStats client = swarm.addClient(8);
    client.recordHttpError(503);
    client.onProcessStart();
    client.recordSegmentSize(700);
    swarm.recordSegmentWallTime(123_456_789);
    AggregatedStats end = swarm.aggregate();

    for (Interval before : List.of(end.since(start), start.since(start))) {
      String json = SnapshotJson.MAPPER.writeValueAsString(before);

      assertThat(SnapshotJson.MAPPER.readValue(json, Interval.class)).isEqualTo(before);
    }
  }

  static List<LatencySnapshot> distributions() {
    LatencySnapshot earlier = ExactBuckets.snapshot(ExactBuckets.random(1, 500));
    LatencySnapshot later = earlier.plus(ExactBuckets.snapshot(ExactBuckets.random(2, 500)));
    return List.of(
        LatencySnapshot.EMPTY,
        ExactBuckets.snapshot(0),
        ExactBuckets.snapshot(Long.MAX_VALUE),
        ExactBuckets.snapshot(0, 1, 2, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE),
        ExactBuckets.snapshot(ExactBuckets.bounds()),
        later,
        later.since(earlier));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void distribution_writtenAndRead_isEqual(LatencySnapshot before) throws JsonProcessingException {
    String json = SnapshotJson.MAPPER.writeValueAsString(before);

    assertThat(SnapshotJson.MAPPER.readValue(json, LatencySnapshot.class)).isEqualTo(before);
  }

  @Test
  void summary_writtenAndRead_isEqual() throws JsonProcessingException {
    ClientSummary before = swarm().clientSummaries().get(0);

    String json = SnapshotJson.MAPPER.writeValueAsString(before);

    assertThat(SnapshotJson.MAPPER.readValue(json, ClientSummary.class)).isEqualTo(before);
  }

  /** Other programs that read the JSON rely on these names. */
  @Test
  void json_hasExactlyThisText() throws JsonProcessingException {
    ManualTimeSource clock = new ManualTimeSource();
    StatsAggregator swarm = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    ClientStats client = swarm.addClient(7);
    client.onProcessStart();
    client.incrementSegmentRequests();
    client.incrementSegmentRequests();
    client.recordHttpError(404);
    client.recordHttpError(999);
    client.recordSegmentSize(250_000);
    client.recordSegmentSize(350_000);
    client.recordDroppedLines(8, 1, 0, 0);
    clock.advance(Duration.ofSeconds(1));
    client.onProgress(100_000, 500_000, 0.5);
    clock.advance(Duration.ofSeconds(1));
    client.onProgress(200_000, 1_000_000, 0.5); // plays until 3 s
    clock.advance(Duration.ofMillis(7_500));
    client.onProgress(300_000, 1_500_000, 0.16); // waited for 6.5 s
    clock.advance(Duration.ofMillis(500));
    client.onProgress(500_000, 9_500_000, 0.95);
    swarm.recordSegmentWallTime(100_000_000);
    swarm.recordSegmentWallTime(300_000_000);

    assertThat(pretty(swarm.aggregate())).isEqualTo("""
        {
          "startTime" : "2026-01-01T00:00:00Z",
          "timestamp" : "2026-01-01T00:00:10Z",
          "elapsed" : "PT10S",
          "clients" : {
            "active" : 1,
            "peakActive" : 1,
            "everAdded" : 1,
            "stalled" : 0,
            "silent" : 0,
            "aboveRealtime" : 0,
            "belowRealtime" : 1,
            "unknownSpeed" : 0,
            "withDrift" : 1,
            "lagging" : 1,
            "highDrift" : 0,
            "withDrops" : 1,
            "degraded" : 1
          },
          "requests" : {
            "manifest" : 0,
            "segment" : 2,
            "init" : 0,
            "unknown" : 0
          },
          "totalBytes" : 500000,
          "downloadedBytes" : 600000,
          "processStarts" : 1,
          "errors" : {
            "http" : {
              "0" : 1,
              "404" : 1
            },
            "reconnections" : 0,
            "timeouts" : 0
          },
          "playback" : {
            "averageSpeed" : 0.95,
            "averageDrift" : "PT0.5S",
            "averageLag" : "PT0.5S",
            "maxDrift" : "PT8S",
            "stalls" : 1,
            "stalledTime" : "PT6.5S"
          },
          "pipeline" : {
            "progress" : {
              "read" : 8,
              "dropped" : 1
            },
            "stderr" : {
              "read" : 0,
              "dropped" : 0
            },
            "peakDropRate" : 0.125,
            "degraded" : true
          },
          "uptimes" : {
            "min" : "PT10S",
            "max" : "PT10S",
            "average" : "PT10S"
          },
          "segmentWallTimes" : {
            "count" : 2,
            "sum" : "PT0.4S",
            "min" : "PT0.1S",
            "mean" : "PT0.2S",
            "p50" : "PT0.100113515S",
            "p95" : "PT0.29892048S",
            "p99" : "PT0.29892048S",
            "max" : "PT0.3S",
            "buckets" : [ {
              "index" : -212,
              "count" : 1
            }, {
              "index" : -111,
              "count" : 1
            } ]
          },
          "sinceStart" : {
            "manifestPerSecond" : 0.0,
            "segmentPerSecond" : 0.2,
            "bytesPerSecond" : 50000.0
          },
          "instantaneous" : {
            "manifestPerSecond" : 0.0,
            "segmentPerSecond" : 0.2,
            "bytesPerSecond" : 50000.0
          },
          "rejectedUpdates" : 0
        }
        """);
    assertThat(pretty(client.summary())).isEqualTo("""
        {
          "clientId" : 7,
          "uptime" : "PT10S",
          "totalBytes" : 500000,
          "processStarts" : 1,
          "downloadedBytes" : 600000,
          "requests" : {
            "manifest" : 0,
            "segment" : 2,
            "init" : 0,
            "unknown" : 0
          },
          "errors" : {
            "http" : {
              "0" : 1,
              "404" : 1
            },
            "reconnections" : 0,
            "timeouts" : 0
          },
          "speed" : 0.95,
          "stalled" : false,
          "silent" : false,
          "stalls" : 1,
          "stalledTime" : "PT6.5S",
          "currentDrift" : "PT0.5S",
          "maxDrift" : "PT8S",
          "highDrift" : false,
          "dropRate" : 0.125,
          "peakDropRate" : 0.125,
          "averageSegmentSize" : 300000,
          "rejectedUpdates" : 0
        }
        """);
  }

  private static String pretty(Object value) throws JsonProcessingException {
    return SnapshotJson.MAPPER
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .writeValueAsString(value)
        + "\n";
  }

  /** JSON has neither NaN nor infinity: Jackson would write them as text. */
  @Test
  void numbers_areFinite() {
    List<JsonNode> numbers = new ArrayList<>();
    for (StatsAggregator swarm : List.of(swarm(), new StatsAggregator())) {
      collectNumbers(SnapshotJson.MAPPER.valueToTree(swarm.aggregate()), numbers);
      collectNumbers(SnapshotJson.MAPPER.valueToTree(swarm.clientSummaries()), numbers);
    }

    assertThat(numbers)
        .hasSizeGreaterThan(100)
        .allSatisfy(number -> assertThat(number.doubleValue()).isFinite());
  }

  private static void collectNumbers(JsonNode node, List<JsonNode> into) {
    assertThat(node.isNull()).isFalse();
    if (node.isNumber()) {
      into.add(node);
    }
    node.forEach(child -> collectNumbers(child, into));
  }

  @Test
  void impossibleDistribution_read_isRejectedWithTheRule() {
    ObjectNode json = SnapshotJson.MAPPER.valueToTree(swarm().aggregate().segmentWallTimes());
    json.put("min", "PT2S");

    assertThatThrownBy(() -> SnapshotJson.MAPPER.treeToValue(json, LatencySnapshot.class))
        .isInstanceOf(ValueInstantiationException.class)
        .hasMessageContaining("min must lie in the first bucket: PT2S");
  }
}
