package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.Sighting.Figure;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every total that a reader sees lies between its value when the read began and its value when the
 * read ended. The swarm changes in every way meanwhile. One race checks the promises G1 to G3, G6,
 * G9 to G11 and G14.
 */
class IntervalRaceTest {
  private static final int FIRST_SEED = 20_260_101;
  private static final int RACES = 150;
  private static final int UPDATES_PER_ACTOR = 50_000;

  /** Prints the number of operations and reads, so that a smaller race is noticed. */
  @Test
  void every_total_lies_between_what_had_finished_and_what_had_begun() {
    long operations = 0;
    long reads = 0;
    long stalls = 0;
    for (int i = 0; i < RACES; i++) {
      SwarmRace race = new SwarmRace(
          FIRST_SEED + i,
          UPDATES_PER_ACTOR,
          (aggregator, reader) -> Sighting.figuresOf(reader.aggregate()));
      race.run();
      operations += race.operations();
      reads += race.reads();
      stalls += race.stalls();
    }
    System.out.printf(
        "interval oracle: %,d operations, %,d reads, seeds %d..%d%n",
        operations, reads, FIRST_SEED, FIRST_SEED + RACES - 1);
    assertThat(operations).isGreaterThanOrEqualTo(10_000_000);
    assertThat(stalls).isGreaterThanOrEqualTo(RACES);
  }

  /** Negative control: a reader that counts only the live clients and forgets the departed. */
  @Test
  void forgetting_the_departed_is_reported() {
    SwarmRace race = new SwarmRace(FIRST_SEED, 1_000, (aggregator, reader) -> {
      Map<Figure, Long> sums = new EnumMap<>(Figure.class);
      aggregator.forEachClient(client -> Sighting.figuresOf(client.summary(), client)
          .forEach((figure, value) -> sums.merge(figure, value, Long::sum)));
      sums.remove(Figure.OFFERED); // only a client has this figure
      return sums;
    });
    assertThatThrownBy(race::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed " + FIRST_SEED)
        .hasMessageContaining("of the aggregate: read");
  }

  /** Negative control: a reader that shows each total one too high. */
  @Test
  void total_above_the_offered_updates_is_reported() {
    SwarmRace race = new SwarmRace(FIRST_SEED, 1_000, (aggregator, reader) -> {
      Map<Figure, Long> figures = Sighting.figuresOf(reader.aggregate());
      figures.merge(Figure.EVER_ADDED, 1L, Long::sum);
      return figures;
    });
    assertThatThrownBy(race::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("EVER_ADDED of the aggregate: read");
  }
}
