package io.swarmstats.jmh.report;

import io.swarmstats.jmh.report.Gate.Cost;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
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
 * Measures a benchmark in one fork of a few seconds: a warm-up, then many iterations, each about as
 * short as a time slice of a busy machine.
 */
final class ShortFork {

  private static final long WARMUP_MILLIS = 600; // of the first try
  private static final TimeValue ITERATION = TimeValue.milliseconds(5);
  private static final int ITERATIONS = 100;

  /**
   * The number of cheapest iterations that do not count. Now and then a processor runs one or two
   * iterations at a higher clock rate. Such iterations would hide a part of a slow-down.
   */
  private static final int LUCKY = 2;

  /** The GC profiler's name for the bytes that an operation allocates. */
  private static final String BYTES_PER_OP = "gc.alloc.rate.norm";

  private final Path logs;
  private final AtomicInteger forks = new AtomicInteger();

  /** Creates a fork that writes the output of JMH into a folder, one file for each fork. */
  ShortFork(Path logs) {
    this.logs = logs;
  }

  /**
   * Returns what an operation costs in one of the cheapest iterations of a new fork.
   *
   * @param tries the number of this try, from 1; each try warms up for twice as long
   */
  Cost measure(Selector side, int tries) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("\\." + side.name() + "$")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(WARMUP_MILLIS << (tries - 1)))
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
    List<Cost> iterations = runs.iterator().next().getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(ShortFork::cost)
        .toList();
    return cheap(iterations);
  }

  private static Cost cost(IterationResult iteration) {
    Result<?> bytes = iteration.getSecondaryResults().get(BYTES_PER_OP);
    return new Cost(
        iteration.getPrimaryResult().getScore(), bytes == null ? Double.NaN : bytes.getScore());
  }

  /**
   * Returns the smallest of each figure, without the lucky iterations. Returns NaN, which means
   * "not measured", if a figure is NaN or if there are too few iterations.
   */
  static Cost cheap(List<Cost> iterations) {
    return new Cost(
        cheap(iterations.stream().mapToDouble(Cost::nanos)),
        cheap(iterations.stream().mapToDouble(Cost::bytes)));
  }

  private static double cheap(DoubleStream figures) {
    double[] ascending = figures.sorted().toArray(); // NaN comes last
    return ascending.length <= LUCKY || Double.isNaN(ascending[ascending.length - 1])
        ? Double.NaN
        : ascending[LUCKY];
  }
}
