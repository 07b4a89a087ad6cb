package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.jmh.report.Gate.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortForkTest {

  @Test
  void thirdSmallest_ofEachFigure_counts() {
    List<Cost> iterations = List.of(
        new Cost(5, 0.1), new Cost(1, 0.5), new Cost(4, 0.2), new Cost(2, 0.4), new Cost(3, 0.3));

    assertThat(ShortFork.cheap(iterations)).isEqualTo(new Cost(3, 0.3));
  }

  @Test
  void figure_thatAnIterationDoesNotHave_isNotMeasured() {
    List<Cost> iterations =
        List.of(new Cost(1, 0), new Cost(1, 0), new Cost(1, 0), new Cost(1, Double.NaN));

    assertThat(ShortFork.cheap(iterations)).isEqualTo(new Cost(1, Double.NaN));
  }

  @Test
  void tooFewIterations_areNotMeasured() {
    assertThat(ShortFork.cheap(List.of(new Cost(1, 1), new Cost(1, 1)))).isEqualTo(Cost.UNKNOWN);
  }
}
