package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Gate.Cost;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures a benchmark in one fork of about a second: many iterations, each about as short as a
 * time slice of a busy machine.
 */
final class ShortFork {

  private static final TimeValue WARMUP = TimeValue.milliseconds(400);
  private static final TimeValue ITERATION = TimeValue.milliseconds(5);
  private static final int ITERATIONS = 50;

  /** The name that the collector's profiler gives to the bytes that an operation allocates. */
  private static final String BYTES_PER_OP = "gc.alloc.rate.norm";

  private final Path logs;
  private final AtomicInteger forks = new AtomicInteger();

  /** Returns one that leaves what JMH says in a folder, a file for each fork. */
  ShortFork(Path logs) {
    this.logs = logs;
  }

  /** Returns what an operation costs in the cheapest iteration of a new fork. */
  Cost measure(Selector side) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("\\." + side.name() + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(1)
        .warmupTime(WARMUP)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .output(logs.resolve("%03d-%s.txt".formatted(forks.incrementAndGet(), side.name()))
            .toString());
    side.params().forEach(options::param);
    Collection<RunResult> runs = new Runner(options.build()).run();
    if (runs.size() != 1) {
      throw new RunnerException(runs.size() + " benchmarks match " + side);
    }
    return smallest(iterations(runs.iterator().next()));
  }

  private static List<IterationResult> iterations(RunResult run) {
    return run.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .toList();
  }

  private static Cost smallest(List<IterationResult> iterations) throws RunnerException {
    return iterations.stream()
        .map(ShortFork::cost)
        .reduce(Cost::smaller)
        .orElseThrow(() -> new RunnerException("no iteration"));
  }

  private static Cost cost(IterationResult iteration) {
    Result<?> bytes = iteration.getSecondaryResults().get(BYTES_PER_OP);
    return new Cost(
        iteration.getPrimaryResult().getScore(), bytes == null ? Double.NaN : bytes.getScore());
  }
}
