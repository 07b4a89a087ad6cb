package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CSV of a run: the one source of all tables and charts. */
final class RunFile {

  /** What the names of all benchmarks begin with. */
  private static final String ROOT = "io.swarmstats.jmh.";

  private RunFile() {}

  /**
   * A line of the file. An empty cell is a figure that was not measured.
   *
   * @param benchmark class and method; the class without the packages that all have in common
   * @param parameters {@code name=value}, with spaces between them
   * @param mode as JMH calls it: {@code avgt}, {@code sample}, {@code ss}
   * @param warmup iterations and their length in each fork
   * @param measurement iterations and their length in each fork
   * @param flags of the JVM
   * @param error half of the confidence interval
   * @param p50 median of the single calls, if those were timed
   * @param allocation in bytes an operation
   */
  private record Row(
      String benchmark,
      String parameters,
      String mode,
      int threads,
      int forks,
      String warmup,
      String measurement,
      String flags,
      double score,
      @Nullable Double error,
      @Nullable Double p50,
      @Nullable Double p99,
      @Nullable Double max,
      @Nullable Double allocation,
      String unit) {}

  static List<Result> read(Path file) throws IOException {
    return Csv.read(file, Row.class).stream().map(RunFile::result).toList();
  }

  static void write(Path file, List<Result> run) throws IOException {
    Csv.write(file, Row.class, run.stream().map(RunFile::row).toList());
  }

  /**
   * Adds results to a run, which may not exist yet. A class that was run anew loses all its earlier
   * results.
   */
  static void merge(Path file, List<Result> anew) throws IOException {
    List<Result> earlier = Files.exists(file) ? read(file) : List.of();
    Set<String> replaced = anew.stream().map(Result::type).collect(toSet());
    write(
        file,
        Stream.concat(
                earlier.stream().filter(result -> !replaced.contains(result.type())), anew.stream())
            .sorted(Comparator.comparing(Result::type))
            .toList());
  }

  private static Row row(Result result) {
    List<Double> percentiles = result.percentiles();
    Result.Setup setup = result.setup();
    return new Row(
        result.type().substring(ROOT.length()) + "." + result.method(),
        result.params().entrySet().stream().map(Map.Entry::toString).collect(joining(" ")),
        setup.mode(),
        result.threads(),
        setup.forks(),
        setup.warmup(),
        setup.measurement(),
        setup.flags(),
        result.score(),
        finite(result.error()),
        percentiles.isEmpty() ? null : percentiles.get(0),
        percentiles.isEmpty() ? null : percentiles.get(1),
        percentiles.isEmpty() ? null : percentiles.get(2),
        finite(result.bytesPerOp()),
        result.unit());
  }

  private static Result result(Row row) {
    int dot = row.benchmark().lastIndexOf('.');
    return new Result(
        ROOT + row.benchmark().substring(0, dot),
        row.benchmark().substring(dot + 1),
        params(row.parameters()),
        row.threads(),
        new Result.Setup(row.mode(), row.forks(), row.warmup(), row.measurement(), row.flags()),
        row.score(),
        Objects.requireNonNullElse(row.error(), Double.POSITIVE_INFINITY),
        row.unit(),
        Stream.of(row.p50(), row.p99(), row.max()).filter(Objects::nonNull).toList(),
        Objects.requireNonNullElse(row.allocation(), Double.NaN));
  }

  private static SortedMap<String, String> params(String text) {
    return new TreeMap<>(Selector.params(text));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
