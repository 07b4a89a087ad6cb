package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest snapshot of each node, whatever arrives in whatever order (G19, G20). */
class FleetStatsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static NodeStats node(String name, Instant start, int elapsedSeconds, long n) {
    return new NodeStats(name, snapshot(start, elapsedSeconds, n, LatencySnapshot.EMPTY));
  }

  private static AggregatedStats snapshot(
      Instant start, int elapsedSeconds, long n, LatencySnapshot wallTimes) {
    Duration elapsed = Duration.ofSeconds(elapsedSeconds);
    return new AggregatedStats(
        start,
        start.plus(elapsed),
        elapsed,
        new Clients(1, 1, n, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
        new Requests(n, n, n, n),
        n,
        n,
        n,
        new Errors(n == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(404, n)), n, n),
        new Playback(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, n, Duration.ofNanos(n)),
        new Pipeline(new Lines(2 * n, n), new Lines(2 * n, n), 1, true),
        new Uptimes(elapsed, elapsed, elapsed),
        wallTimes,
        Rates.over(elapsed, n, n, n),
        Rates.ZERO,
        n);
  }

  private static long manifests(FleetStats fleet) {
    return fleet.aggregate(node -> true).requests().manifest();
  }

  // later and earlier snapshots

  @Test
  void with_laterSnapshot_replacesTheEarlierOne() {
    FleetStats fleet = FleetStats.empty()
        .with(node("a", START, 1, 10))
        .with(node("a", START, 2, 15))
        .with(node("b", START, 1, 100));

    assertThat(fleet.nodes()).containsExactly(node("a", START, 2, 15), node("b", START, 1, 100));
    assertThat(manifests(fleet)).isEqualTo(115);
    assertThat(fleet.conflicts()).isZero();
  }

  @Test
  void with_earlierOrRepeatedSnapshot_changesNothing() {
    FleetStats fleet = FleetStats.empty().with(node("a", START, 2, 15));

    assertThat(fleet.with(node("a", START, 1, 10))).isEqualTo(fleet);
    assertThat(fleet.with(node("a", START, 2, 15))).isEqualTo(fleet);
  }

  @Test
  void with_sameElapsedTimeAndGreaterTotals_isLater() {
    NodeStats less = node("a", START, 2, 15);
    NodeStats more = node("a", START, 2, 16);

    assertThat(FleetStats.of(List.of(less, more)).nodes()).containsExactly(more);
    assertThat(FleetStats.of(List.of(more, less)).nodes()).containsExactly(more);
    assertThat(FleetStats.of(List.of(more, less)).conflicts()).isZero();
  }

  @Test
  void with_laterByTheWallClockButNotByElapsedTime_isEarlier() {
    AggregatedStats early = snapshot(START, 1, 10, LatencySnapshot.EMPTY);
    NodeStats laterClock = new NodeStats("a", withTimestamp(early, START.plusSeconds(9_999)));
    FleetStats fleet = FleetStats.of(List.of(node("a", START, 2, 15), laterClock));

    assertThat(manifests(fleet)).isEqualTo(15);
  }

  private static AggregatedStats withTimestamp(AggregatedStats stats, Instant timestamp) {
    return new AggregatedStats(
        stats.startTime(),
        timestamp,
        stats.elapsed(),
        stats.clients(),
        stats.requests(),
        stats.totalBytes(),
        stats.downloadedBytes(),
        stats.processStarts(),
        stats.errors(),
        stats.playback(),
        stats.pipeline(),
        stats.uptimes(),
        stats.segmentWallTimes(),
        stats.sinceStart(),
        stats.instantaneous(),
        stats.rejectedUpdates());
  }

  @Test
  void with_newEpochOfANode_keepsTheTotalsOfTheOldOne() {
    FleetStats fleet = FleetStats.empty()
        .with(node("a", START, 60, 1_000))
        .with(node("a", START.plusSeconds(61), 1, 5))
        .with(node("a", START.minusSeconds(3_600), 1, 7)); // its wall clock went back

    assertThat(manifests(fleet)).isEqualTo(1_012);
    assertThat(fleet.nodes()).hasSize(3);
    assertThat(fleet.conflicts()).isZero();
  }

  // live and departed nodes

  @Test
  void aggregate_departedNode_keepsItsTotalsOnly() {
    FleetStats fleet = FleetStats.of(List.of(node("a", START, 2, 15), node("b", START, 5, 100)));
    AggregatedStats stats = fleet.aggregate(node -> node.node().equals("a"));

    assertThat(stats.requests().manifest()).isEqualTo(115);
    assertThat(stats.clients().active()).isEqualTo(1);
    assertThat(stats.uptimes().max()).isEqualTo(Duration.ofSeconds(2));
    assertThat(stats.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aggregate_emptyFleet_isZero() {
    assertThat(FleetStats.empty().aggregate(node -> true))
        .isEqualTo(AggregatedStats.merge(List.of()));
    assertThat(FleetStats.empty().nodes()).isEmpty();
    assertThat(FleetStats.of(List.of())).isEqualTo(FleetStats.empty());
  }

  // conflicts

  static Stream<String> everyTotal() {
    return Stream.of(
        "clients.everAdded",
        "downloadedBytes",
        "errors.http",
        "errors.reconnections",
        "errors.timeouts",
        "pipeline.progress.dropped",
        "pipeline.progress.read",
        "pipeline.stderr.dropped",
        "pipeline.stderr.read",
        "playback.stalledTime",
        "playback.stalls",
        "processStarts",
        "rejectedUpdates",
        "requests.init",
        "requests.manifest",
        "requests.segment",
        "requests.unknown",
        "totalBytes");
  }

  private static AggregatedStats lowered(AggregatedStats stats, String total) {
    return Objects.requireNonNull(Leaves.changed(stats, Leaves::lowered).get(total), total);
  }

  @ParameterizedTest
  @MethodSource("everyTotal")
  void conflicts_laterSnapshotHasASmallerTotal_isCounted(String total) {
    NodeStats earlier = node("a", START, 1, 10);
    AggregatedStats same = snapshot(START, 2, 10, LatencySnapshot.EMPTY);
    NodeStats later = new NodeStats("a", lowered(same, total));

    assertThat(FleetStats.of(List.of(earlier, later)).conflicts()).isEqualTo(1);
    assertThat(FleetStats.of(List.of(later, earlier)).conflicts()).isEqualTo(1);
    assertThat(FleetStats.of(List.of(later, earlier)).nodes()).containsExactly(later);
    assertThat(FleetStats.of(List.of(earlier, new NodeStats("a", same))).conflicts())
        .isZero();
  }

  @Test
  void conflicts_laterSnapshotMissesAWallTime_isCounted() {
    LatencyHistogram one = new LatencyHistogram();
    one.record(1_000);
    LatencyHistogram other = new LatencyHistogram();
    other.record(5_000);
    other.record(5_000);
    FleetStats fleet = FleetStats.of(List.of(
        new NodeStats("a", snapshot(START, 1, 1, one.snapshot())),
        new NodeStats("a", snapshot(START, 2, 1, other.snapshot()))));

    assertThat(fleet.conflicts()).isEqualTo(1);
  }

  @Test
  void conflicts_onlyTheSumOfTheWallTimesFell_isCounted() {
    LatencyHistogram long1 = new LatencyHistogram();
    LatencyHistogram short1 = new LatencyHistogram();
    for (long nanos : new long[] {1_000_000_000, 990_000_000}) { // both ends of a bucket
      long1.record(1_000_000_000);
      short1.record(nanos);
    }
    assertThat(short1.snapshot().buckets()).isEqualTo(long1.snapshot().buckets());
    FleetStats fleet = FleetStats.of(List.of(
        new NodeStats("a", snapshot(START, 1, 1, long1.snapshot())),
        new NodeStats("a", snapshot(START, 2, 1, short1.snapshot()))));

    assertThat(fleet.conflicts()).isEqualTo(1);
  }

  @Test
  void conflicts_countIdentitiesUntilTheLatestHasTheGreatestTotals() {
    FleetStats inConflict = FleetStats.of(List.of(node("a", START, 1, 10), node("a", START, 2, 5)));
    FleetStats still = inConflict.with(node("a", START, 3, 9));
    FleetStats two = still.with(node("b", START, 2, 2)).with(node("b", START, 3, 1));

    assertThat(inConflict.conflicts()).isEqualTo(1);
    assertThat(still.conflicts()).isEqualTo(1);
    assertThat(two.conflicts()).isEqualTo(2);
    assertThat(FleetStats.empty().join(two).conflicts()).isEqualTo(2);
    assertThat(two.join(inConflict)).isEqualTo(two);
    assertThat(two.with(node("a", START, 4, 10)).conflicts()).isEqualTo(1);
  }

  // joining

  /** Snapshots of nodes that each recorded more and more. Some share an elapsed time. */
  private static List<NodeStats> randomStates(Random random) {
    List<NodeStats> states = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      int elapsed = 0;
      long n = 0;
      for (int i = random.nextInt(4); i > 0; i--) {
        elapsed += random.nextInt(2);
        n += random.nextInt(3);
        states.add(node(name, START.plusSeconds(random.nextInt(2)), elapsed, n));
      }
    }
    return states;
  }

  private static FleetStats randomFleet(List<NodeStats> states, Random random) {
    FleetStats fleet = FleetStats.empty();
    for (int i = random.nextInt(6); i > 0 && !states.isEmpty(); i--) {
      fleet = fleet.with(states.get(random.nextInt(states.size())));
    }
    return fleet;
  }

  @Test
  void join_isCommutativeAssociativeAndIdempotent() {
    for (long seed = 1; seed <= 2_000; seed++) {
      Random random = new Random(seed);
      List<NodeStats> states = randomStates(random);
      FleetStats a = randomFleet(states, random);
      FleetStats b = randomFleet(states, random);
      FleetStats c = randomFleet(states, random);

      assertThat(a.join(b)).as("commutative, seed %d", seed).isEqualTo(b.join(a));
      assertThat(a.join(b).join(c))
          .as("associative, seed %d", seed)
          .isEqualTo(a.join(b.join(c)))
          .hasSameHashCodeAs(a.join(b.join(c)));
      assertThat(a.join(b).join(b).join(a)).as("idempotent, seed %d", seed).isEqualTo(a.join(b));
      assertThat(a.join(FleetStats.empty())).as("neutral, seed %d", seed).isEqualTo(a);
    }
  }

  /** Two nodes share one identity: even then, nothing depends on the order of arrival. */
  @Test
  void join_conflictingSnapshots_isTheSameInAnyOrderAndGrouping() {
    long inConflict = 0;
    for (long seed = 1; seed <= 1_000; seed++) {
      Random random = new Random(seed);
      RandomSnapshot snapshots = new RandomSnapshot(random);
      List<NodeStats> states = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        states.add(
            random.nextBoolean()
                ? new NodeStats("a", snapshots.next(START))
                : node("a", START, random.nextInt(3), random.nextInt(3)));
      }
      FleetStats inOrder = FleetStats.of(states);
      Collections.shuffle(states, random);
      FleetStats left = FleetStats.of(states.subList(0, 2));
      FleetStats middle = FleetStats.of(states.subList(1, 4));
      FleetStats right = FleetStats.of(states.subList(3, 6));

      assertThat(left.join(middle).join(right))
          .as("seed %d", seed)
          .isEqualTo(left.join(middle.join(right)))
          .isEqualTo(right.join(left).join(middle))
          .isEqualTo(inOrder);
      inConflict += inOrder.conflicts();
    }
    assertThat(inConflict).isGreaterThan(500);
  }

  /** The totals of an observer fall only while a conflict is counted. */
  @Test
  void conflicts_totalHasFallen_areCounted() {
    for (long seed = 1; seed <= 1_000; seed++) {
      Random random = new Random(seed);
      RandomSnapshot snapshots = new RandomSnapshot(random);
      FleetStats fleet = FleetStats.empty();
      AggregatedStats seen = fleet.aggregate(node -> true);
      for (int i = 0; i < 6; i++) {
        fleet = fleet.with(new NodeStats("a", snapshots.next(START)));
        AggregatedStats now = fleet.aggregate(node -> true);
        assertThat(now.covers(seen) || fleet.conflicts() > 0)
            .as("seed %d", seed)
            .isTrue();
        seen = now;
      }
    }
  }

  // objects

  @Test
  void fleet_neverChanges() {
    FleetStats fleet = FleetStats.of(List.of(node("a", START, 1, 10)));
    FleetStats copy = FleetStats.of(List.of(node("a", START, 1, 10)));
    fleet.with(node("b", START, 1, 10));
    fleet.join(FleetStats.of(List.of(node("a", START, 2, 20))));

    assertThat(fleet).isEqualTo(copy).hasSameHashCodeAs(copy);
    assertThat(fleet.toString()).contains("node=a").contains("conflicts=0");
    assertThat(fleet).isNotEqualTo(FleetStats.empty()).isNotEqualTo("a");
    assertThatThrownBy(() -> fleet.nodes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checking
  void nulls_areRejected() {
    assertThatNullPointerException().isThrownBy(() -> FleetStats.empty().with(null));
    assertThatNullPointerException().isThrownBy(() -> FleetStats.empty().join(null));
    assertThatNullPointerException().isThrownBy(() -> FleetStats.of(null));
    assertThatNullPointerException()
        .isThrownBy(() -> FleetStats.empty().aggregate(null))
        .withMessage("isLive must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void node_blankName_isRejectedWithTheName(String name) {
    AggregatedStats stats = AggregatedStats.merge(List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NodeStats(name, stats))
        .withMessage("node must not be blank: \"" + name + '"');
  }
}
