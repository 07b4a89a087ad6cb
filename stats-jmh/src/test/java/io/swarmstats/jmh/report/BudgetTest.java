package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.jmh.report.Budget.Figure;
import io.swarmstats.jmh.report.Budget.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final String SNAPSHOT =
      "AggregateBenchmark.aggregate_quiet clients=100 contender=";

  @Test
  void value_outsideTheErrorOfTheLimit_holdsOrMisses() {
    assertThat(verdict(8.9, 1).word()).isEqualTo("holds");
    assertThat(verdict(11.1, 1).word()).isEqualTo("**misses**");
  }

  @Test
  void value_withinTheErrorOfTheLimit_isOpen() {
    assertThat(verdict(9.1, 1).word()).isEqualTo("*open*");
    assertThat(verdict(10.9, 1).word()).isEqualTo("*open*");
  }

  @Test
  void error_notKnown_isOpen() {
    assertThat(verdict(5, Double.POSITIVE_INFINITY).word()).isEqualTo("*open*");
  }

  @Test
  void value_atTheLimit_withoutError_holds() {
    assertThat(verdict(10, 0).word()).isEqualTo("holds");
  }

  @Test
  void value_notMeasured_misses() {
    assertThat(verdict(Double.NaN, 0).word()).isEqualTo("**misses**");
  }

  @Test
  void errors_ofValueAndOfTheMultiple_addUp() throws IOException {
    List<Result> run = Result.readAll(Runs.HOLDS);

    // microseconds in the file: 2.5 ± 0.125 against 0.9 ± 0.045
    assertThat(budget(Figure.SCORE).judge(run))
        .hasValueSatisfying(
            verdict -> assertThat(verdict.error()).isCloseTo(125 + 2 * 45, within(1e-9)));
    assertThat(budget(Figure.ALLOCATION).judge(run))
        .hasValueSatisfying(verdict -> assertThat(verdict.error()).isZero());
  }

  @Test
  void fixedAmount_isAddedToTheMultiple() throws IOException {
    assertThat(budget(Figure.SCORE).judge(Result.readAll(Runs.HOLDS)))
        .hasValueSatisfying(verdict -> {
          assertThat(verdict.value()).isEqualTo(2_500); // microseconds in the file
          assertThat(verdict.limit()).isEqualTo(4_800);
        });
    assertThat(budget(Figure.SCORE).bound(false)).isEqualTo("≤ 2 × floor + 3.00 µs");
  }

  @Test
  void factor_isShownWithUpToTwoDecimals() {
    assertThat(
            Budget.of("step", Figure.SCORE, "A.b", 1.05, "yardstick", "A.c", 0).bound(false))
        .isEqualTo("≤ 1.05 × yardstick");
    assertThat(
            Budget.of("step", Figure.SCORE, "A.b", 0.5, "yardstick", "A.c", 0).bound(false))
        .isEqualTo("≤ 0.5 × yardstick");
  }

  private static Budget budget(Figure figure) {
    return Budget.of(
        "snapshot", figure, SNAPSHOT + "SHIPPED", 2, "floor", SNAPSHOT + "FLOOR", 3_000);
  }

  private static Verdict verdict(double value, double error) {
    return new Verdict(value, 0, 10, error, false);
  }
}
