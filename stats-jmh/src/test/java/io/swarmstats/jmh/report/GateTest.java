package io.swarmstats.jmh.report;

import static io.swarmstats.jmh.report.Gate.ROUNDS;
import static io.swarmstats.jmh.report.Gate.TRIES;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.jmh.report.Budget.Figure;
import io.swarmstats.jmh.report.Gate.Cost;
import io.swarmstats.jmh.report.Gate.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The decision, on invented costs. A time may be 1.5 times the reference; with the margin, three
 * times.
 */
class GateTest {

  private static final String COUNTER = "Counter.increment contender=SHIPPED";
  private static final String ATOMIC = "Counter.increment contender=ATOMIC_LONG";
  private static final String ERRORS = "Errors.record contender=SHIPPED";

  private static final Budget TIME = time("increment", COUNTER);
  private static final Budget ALLOCATION =
      Budget.of("allocation", Figure.ALLOCATION, COUNTER, Published.NO_ALLOCATION);

  private final Machine machine = new Machine();

  @Test
  void try_measuresBothSidesAlternately() {
    machine.times(COUNTER, 2).times(ATOMIC, 2);

    assertThat(judge(TIME).holds()).isTrue();
    assertThat(machine.measured).containsExactly(COUNTER, ATOMIC, COUNTER, ATOMIC, COUNTER, ATOMIC);
  }

  @Test
  void budget_thatHolds_isNotMeasuredAgain() {
    machine.times(COUNTER, 2).times(ATOMIC, 2).times(ERRORS, 100);

    List<Outcome> outcomes = Gate.judge(List.of(TIME, time("errors", ERRORS)), machine);

    assertThat(outcomes).extracting(Outcome::holds).containsExactly(true, false);
    assertThat(outcomes).extracting(Outcome::tries).containsExactly(1, TRIES);
    assertThat(machine.forks(COUNTER)).isEqualTo(ROUNDS);
    assertThat(machine.forks(ERRORS)).isEqualTo(TRIES * ROUNDS);
  }

  @Test
  void sharedSide_isMeasuredOnceARound() {
    machine.times(COUNTER, 2).times(ATOMIC, 2).times(ERRORS, 2);

    Gate.judge(List.of(TIME, time("errors", ERRORS), ALLOCATION), machine);

    assertThat(machine.measured.subList(0, 3)).containsExactlyInAnyOrder(COUNTER, ATOMIC, ERRORS);
    assertThat(machine.measured).hasSize(3 * ROUNDS);
  }

  @Test
  void time_slowInEachTry_fails() {
    machine.times(COUNTER, 6.1).times(ATOMIC, 2);

    assertThat(judge(TIME))
        .hasToString("increment: FAILS after 5 of 5 tries: 6.10 ns, at most 6.00 ns"
            + " (2 times ≤ 1.5 × `AtomicLong`)");
  }

  @Test
  void time_withinTheMargin_holds() {
    machine.times(COUNTER, 6).times(ATOMIC, 2);

    assertThat(judge(TIME))
        .hasToString("increment: holds after 1 of 5 tries: 6.00 ns, at most 6.00 ns"
            + " (2 times ≤ 1.5 × `AtomicLong`)");
  }

  /**
   * Its limit is 1.5 × 1.5 times the reference; with the margin of other times it would be 3 times.
   */
  @Test
  void step_hasASmallerMargin() {
    Budget step = Published.STEPS.get(0);
    List<Outcome> slow = Gate.judge(
        List.of(step), (side, tries) -> new Cost(side.equals(step.measured()) ? 4.6 : 2, 0));
    List<Outcome> good = Gate.judge(
        List.of(step), (side, tries) -> new Cost(side.equals(step.measured()) ? 4.5 : 2, 0));

    assertThat(slow).extracting(Outcome::holds).containsExactly(false);
    assertThat(good).extracting(Outcome::holds).containsExactly(true);
  }

  @Test
  void time_slowInAllTriesButTheLast_holds() {
    double[] times = new double[TRIES * ROUNDS];
    Arrays.fill(times, 100);
    times[times.length - 1] = 2;
    machine.times(COUNTER, times).times(ATOMIC, 2);

    assertThat(judge(TIME).holds()).isTrue();
    assertThat(machine.forks(COUNTER)).isEqualTo(times.length);
  }

  @Test
  void cheapestFork_counts() {
    machine.times(COUNTER, 100, 2).times(ATOMIC, 2, 100);

    assertThat(judge(TIME).tries()).isEqualTo(1);
  }

  /** The last try alone has the ratio 0.35. */
  @Test
  void slowDown_isNotHiddenByADisturbedReference() {
    machine.times(COUNTER, 7).times(ATOMIC, 2, 2, 2, 2, 2, 2, 20, 20, 20);

    assertThat(judge(TIME).holds()).isFalse();
  }

  @Test
  void fixedAmount_isAddedToTheMultiple() {
    Budget snapshot = Budget.of("snapshot", Figure.SCORE, COUNTER, 2, "floor", ATOMIC, 3_000);
    machine.times(COUNTER, 10_000).times(ATOMIC, 1_000);
    assertThat(judge(snapshot).holds()).isTrue();

    machine.times(COUNTER, 10_001);
    assertThat(judge(snapshot).holds()).isFalse();
  }

  @Test
  void allocation_hasNoMargin() {
    machine.allocates(COUNTER, 0.6);

    assertThat(judge(ALLOCATION))
        .hasToString("allocation: FAILS after 5 of 5 tries: 0.6 B, at most 0.5 B (0 B)");
  }

  @Test
  void smallestAllocation_counts() {
    machine.allocates(COUNTER, 16, 0.7, 0.6, 0.5);

    Outcome outcome = judge(ALLOCATION);

    assertThat(outcome.holds()).isTrue();
    assertThat(outcome.tries()).isEqualTo(2);
  }

  @Test
  void figure_notMeasured_fails() {
    machine.times(COUNTER, 2).times(ATOMIC, 2, 2, Double.NaN);
    machine.allocates(ERRORS, Double.NaN);

    assertThat(judge(TIME).holds()).isFalse();
    assertThat(judge(Budget.of("allocation", Figure.ALLOCATION, ERRORS, 1)).holds())
        .isFalse();
  }

  @Test
  void side_thatThrows_failsItsBudgets_andIsNotTriedAgain() {
    machine.times(COUNTER, 2).times(ATOMIC, 2); // ERRORS has no cost

    List<Outcome> outcomes = Gate.judge(List.of(TIME, time("errors", ERRORS)), machine);

    assertThat(outcomes).extracting(Outcome::holds).containsExactly(true, false);
    assertThat(outcomes.get(1).toString()).startsWith("errors: FAILS, not measured: ");
    assertThat(machine.forks(ERRORS)).isEqualTo(1);
  }

  @Test
  void side_thatThrowsInOneFork_fails() {
    machine.times(COUNTER, 2).times(ATOMIC, 2).breakAfter(COUNTER, 1);

    assertThat(judge(TIME).holds()).isFalse();
  }

  private static Budget time(String what, String measured) {
    return Budget.of(what, Figure.SCORE, measured, 1.5, "`AtomicLong`", ATOMIC, 0);
  }

  private Outcome judge(Budget budget) {
    return Gate.judge(List.of(budget), machine).get(0);
  }

  /** Has a list of costs for each side, a cost for each fork; the last one goes on for ever. */
  private static final class Machine implements Gate.Meter {

    final List<String> measured = new ArrayList<>();
    private final Map<Selector, String> sides = new HashMap<>();
    private final Map<String, List<Cost>> costs = new HashMap<>();
    private final Map<String, Integer> breaksAfter = new HashMap<>();

    Machine times(String side, double... nanos) {
      return put(side, Arrays.stream(nanos).mapToObj(time -> new Cost(time, 0)).toList());
    }

    Machine allocates(String side, double... bytes) {
      return put(side, Arrays.stream(bytes).mapToObj(size -> new Cost(1, size)).toList());
    }

    private Machine put(String side, List<Cost> forks) {
      sides.put(Selector.of(side), side);
      costs.put(side, forks);
      measured.clear();
      return this;
    }

    void breakAfter(String side, int forks) {
      breaksAfter.put(side, forks);
    }

    int forks(String side) {
      return (int) measured.stream().filter(side::equals).count();
    }

    @Override
    public Cost measure(Selector selector, int tries) throws RunnerException {
      String side = sides.getOrDefault(selector, ERRORS);
      int fork = forks(side);
      measured.add(side);
      List<Cost> forks = costs.getOrDefault(side, List.of());
      if (forks.isEmpty() || fork >= breaksAfter.getOrDefault(side, Integer.MAX_VALUE)) {
        throw new RunnerException("broken");
      }
      return forks.get(Math.min(fork, forks.size() - 1));
    }
  }
}
