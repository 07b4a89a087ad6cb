package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.FleetSimulation.Observing;
import io.swarmstats.FleetSimulation.Outcome;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.FleetStats;
import io.swarmstats.snapshot.NodeStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever the network and the nodes do, an observer sees no impossible total (G20). */
class FleetSimulationTest {

  private static final int SEEDS = 2_000;

  private static final Observing<FleetStats> LIBRARY = new Observing<>(
      FleetStats::empty,
      FleetStats::join,
      state -> FleetStats.of(List.of(state)),
      fleet -> fleet.aggregate(node -> node.node().endsWith("1")),
      FleetStats::conflicts);

  @Test
  void totals_anyNetworkAndAnyRestarts_areNeverImpossible() {
    long deliveries = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = FleetSimulation.run(LIBRARY, seed);

      assertThat(outcome.fault()).as("seed %d", seed).isEmpty();
      deliveries += outcome.deliveries();
    }
    assertThat(deliveries).isGreaterThan(50L * SEEDS);
  }

  // Faulty observers, which the simulation must catch.

  private static Observing<List<AggregatedStats>> adding() {
    return new Observing<>(
        List::of,
        (known, more) -> {
          List<AggregatedStats> both = new ArrayList<>(known);
          both.addAll(more);
          return both;
        },
        state -> List.of(state.stats()),
        AggregatedStats::merge,
        known -> 0L);
  }

  /** Keeps one snapshot for each key: the one that the rule chooses of two. */
  private static <K extends Comparable<K>> Observing<Map<K, NodeStats>> keeping(
      Function<NodeStats, K> key, BinaryOperator<NodeStats> chosen) {
    return new Observing<>(
        Map::of,
        (known, more) -> {
          Map<K, NodeStats> both = new TreeMap<>(known);
          more.forEach((name, state) -> both.merge(name, state, chosen));
          return both;
        },
        state -> Map.of(key.apply(state), state),
        known ->
            AggregatedStats.merge(known.values().stream().map(NodeStats::stats).toList()),
        known -> 0L);
  }

  private static String identity(NodeStats state) {
    return state.node() + state.stats().startTime();
  }

  private static long caught(Observing<?> faulty) {
    long caught = 0;
    for (long seed = 1; seed <= 100; seed++) {
      caught += FleetSimulation.run(faulty, seed).fault().isPresent() ? 1 : 0;
    }
    return caught;
  }

  @Test
  void simulation_observerAddsWhatArrives_isCaught() {
    assertThat(caught(adding())).isGreaterThan(50);
  }

  @Test
  void simulation_observerComparesWallClocks_isCaught() {
    assertThat(caught(keeping(
            FleetSimulationTest::identity, (a, b) -> timestamp(a).isAfter(timestamp(b)) ? a : b)))
        .isPositive();
  }

  private static Instant timestamp(NodeStats state) {
    return state.stats().timestamp();
  }

  @Test
  void simulation_observerKeepsTheLastArrival_isCaught() {
    assertThat(caught(keeping(FleetSimulationTest::identity, (a, b) -> b))).isPositive();
  }

  @Test
  void simulation_observerForgetsEarlierEpochs_isCaught() {
    assertThat(caught(keeping(
            NodeStats::node,
            (a, b) -> a.stats().startTime().isAfter(b.stats().startTime()) ? a : b)))
        .isPositive();
  }

  @Test
  void simulation_observerIgnoresTotalsAtTheSameElapsedTime_isCaught() {
    assertThat(caught(keeping(
            FleetSimulationTest::identity,
            (a, b) -> b.stats().elapsed().compareTo(a.stats().elapsed()) > 0 ? b : a)))
        .isPositive();
  }
}
