package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Budget.Figure;
import io.swarmstats.jmh.report.Budget.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the gated budgets of {@link Published} in a short run, and fails where one does not
 * hold: a time with a margin, for the run is short and the machine not quiet, an allocation
 * exactly.
 */
public final class Gate {

  /** What a time may take of its budget. */
  static final double MARGIN = 2;

  private static final TimeValue ITERATION = TimeValue.milliseconds(200);

  /** What an iteration may take; a benchmark that hangs must not have the build hang with it. */
  private static final TimeValue TIMEOUT = TimeValue.seconds(20);

  private Gate() {}

  /**
   * Runs it; ends with status 1 if a budget does not hold.
   *
   * @param args an empty folder for the results
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    measure(Published.GATED, folder);
    List<String> failures = failures(Published.GATED, Result.readBestForks(folder));
    failures.forEach(failure -> System.err.println("gate: " + failure));
    if (!failures.isEmpty()) {
      System.exit(1);
    }
    System.out.println("gate: all " + Published.GATED.size() + " budgets hold");
  }

  /** Returns what is wrong, a line each. A budget that was not measured is as wrong as a miss. */
  static List<String> failures(List<Budget> budgets, List<Result> run) {
    List<String> failures = new ArrayList<>();
    for (Budget budget : budgets) {
      double margin = budget.figure() == Figure.ALLOCATION ? 1 : MARGIN;
      Optional<Verdict> verdict = budget.judge(run);
      if (verdict.isEmpty()) {
        failures.add(budget.what() + ": not measured");
      } else if (!verdict.get().holds(margin)) {
        Verdict v = verdict.get();
        failures.add("%s: %s, more than %s (%s%s)"
            .formatted(
                budget.what(),
                Numbers.ofBase(v.value(), v.bytes()),
                Numbers.ofBase(margin * v.limit(), v.bytes()),
                margin == 1 ? "" : Numbers.factor(margin) + " times ",
                budget.bound(v.bytes())));
      }
    }
    return failures;
  }

  /**
   * Runs each benchmark with those values of its parameters that the budgets name, and no other.
   */
  private static void measure(List<Budget> budgets, Path folder) throws IOException {
    Map<String, Map<String, Set<String>>> benchmarks = new LinkedHashMap<>();
    budgets.stream()
        .flatMap(budget -> Stream.of(budget.measured(), budget.reference()))
        .filter(Objects::nonNull)
        .forEach(selector -> selector
            .params()
            .forEach((param, value) -> benchmarks
                .computeIfAbsent(selector.name(), name -> new LinkedHashMap<>())
                .computeIfAbsent(param, name -> new LinkedHashSet<>())
                .add(value)));
    Files.createDirectories(folder);
    for (Map.Entry<String, Map<String, Set<String>>> benchmark : benchmarks.entrySet()) {
      OptionsBuilder options = new OptionsBuilder();
      options
          .include("\\." + benchmark.getKey() + "$")
          .forks(2)
          .warmupIterations(7)
          .warmupTime(ITERATION)
          .measurementIterations(4)
          .measurementTime(ITERATION)
          .addProfiler(GCProfiler.class)
          .shouldFailOnError(true)
          .timeout(TIMEOUT)
          .resultFormat(ResultFormatType.JSON)
          .result(folder.resolve(benchmark.getKey() + ".json").toString());
      benchmark
          .getValue()
          .forEach((param, values) -> options.param(param, values.toArray(String[]::new)));
      try {
        new Runner(options.build()).run();
      } catch (RunnerException e) {
        // the others are worth knowing too; this one was not measured, which fails
        System.err.println("gate: " + benchmark.getKey() + ": " + e);
      }
    }
  }
}
