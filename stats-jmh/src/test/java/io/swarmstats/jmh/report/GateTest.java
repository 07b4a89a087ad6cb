package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.jmh.report.Budget.Figure;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final String SHIPPED = "IncrementBenchmark.increment_alone contender=SHIPPED";
  private static final String ATOMIC = "IncrementBenchmark.increment_alone contender=ATOMIC_LONG";
  private static final Budget TIME =
      Budget.of("increment", Figure.SCORE, SHIPPED, 1.5, "`AtomicLong`", ATOMIC, 0);
  private static final Budget ALLOCATION =
      Budget.of("increment: allocation", Figure.ALLOCATION, SHIPPED, Published.NO_ALLOCATION);

  @Test
  void run_withinBudget_passes() throws IOException {
    assertThat(Gate.failures(List.of(TIME, ALLOCATION), Result.readAll(Runs.HOLDS)))
        .isEmpty();
  }

  @Test
  void time_beyondTwiceItsBudget_fails() throws IOException {
    assertThat(Gate.failures(List.of(TIME), Result.readAll(Runs.MISSES)))
        .containsExactly("increment: 8.00 ns, more than 6.00 ns (2 times ≤ 1.5 × `AtomicLong`)");
  }

  @Test
  void time_withinTwiceItsBudget_passes() throws IOException {
    Budget half = Budget.of("increment", Figure.SCORE, SHIPPED, 0.7, "", ATOMIC, 0);

    assertThat(half.judge(Result.readAll(Runs.HOLDS)))
        .hasValueSatisfying(verdict -> assertThat(verdict.holds(1)).isFalse());
    assertThat(Gate.failures(List.of(half), Result.readAll(Runs.HOLDS))).isEmpty();
  }

  @Test
  void allocation_hasNoMargin() throws IOException {
    assertThat(Gate.failures(List.of(ALLOCATION), Result.readAll(Runs.MISSES)))
        .containsExactly("increment: allocation: 24 B, more than 0.5 B (0 B)");
    Budget half = Budget.of("increment: allocation", Figure.ALLOCATION, SHIPPED, 16);
    assertThat(Gate.failures(List.of(half), Result.readAll(Runs.MISSES))).hasSize(1);
  }

  @Test
  void budget_notMeasured_fails() throws IOException {
    Budget noReference = Budget.of(
        "increment", Figure.SCORE, SHIPPED, 1.5, "", ATOMIC.replace("alone", "contended"), 0);
    Budget noFigure = Budget.of("snapshot", Figure.SCORE, "AggregateBenchmark.of_none", 1);
    Budget notOneAlone =
        Budget.of("any", Figure.SCORE, "IncrementBenchmark.increment_alone", 1_000);

    assertThat(
            Gate.failures(List.of(noReference, noFigure, notOneAlone), Result.readAll(Runs.HOLDS)))
        .containsExactly("increment: not measured", "snapshot: not measured", "any: not measured");
  }

  @Test
  void bestFork_isItsMean() throws IOException {
    assertThat(Selector.of(SHIPPED).only(Result.readBestForks(Runs.MISSES)))
        .hasValueSatisfying(result -> assertThat(result.score()).isEqualTo(7.5));
  }

  @Test
  void fixedAmount_isAddedToTheMultiple() throws IOException {
    String snapshot = "AggregateBenchmark.aggregate_quiet clients=100 contender=";
    Budget budget = Budget.of(
        "snapshot", Figure.SCORE, snapshot + "SHIPPED", 2, "floor", snapshot + "FLOOR", 3_000);

    assertThat(budget.judge(Result.readAll(Runs.HOLDS))).hasValueSatisfying(verdict -> {
      assertThat(verdict.value()).isEqualTo(2_500); // microseconds in the file
      assertThat(verdict.limit()).isEqualTo(4_800);
    });
    assertThat(budget.bound(false)).isEqualTo("≤ 2 × floor + 3.00 µs");
  }
}
