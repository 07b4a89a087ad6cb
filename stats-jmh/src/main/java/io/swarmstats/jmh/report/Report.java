package io.swarmstats.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Maintains the CSV of a run, and writes its tables and charts. Equal CSVs give equal bytes.
 *
 * <p>Each page is written as a whole, from the CSV alone.
 */
public final class Report {

  private static final String OPEN =
      "*Open* means that the error bars reach the limit, or that the error is not known.";

  private Report() {}

  /**
   * Adds results to a run, or writes the pages of a run.
   *
   * @param args {@code merge}, a folder with the JSON of JMH, the CSV of the run; or {@code write},
   *     the CSV of the run, the folder of the evidence, the root of the benchmarks' sources
   */
  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "merge" -> RunFile.merge(Path.of(args[2]), Result.readAll(Path.of(args[1])));
      case "write" -> write(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
      default -> throw new IllegalArgumentException("neither merge nor write: " + args[0]);
    }
  }

  /**
   * Writes the pages and charts of a run.
   *
   * @param csv the run; a file beside it, with the ending {@code txt}, describes the machine
   */
  static void write(Path csv, Path evidence, Path sources) throws IOException {
    List<Result> run = RunFile.read(csv);
    if (run.isEmpty()) {
      throw new IllegalArgumentException("no results in " + csv);
    }
    String name = csv.getFileName().toString().replaceFirst("\\.csv$", "");
    String source = "Written by `.ci/benchmarks` from the run [`%s`](%s). Do not edit."
        .formatted(name, Pages.link(evidence.resolve("benchmarks.md"), csv));
    Tables tables = new Tables(run, sources);
    Path plots = evidence.resolve("plots");
    Files.createDirectories(plots);
    Pages.write(
        evidence.resolve("benchmarks.md"),
        "# Benchmark figures",
        source + "\n[benchmarks.md](../benchmarks.md) says how to read them.",
        "## The run",
        "A budget can compare two classes that ran at different times.",
        machine(csv.resolveSibling(name + ".txt")),
        "## Budgets",
        "If a bound adds a fixed amount, the ratio may exceed the factor. Only the limit decides.\n"
            + OPEN,
        tables.budgets(),
        "## Where a rival or a peer is better",
        "Each row shows a figure that is lower than the library's, without overlapping error bars.\n"
            + "The last column names what the library gets for it: a [promise](../guarantees.md), for example.",
        tables.losses(),
        "## Charts",
        charts(Charts.drawAll(run, plots)),
        "## All figures",
        "**Bold**: better than the library. ≈: no difference from the library seen."
            + " ± ?: too few iterations to tell the error.",
        tables.benchmarks());
    Pages.write(
        evidence.resolve("conversions.md"),
        "# What the mutexes cost",
        source + "\n[mutex-to-atomic.md](../study/mutex-to-atomic.md) says how to read them.",
        "## Costs",
        tables.conversions(),
        "## Expectations",
        OPEN,
        tables.expectations());
  }

  /**
   * Returns a table for each paragraph of {@code name: value} lines in the description: one table
   * for the run, and one for each repetition of a part.
   */
  private static String machine(Path description) throws IOException {
    return Stream.of(Files.readString(description).strip().split("\n\n", -1))
        .map(paragraph -> "| | |\n|---|---|\n"
            + paragraph
                .lines()
                .map(line -> "| " + Pages.cell(line).replaceFirst(": ", " | ") + " |\n")
                .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private static String charts(Map<String, String> titles) {
    return titles.entrySet().stream()
        .map(chart -> "![%s](plots/%s)\n".formatted(chart.getValue(), chart.getKey()))
        .collect(Collectors.joining("\n"));
  }
}
