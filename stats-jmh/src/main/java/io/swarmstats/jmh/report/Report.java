package io.swarmstats.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the CSV of a run, and writes its tables and charts. The same CSV gives the same bytes.
 *
 * <p>A page is written as a whole, and from the CSV alone.
 */
public final class Report {

  private static final String OPEN =
      "*Open*: the error bars of the two figures reach the limit," + " or the error is not known.";

  private Report() {}

  /**
   * Adds results to a run, or writes the pages of a run.
   *
   * @param args {@code merge}, a folder with what JMH wrote, the CSV of the run; or {@code write},
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
        "A budget that compares two classes compares the times when those were run.",
        machine(csv.resolveSibling(name + ".txt")),
        "## Budgets",
        "A bound with an addend can hold at a ratio above its factor: the limit counts.\n" + OPEN,
        tables.budgets(),
        "## Where a rival or a peer is better",
        "Each figure that is below the library's, with error bars that do not overlap.",
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
   * Returns a table for each paragraph of {@code name: value} in the description: one for the run,
   * and one for each time that a part of it was run anew.
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
