package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Budget.Figure;
import io.swarmstats.jmh.report.Budget.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures the gated budgets of {@link Published} briefly, and fails if one of them does not hold.
 * The machine may be busy.
 *
 * <p>A budget compares two sides, for instance an increment and an {@code AtomicLong}. A
 * <em>try</em> measures the sides alternately, each in a few short forks, so that both sides see
 * the same load. Budgets that share a side are measured together. A budget that holds after a try
 * is not measured again. A budget fails if it still does not hold after the last try. Each try
 * warms up for twice as long as the try before, because a slow machine compiles slowly.
 *
 * <p>A fork measures many short iterations, and its cheapest iterations count ({@link ShortFork}).
 * Of a side the cheapest fork of all tries so far counts. Other work on the machine adds to the
 * time of an operation, so this smallest cost approaches, from above, the cost on an idle machine:
 *
 * <ul>
 *   <li>Load does not fail a budget. An iteration is about as short as a time slice, so some
 *       iterations run undisturbed, and each further try can only bring the cost nearer to that on
 *       an idle machine. For the same reason a fixed amount in a budget, such as 15 ns, needs no
 *       correction. The margin covers what remains: an operation that allocates stays further from
 *       its idle cost than a plain walk does.
 *   <li>Load does not hide a slow-down. A slow-down is part of every iteration, of the cheapest
 *       ones too. The smallest ratio of all tries could hide it: that is the ratio of the try whose
 *       reference was disturbed most. So the gate divides the smallest costs. A slow-down could
 *       pass only if load disturbed nearly every iteration of the reference in all forks of a try,
 *       and not those of the library, which run in between.
 *   <li>Allocation does not depend on load. The harness allocates a little in each iteration, and
 *       on a busy machine fewer operations share it. The smallest figure is that of an iteration
 *       with many operations.
 * </ul>
 *
 * <p>The gate does not see a cost that only some iterations or some forks pay;
 * {@code .ci/benchmarks} shows it. Nor can the gate measure contention: if two threads share too
 * few cores, one of them often waits and the other runs as if it were alone. So all gated times are
 * those of one thread.
 */
public final class Gate {

  /** How many times its budget a time may take: the ratio of two times differs between machines. */
  static final double MARGIN = 2;

  /**
   * The same for a step of a few nanoseconds ({@link Published#STEPS}). With the wider margin an
   * increment with a lock would pass on some machines.
   */
  static final double MARGIN_OF_STEPS = 1.5;

  /** How many tries a budget gets before it fails. */
  static final int TRIES = 5;

  /** How many forks each side gets in a try. */
  static final int ROUNDS = 3;

  /** A gate that takes longer fails; on a quiet machine it takes two minutes. */
  private static final long MOST_MINUTES = 15;

  private Gate() {}

  /**
   * Runs it; ends with status 1 if a budget does not hold.
   *
   * @param args an empty folder for the logs of JMH
   */
  public static void main(String[] args) throws IOException {
    endAfter(MOST_MINUTES);
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    List<Outcome> outcomes = judge(Published.GATED, new ShortFork(folder)::measure);
    outcomes.forEach(outcome -> System.out.println("gate: " + outcome));
    long failures = outcomes.stream().filter(outcome -> !outcome.holds()).count();
    System.out.println("gate: " + failures + " of " + outcomes.size() + " budgets failed");
    System.exit(failures == 0 ? 0 : 1);
  }

  private static void endAfter(long minutes) {
    new Timer("deadline", true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                System.err.println("gate: not done after " + minutes + " minutes");
                System.exit(1);
              }
            },
            TimeUnit.MINUTES.toMillis(minutes));
  }

  /** Returns the outcome of each budget, in their order. */
  static List<Outcome> judge(List<Budget> budgets, Meter meter) {
    Map<Budget, Outcome> outcomes = new LinkedHashMap<>();
    budgets.forEach(budget -> outcomes.put(budget, new Outcome(budget, 0, null, null)));
    Map<Selector, Cost> smallest = new HashMap<>();
    Map<Selector, RunnerException> broken = new HashMap<>();
    List<Budget> open = budgets;
    for (int tries = 1; tries <= TRIES && !open.isEmpty(); tries++) {
      for (Set<Selector> sides : together(open)) {
        for (int round = 1; round <= ROUNDS; round++) {
          for (Selector side : sides) {
            measure(side, tries, meter, smallest, broken);
          }
        }
      }
      List<Budget> next = new ArrayList<>();
      for (Budget budget : open) {
        Outcome outcome = outcome(budget, tries, smallest, broken);
        outcomes.put(budget, outcome);
        if (!outcome.holds() && outcome.error() == null) {
          next.add(budget);
        }
      }
      open = next;
    }
    return List.copyOf(outcomes.values());
  }

  /** A benchmark that throws does so whatever the load: it is not tried again. */
  private static void measure(
      Selector side,
      int tries,
      Meter meter,
      Map<Selector, Cost> smallest,
      Map<Selector, RunnerException> broken) {
    if (broken.containsKey(side)) {
      return;
    }
    try {
      smallest.merge(side, meter.measure(side, tries), Cost::smaller);
    } catch (RunnerException e) {
      broken.put(side, e);
    }
  }

  private static Outcome outcome(
      Budget budget,
      int tries,
      Map<Selector, Cost> smallest,
      Map<Selector, RunnerException> broken) {
    for (Selector side : sides(budget)) {
      if (broken.containsKey(side)) {
        return new Outcome(budget, tries, null, broken.get(side));
      }
    }
    Selector measured = budget.measured();
    Selector compared = budget.reference();
    double value = smallest.getOrDefault(measured, Cost.UNKNOWN).of(budget.figure());
    double reference =
        compared == null ? 0 : smallest.getOrDefault(compared, Cost.UNKNOWN).of(budget.figure());
    boolean bytes = budget.figure() == Figure.ALLOCATION;
    return new Outcome(
        budget, tries, new Verdict(value, reference, budget.limit(reference), 0, bytes), null);
  }

  /** Returns the sides of all budgets; those of budgets that share a side are in one set. */
  private static List<Set<Selector>> together(List<Budget> budgets) {
    List<Set<Selector>> sets = new ArrayList<>();
    for (Budget budget : budgets) {
      Set<Selector> joined = new LinkedHashSet<>(sides(budget));
      List<Set<Selector>> apart = new ArrayList<>();
      for (Set<Selector> set : sets) {
        if (sides(budget).stream().anyMatch(set::contains)) {
          joined.addAll(set);
        } else {
          apart.add(set);
        }
      }
      apart.add(joined);
      sets = apart;
    }
    return sets;
  }

  private static List<Selector> sides(Budget budget) {
    return Stream.of(budget.measured(), budget.reference())
        .filter(Objects::nonNull)
        .toList();
  }

  /** Measures one side in one fork. */
  @FunctionalInterface
  interface Meter {

    /**
     * Returns what an operation costs.
     *
     * @throws RunnerException if there is no such benchmark, or it throws
     */
    Cost measure(Selector side, int tries) throws RunnerException;
  }

  /**
   * What an operation costs; NaN for a figure that was not measured.
   *
   * @param bytes that it allocates
   */
  record Cost(double nanos, double bytes) {

    static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);

    /** Returns the smaller of each figure; NaN, not measured, if one of the two is. */
    Cost smaller(Cost other) {
      return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
    }

    private double of(Figure figure) {
      return figure == Figure.ALLOCATION ? bytes : nanos;
    }
  }

  /**
   * How a budget did.
   *
   * @param tries after how many this is known
   * @param verdict null if a side could not be measured
   * @param error why a side could not be measured, or null
   */
  record Outcome(
      Budget budget,
      int tries,
      @Nullable Verdict verdict,
      @Nullable RunnerException error) {

    /** Returns whether it holds, a time with its margin. */
    boolean holds() {
      return verdict != null && verdict.holds(margin());
    }

    private double margin() {
      if (budget.figure() == Figure.ALLOCATION) {
        return 1;
      }
      return Published.STEPS.contains(budget) ? MARGIN_OF_STEPS : MARGIN;
    }

    @Override
    public String toString() {
      if (verdict == null) {
        return "%s: FAILS, not measured: %s".formatted(budget.what(), error);
      }
      return "%s: %s after %d of %d tries: %s, at most %s (%s%s)"
          .formatted(
              budget.what(),
              holds() ? "holds" : "FAILS",
              tries,
              TRIES,
              Numbers.ofBase(verdict.value(), verdict.bytes()),
              Numbers.ofBase(margin() * verdict.limit(), verdict.bytes()),
              margin() == 1 ? "" : Numbers.factor(margin()) + " times ",
              budget.bound(verdict.bytes()));
    }
  }
}
