package io.swarmstats.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a run into the pages and draws its charts. The same run gives the same bytes.
 *
 * <p>Between {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->} a page is written anew; all
 * else in it is left as it is.
 */
public final class Report {

  private Report() {}

  /**
   * Runs it.
   *
   * @param args the folder of the results, the page of the benchmarks, that of the mutexes, the
   *     folder for the charts, the root of the sources of the benchmarks
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), Path.of(args[4]));
  }

  static void write(Path results, Path page, Path mutexes, Path plots, Path sources)
      throws IOException {
    List<Result> run = Result.readAll(results);
    if (run.isEmpty()) {
      throw new IllegalArgumentException("no results in " + results);
    }
    Tables tables = new Tables(run, sources);
    String text = Files.readString(page);
    text = replace(text, "machine", machine(results));
    text = replace(text, "budgets", tables.budgets());
    text = replace(text, "losses", tables.losses());
    text = replace(text, "charts", charts(page, plots, Charts.drawAll(run, plots)));
    text = replace(text, "tables", tables.benchmarks());
    Files.writeString(page, text);

    text = Files.readString(mutexes);
    text = replace(text, "costs", tables.conversions());
    text = replace(text, "expectations", tables.expectations());
    Files.writeString(mutexes, text);
  }

  /**
   * Returns a table for each paragraph of {@code name: value} that the script wrote beside the
   * results: one for the run, and one for each time that a part of it was run anew.
   */
  private static String machine(Path results) throws IOException {
    String text = Files.readString(results.resolve("machine.txt"));
    return Stream.of(text.strip().split("\n\n", -1))
        .map(paragraph -> "| run | `%s` |\n|---|---|\n".formatted(results.getFileName())
            + paragraph
                .lines()
                .map(line -> "| " + line.replace("|", "\\|").replaceFirst(": ", " | ") + " |\n")
                .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private static String charts(Path page, Path plots, Map<String, String> titles) {
    Path from = page.toAbsolutePath().resolveSibling("");
    String folder = from.relativize(plots.toAbsolutePath()).toString().replace('\\', '/');
    return titles.entrySet().stream()
        .map(chart -> "![%s](%s/%s)\n".formatted(chart.getValue(), folder, chart.getKey()))
        .collect(Collectors.joining("\n"));
  }

  private static String replace(String page, String name, String text) {
    String begin = "<!-- " + name + ":begin -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- " + name + ":end -->");
    if (from < begin.length() || to < from) {
      throw new IllegalArgumentException("the marks of " + name + " are not in the page");
    }
    return page.substring(0, from) + "\n" + text.strip() + "\n\n" + page.substring(to);
  }
}
