package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.Sighting.Figure;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every total that a reader sees is between what it was when the read began and what it was when
 * the read ended, whatever goes on in the swarm meanwhile: G1 to G3, G6, G9 to G11 and G14 at once.
 */
class IntervalRaceTest {
  private static final int FIRST_SEED = 20_260_101;
  private static final int RACES = 150;
  private static final int UPDATES_PER_ACTOR = 50_000;

  /** Prints what it did, so that a change of its size shows. */
  @Test
  void every_total_lies_between_what_had_finished_and_what_had_begun() {
    long operations = 0;
    long reads = 0;
    for (int i = 0; i < RACES; i++) {
      SwarmRace race = new SwarmRace(
          FIRST_SEED + i,
          UPDATES_PER_ACTOR,
          (aggregator, reader) -> Sighting.figuresOf(reader.aggregate()));
      race.run();
      operations += race.operations();
      reads += race.reads();
    }
    System.out.printf(
        "interval oracle: %,d operations, %,d reads, seeds %d..%d%n",
        operations, reads, FIRST_SEED, FIRST_SEED + RACES - 1);
    assertThat(operations).isGreaterThanOrEqualTo(10_000_000);
  }

  /** A stand-in that counts the live clients alone: what the departed had is gone. */
  @Test
  void forgetting_the_departed_is_reported() {
    SwarmRace race = new SwarmRace(FIRST_SEED, 1_000, (aggregator, reader) -> {
      Map<Figure, Long> sums = new EnumMap<>(Figure.class);
      aggregator.forEachClient(client -> Sighting.figuresOf(client.summary(), client)
          .forEach((figure, value) -> sums.merge(figure, value, Long::sum)));
      sums.remove(Figure.OFFERED); // no figure of an aggregate
      return sums;
    });
    assertThatThrownBy(race::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed " + FIRST_SEED)
        .hasMessageContaining("of the aggregate: read");
  }

  /** A stand-in that shows each total one above what it is. */
  @Test
  void counting_what_was_not_offered_is_reported() {
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
