package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of several swarms as one: sums, maxima and weighted means (G19). */
class MergeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ONE = Duration.ofNanos(1);

  @Test
  void merge_nothing_isZero() {
    AggregatedStats nothing = AggregatedStats.merge(List.of());

    assertThat(nothing.startTime()).isEqualTo(Instant.EPOCH);
    assertThat(nothing.timestamp()).isEqualTo(Instant.EPOCH);
    assertThat(nothing.elapsed()).isZero();
    assertThat(nothing.requests().total()).isZero();
    assertThat(nothing.errors().http()).isEmpty();
    assertThat(nothing.playback())
        .isEqualTo(new Playback(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO));
    assertThat(nothing.uptimes()).isEqualTo(Uptimes.NONE);
    assertThat(nothing.segmentWallTimes()).isEqualTo(LatencySnapshot.EMPTY);
    assertThat(nothing.sinceStart()).isEqualTo(Rates.ZERO);
    assertThat(nothing.instantaneous()).isEqualTo(Rates.ZERO);
  }

  @Test
  void merge_twoParts_addsTotalsAndWeighsAverages() {
    AggregatedStats first = new AggregatedStats(
        START,
        START.plusSeconds(10),
        Duration.ofSeconds(10),
        new Clients(4, 5, 6, 1, 2, 2, 1, 1, 3, 2, 1, 1, 1),
        new Requests(10, 20, 30, 40),
        1_000,
        2_000,
        3,
        new Errors(new TreeMap<>(Map.of(404, 1L, 503, 2L)), 3, 4),
        new Playback(1.0, Duration.ofNanos(-5), Duration.ofNanos(9), Duration.ofSeconds(7), 2, ONE),
        new Pipeline(new Lines(10, 1), new Lines(20, 2), 0.5, false),
        new Uptimes(Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(5)),
        LatencySnapshot.EMPTY,
        new Rates(1, 2, 100),
        new Rates(3, 4, 5),
        6);
    AggregatedStats second = new AggregatedStats(
        START.minusSeconds(3600),
        START.minusSeconds(3580),
        Duration.ofSeconds(20),
        new Clients(1, 2, 3, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0),
        new Requests(1, 2, 3, 4),
        100,
        200,
        1,
        new Errors(new TreeMap<>(Map.of(503, 5L)), 1, 1),
        new Playback(0.5, Duration.ofNanos(4), Duration.ofNanos(4), Duration.ofSeconds(3), 1, ONE),
        new Pipeline(new Lines(5, 5), new Lines(0, 0), 1, true),
        new Uptimes(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
        LatencySnapshot.EMPTY,
        new Rates(0.05, 0.1, 5),
        new Rates(0.5, 0, 1),
        1);

    assertThat(AggregatedStats.merge(List.of(first, second)))
        .isEqualTo(new AggregatedStats(
            START.minusSeconds(3600),
            START.plusSeconds(10),
            Duration.ofSeconds(20),
            new Clients(5, 7, 9, 1, 3, 2, 2, 1, 4, 3, 1, 2, 1),
            new Requests(11, 22, 33, 44),
            1_100,
            2_200,
            4,
            new Errors(new TreeMap<>(Map.of(404, 1L, 503, 7L)), 4, 5),
            new Playback(
                3.5 / 4,
                Duration.ofNanos(-3), // (3 * -5 + 4) / 4, rounded down
                Duration.ofNanos(7), // (2 * 9 + 4) / 3, rounded down
                Duration.ofSeconds(7),
                3,
                Duration.ofNanos(2)),
            new Pipeline(new Lines(15, 6), new Lines(20, 2), 1, true),
            new Uptimes(Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofMillis(4_200)),
            LatencySnapshot.EMPTY,
            new Rates(11 / 20.0, 22 / 20.0, 1_100 / 20.0),
            new Rates(3.5, 4, 6),
            7));
  }

  /** The counts of clients are too great for a sum of longs. */
  @Test
  void merge_greatestWeights_areExact() {
    AggregatedStats nothing = AggregatedStats.merge(List.of());
    AggregatedStats part = new AggregatedStats(
        START,
        START,
        Duration.ZERO,
        new Clients(Long.MAX_VALUE, 0, 0, 0, 0, Long.MAX_VALUE, 9, 0, Long.MAX_VALUE, 0, 0, 0, 0),
        nothing.requests(),
        0,
        0,
        0,
        nothing.errors(),
        new Playback(
            Double.MAX_VALUE,
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ZERO,
            Duration.ZERO,
            0,
            Duration.ZERO),
        nothing.pipeline(),
        new Uptimes(ONE, ONE, ONE),
        LatencySnapshot.EMPTY,
        Rates.ZERO,
        Rates.ZERO,
        0);
    AggregatedStats merged = AggregatedStats.merge(List.of(part, part, part, part));

    assertThat(merged.playback()).isEqualTo(part.playback());
    assertThat(merged.uptimes()).isEqualTo(part.uptimes());
  }

  @Test
  void merge_greatestTotals_saturate() {
    AggregatedStats most = new AggregatedStats(
        START,
        START,
        Duration.ZERO,
        new Clients(1, 1, Long.MAX_VALUE, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0),
        new Requests(Long.MAX_VALUE, 0, 0, 0),
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        new Errors(new TreeMap<>(Map.of(404, Long.MAX_VALUE)), Long.MAX_VALUE, Long.MAX_VALUE),
        new Playback(
            Double.MAX_VALUE,
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Long.MAX_VALUE,
            Duration.ofNanos(Long.MAX_VALUE)),
        new Pipeline(
            new Lines(Long.MAX_VALUE, Long.MAX_VALUE),
            new Lines(Long.MAX_VALUE, Long.MAX_VALUE),
            1,
            true),
        new Uptimes(ONE, ONE, ONE),
        LatencySnapshot.EMPTY,
        Rates.ZERO,
        new Rates(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE),
        Long.MAX_VALUE);
    AggregatedStats merged = AggregatedStats.merge(List.of(most, most));

    assertThat(merged.requests()).isEqualTo(most.requests());
    assertThat(merged.totalBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(merged.errors()).isEqualTo(most.errors());
    assertThat(merged.playback()).isEqualTo(most.playback());
    assertThat(merged.pipeline()).isEqualTo(most.pipeline());
    assertThat(merged.instantaneous()).isEqualTo(most.instantaneous());
    assertThat(merged.rejectedUpdates()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void merge_partIsNull_isRejected() {
    assertThatNullPointerException()
        .isThrownBy(() -> AggregatedStats.merge(Collections.singletonList(null)))
        .withMessage("part must not be null");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void merge_onePart_isThatPart(long seed) {
    AggregatedStats part = new RandomSnapshot(new Random(seed)).next();
    AggregatedStats nothing = AggregatedStats.merge(List.of());

    assertThat(AggregatedStats.merge(List.of(part))).isEqualTo(part);
    assertThat(AggregatedStats.merge(List.of(nothing, part, nothing))).isEqualTo(part);
  }

  /** Merges the parts in a random order and in random groups, some of them empty. */
  private static AggregatedStats mergeInGroups(List<AggregatedStats> parts, Random random) {
    List<AggregatedStats> rest = new ArrayList<>(parts);
    Collections.shuffle(rest, random);
    while (rest.size() > 1 || random.nextInt(3) == 0) {
      int size = random.nextInt(Math.min(4, rest.size() + 1));
      List<AggregatedStats> group = rest.subList(0, size);
      AggregatedStats merged = AggregatedStats.merge(group);
      group.clear();
      rest.add(random.nextInt(rest.size() + 1), merged);
    }
    return AggregatedStats.merge(rest);
  }

  @Test
  void merge_anyOrderAndGrouping_hasTheSameTotals() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      RandomSnapshot snapshots = new RandomSnapshot(random);
      List<AggregatedStats> parts = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        parts.add(snapshots.next());
      }
      AggregatedStats atOnce = AggregatedStats.merge(parts);
      AggregatedStats inGroups = mergeInGroups(parts, random);

      long tolerance = parts.size();
      assertThat(inGroups.playback().averageDrift())
          .as("average drift, seed %d", seed)
          .isCloseTo(atOnce.playback().averageDrift(), Duration.ofNanos(tolerance));
      assertThat(inGroups.playback().averageLag())
          .as("average lag, seed %d", seed)
          .isCloseTo(atOnce.playback().averageLag(), Duration.ofNanos(tolerance));
      assertThat(inGroups.uptimes().average())
          .as("average uptime, seed %d", seed)
          .isCloseTo(atOnce.uptimes().average(), Duration.ofNanos(tolerance));
      assertThat(inGroups.playback().averageSpeed())
          .as("average speed, seed %d", seed)
          .isCloseTo(atOnce.playback().averageSpeed(), within(1e-14));
      assertThat(withAveragesOf(inGroups, atOnce)).as("seed %d", seed).isEqualTo(atOnce);
    }
  }

  /** Returns a snapshot with the averages of another. */
  private static AggregatedStats withAveragesOf(AggregatedStats stats, AggregatedStats other) {
    Playback averages = other.playback();
    return new AggregatedStats(
        stats.startTime(),
        stats.timestamp(),
        stats.elapsed(),
        stats.clients(),
        stats.requests(),
        stats.totalBytes(),
        stats.downloadedBytes(),
        stats.processStarts(),
        stats.errors(),
        new Playback(
            averages.averageSpeed(),
            averages.averageDrift(),
            averages.averageLag(),
            stats.playback().maxDrift(),
            stats.playback().stalls(),
            stats.playback().stalledTime()),
        stats.pipeline(),
        new Uptimes(
            stats.uptimes().min(), stats.uptimes().max(), other.uptimes().average()),
        stats.segmentWallTimes(),
        stats.sinceStart(),
        stats.instantaneous(),
        stats.rejectedUpdates());
  }

  /** Records the same random events in one swarm, and in several swarms that share its clients. */
  @Test
  void merge_partsOfASwarm_isTheWholeSwarm() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      ManualTimeSource time = new ManualTimeSource(START, random.nextLong());
      StatsConfig config = StatsConfig.defaults().withTimeSource(time);
      StatsAggregator whole = new StatsAggregator(config);
      StatsAggregator[] parts = new StatsAggregator[1 + random.nextInt(5)];
      Arrays.setAll(parts, i -> new StatsAggregator(config));
      List<ClientStats> clients = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        time.advance(Duration.ofMillis(random.nextInt(2_000)));
        if (clients.isEmpty() || random.nextInt(20) == 0) {
          ClientStats client = whole.addClient(clients.size());
          parts[client.clientId() % parts.length].addClient(client);
          clients.add(client);
        }
        ClientStats client = clients.get(random.nextInt(clients.size()));
        record(random, client, List.of(whole, parts[client.clientId() % parts.length]));
      }
      AggregatedStats merged = AggregatedStats.merge(
          Arrays.stream(parts).map(StatsAggregator::aggregate).toList());
      AggregatedStats all = whole.aggregate();

      assertThat(merged.playback().averageSpeed())
          .as("seed %d", seed)
          .isCloseTo(all.playback().averageSpeed(), within(1e-14));
      assertThat(merged.playback().averageDrift())
          .as("seed %d", seed)
          .isBetween(all.playback().averageDrift().minus(ONE), all.playback().averageDrift());
      assertThat(merged.playback().averageLag())
          .as("seed %d", seed)
          .isBetween(all.playback().averageLag().minus(ONE), all.playback().averageLag());
      assertThat(merged.uptimes().average())
          .as("seed %d", seed)
          .isBetween(all.uptimes().average().minus(ONE), all.uptimes().average());
      assertThat(merged.clients().peakActive())
          .isGreaterThanOrEqualTo(all.clients().peakActive());
      assertThat(merged.pipeline().degraded() || !all.pipeline().degraded()).isTrue();
      assertThat(withRatesPeakAndDegradedOf(withAveragesOf(merged, all), all))
          .as("seed %d", seed)
          .isEqualTo(all);
    }
  }

  private static AggregatedStats withRatesPeakAndDegradedOf(
      AggregatedStats stats, AggregatedStats other) {
    Clients clients = stats.clients();
    return new AggregatedStats(
        stats.startTime(),
        stats.timestamp(),
        stats.elapsed(),
        new Clients(
            clients.active(),
            other.clients().peakActive(),
            clients.everAdded(),
            clients.stalled(),
            clients.silent(),
            clients.aboveRealtime(),
            clients.belowRealtime(),
            clients.unknownSpeed(),
            clients.withDrift(),
            clients.lagging(),
            clients.highDrift(),
            clients.withDrops(),
            clients.degraded()),
        stats.requests(),
        stats.totalBytes(),
        stats.downloadedBytes(),
        stats.processStarts(),
        stats.errors(),
        stats.playback(),
        new Pipeline(
            stats.pipeline().progress(),
            stats.pipeline().stderr(),
            stats.pipeline().peakDropRate(),
            other.pipeline().degraded()),
        stats.uptimes(),
        stats.segmentWallTimes(),
        stats.sinceStart(),
        other.instantaneous(),
        stats.rejectedUpdates());
  }

  private static void record(Random random, ClientStats client, List<StatsAggregator> swarms) {
    switch (random.nextInt(9)) {
      case 0 -> client.onProcessStart();
      case 1 -> client.incrementSegmentRequests();
      case 2 -> client.recordHttpError(400 + random.nextInt(210));
      case 3 -> client.recordTimeout();
      case 4 -> client.recordSegmentSize(random.nextInt(5_000));
      case 5 ->
        client.recordDroppedLines(
            random.nextInt(100), random.nextInt(20), random.nextInt(100), random.nextInt(20));
      case 6 -> {
        long nanos = random.nextInt(1_000_000_000);
        swarms.forEach(swarm -> swarm.recordSegmentWallTime(nanos));
      }
      case 7 -> swarms.forEach(swarm -> swarm.removeClient(client.clientId()));
      default ->
        client.onProgress(
            random.nextInt(10_000), random.nextInt(600_000_000), random.nextDouble() * 2);
    }
  }

  @Test
  void merge_departedParts_isTheDepartedWhole() {
    for (long seed = 1; seed <= 50; seed++) {
      RandomSnapshot snapshots = new RandomSnapshot(new Random(seed));
      List<AggregatedStats> parts = List.of(snapshots.next(), snapshots.next(), snapshots.next());

      assertThat(AggregatedStats.merge(
              parts.stream().map(AggregatedStats::departed).toList()))
          .as("seed %d", seed)
          .isEqualTo(AggregatedStats.merge(parts).departed());
    }
  }

  @Test
  void departed_isTheSwarmAfterAllClientsWereRemoved() {
    ManualTimeSource time = new ManualTimeSource(START, 0);
    StatsAggregator swarm = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
    for (int id = 0; id < 3; id++) {
      ClientStats client = swarm.addClient(id);
      client.onProcessStart();
      client.incrementSegmentRequests();
      client.recordHttpError(404);
      client.recordDroppedLines(10, 5, 0, 0);
      time.advance(Duration.ofSeconds(10));
      client.onProgress(1_000L * (id + 1), 9_000_000, 1.1);
      swarm.recordSegmentWallTime(1_000);
    }
    AggregatedStats departed = swarm.aggregate().departed();
    for (int id = 0; id < 3; id++) {
      swarm.removeClient(id);
    }
    AggregatedStats removed = swarm.aggregate();

    assertThat(departed.instantaneous()).isEqualTo(Rates.ZERO);
    assertThat(withRatesPeakAndDegradedOf(departed, removed)).isEqualTo(removed);
    assertThat(departed.clients()).isEqualTo(removed.clients());
    assertThat(departed.pipeline()).isEqualTo(removed.pipeline());
    assertThat(departed.clients().everAdded()).isEqualTo(3);
    assertThat(departed.departed()).isEqualTo(departed);
  }

  // intervals

  @Test
  void since_mergedSnapshotThatGainedAnEarlierPart_isTheDifference() {
    AggregatedStats first = snapshot(START, Duration.ofSeconds(10), 5);
    AggregatedStats before = AggregatedStats.merge(List.of(first));
    AggregatedStats now = AggregatedStats.merge(List.of(
        snapshot(START, Duration.ofSeconds(12), 8),
        snapshot(START.minusSeconds(3600), Duration.ofSeconds(3), 100)));
    Interval interval = now.since(before);

    assertThat(interval.requests().manifest()).isEqualTo(103);
    assertThat(interval.from()).isEqualTo(before.timestamp());
    assertThat(interval.length()).isEqualTo(Duration.ofSeconds(2));
  }

  /**
   * A node begins at 10:00 by its clock, which is then set back, before an earlier node appears.
   */
  @Test
  void since_clockOfANodeWasSetBack_isTheDifference() {
    Instant set = START.minusSeconds(7_200);
    AggregatedStats before =
        AggregatedStats.merge(List.of(at(set, snapshot(START, Duration.ofSeconds(5), 5))));
    AggregatedStats now = AggregatedStats.merge(List.of(
        at(set.plusSeconds(2), snapshot(START, Duration.ofSeconds(7), 8)),
        at(set.plusSeconds(2), snapshot(set, Duration.ofSeconds(1), 10))));

    assertThat(now.since(before).requests().manifest()).isEqualTo(13);
  }

  private static AggregatedStats at(Instant timestamp, AggregatedStats stats) {
    return new AggregatedStats(
        stats.startTime(),
        timestamp,
        stats.elapsed(),
        stats.clients(),
        stats.requests(),
        0,
        0,
        0,
        stats.errors(),
        stats.playback(),
        stats.pipeline(),
        stats.uptimes(),
        LatencySnapshot.EMPTY,
        Rates.ZERO,
        Rates.ZERO,
        0);
  }

  private static AggregatedStats snapshot(Instant start, Duration elapsed, long manifest) {
    AggregatedStats nothing = AggregatedStats.merge(List.of());
    return new AggregatedStats(
        start,
        start.plus(elapsed),
        elapsed,
        nothing.clients(),
        new Requests(manifest, 0, 0, 0),
        0,
        0,
        0,
        nothing.errors(),
        nothing.playback(),
        nothing.pipeline(),
        nothing.uptimes(),
        LatencySnapshot.EMPTY,
        Rates.ZERO,
        Rates.ZERO,
        0);
  }
}
