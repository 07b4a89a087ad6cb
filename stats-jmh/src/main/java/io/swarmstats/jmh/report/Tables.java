package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import io.swarmstats.jmh.report.Budget.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a run as Markdown. */
final class Tables {

  /** The Javadoc of a class, which begins at the margin with the question. */
  private static final Pattern QUESTION = Pattern.compile("(?s)\n/\\*\\*\n \\* ([^?]*\\?)");

  private static final Pattern TAG = Pattern.compile("\\{@(?:code|link) ([^}(]*)[^}]*}");

  private static final String RULE = "|---|---|---|---|---|---|---|\n";

  private final List<Result> run;
  private final Path sources;

  /**
   * Creates the tables of a run.
   *
   * @param sources the root of the benchmarks' sources, whose Javadoc contains the questions
   */
  Tables(List<Result> run, Path sources) {
    this.run = run;
    this.sources = sources;
  }

  /** Returns each budget with the measured figures and the verdict. */
  String budgets() {
    return bounds("budget", Published.BUDGETS);
  }

  /** Returns the expectations of the documents, in the same form. */
  String expectations() {
    return bounds("expectation", Mutexes.EXPECTATIONS);
  }

  private String bounds(String kind, List<Budget> budgets) {
    StringBuilder table = new StringBuilder(
        "| " + kind + " | measured | compared with | ratio | bound | limit | |\n" + RULE);
    for (Budget budget : budgets) {
      Optional<Verdict> verdict = budget.judge(run);
      table.append("| ").append(budget.what()).append(" | ");
      if (verdict.isEmpty()) {
        table.append(" | | | | | not measured |\n");
        continue;
      }
      Verdict v = verdict.get();
      table
          .append(Numbers.ofBase(v.value(), v.bytes()))
          .append(" | ")
          .append(budget.reference() == null ? "" : Numbers.ofBase(v.reference(), v.bytes()))
          .append(" | ")
          .append(budget.reference() == null ? "" : Numbers.of(v.value() / v.reference()))
          .append(" | ")
          .append(budget.bound(v.bytes()))
          .append(" | ")
          .append(Numbers.ofBase(v.limit(), v.bytes()))
          .append(" | ")
          .append(v.word())
          .append(" |\n");
    }
    return table.toString();
  }

  /** Returns a row for each mutex of the documents and each kind of work that judges the mutex. */
  String conversions() {
    return "| mutex or step | measured by | the lock | without it | SwarmStats |\n|---|---|---|---|---|\n"
        + Mutexes.CONVERSIONS.stream().map(conversion -> conversion.row(run)).collect(joining());
  }

  /** Returns each figure of a rival or peer that is better than the library's. */
  String losses() {
    List<String> rows = new ArrayList<>();
    byType()
        .forEach((type, results) -> byWork(results)
            .forEach((work, row) -> row.stream()
                .filter(Result::isLibrary)
                .findFirst()
                .ifPresent(library -> row.stream()
                    .filter(rival -> rival.isRival() && rival.beats(library))
                    .map(rival -> "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                            simpleName(type),
                            work,
                            Numbers.label(rival.contender()),
                            Numbers.withError(rival),
                            Numbers.withError(library),
                            library.unit(),
                            Numbers.of(library.score() / rival.score()),
                            Prices.of(simpleName(type), work)))
                    .forEach(rows::add))));
    return rows.isEmpty()
        ? "None.\n"
        : "| benchmark | work | who | its figure | SwarmStats | unit | ratio | the price of |\n"
            + "|---|---|---|---|---|---|---|---|\n" + String.join("", rows);
  }

  /**
   * Returns a table for each benchmark, with a row for each kind of work and a column for each
   * contender.
   */
  String benchmarks() throws IOException {
    StringBuilder page = new StringBuilder();
    for (Map.Entry<String, List<Result>> benchmark : byType().entrySet()) {
      List<Result> results = benchmark.getValue();
      List<String> contenders =
          results.stream().map(Result::contender).distinct().toList();
      page.append("### ").append(simpleName(benchmark.getKey())).append("\n\n");
      question(benchmark.getKey()).ifPresent(question -> page.append(question).append("\n\n"));
      page.append(results.stream().map(Result::unit).distinct().collect(joining(", ")))
          .append("; ")
          .append(results.stream()
              .map(result -> result.setup().words())
              .distinct()
              .collect(joining("; ")))
          .append(".\n\n| | threads |");
      contenders.forEach(name -> page.append(' ').append(Numbers.label(name)).append(" |"));
      page.append("\n|---|---|").append("---|".repeat(contenders.size())).append('\n');
      byWork(results).forEach((work, row) -> {
        page.append("| ")
            .append(work)
            .append(" | ")
            .append(row.get(0).threads())
            .append(" |");
        for (String contender : contenders) {
          page.append(row.stream()
              .filter(result -> result.contender().equals(contender))
              .findFirst()
              .map(result -> ' ' + cell(result, row) + " |")
              .orElse(" |"));
        }
        page.append('\n');
      });
      page.append('\n');
    }
    return page.toString();
  }

  /** Returns the score with its error, or the percentiles, and the allocation. */
  static String figure(Result result) {
    return score(result) + allocation(result);
  }

  private static String cell(Result result, List<Result> row) {
    String figure = score(result);
    Optional<Result> library = row.stream().filter(Result::isLibrary).findFirst();
    if (library.isPresent() && result.isRival()) {
      if (result.beats(library.get())) {
        figure = "**" + figure + "**";
      } else if (Double.isFinite(result.error()) && result.overlaps(library.get())) {
        figure += " ≈";
      }
    }
    return figure + allocation(result);
  }

  private static String score(Result result) {
    return result.percentiles().isEmpty()
        ? Numbers.withError(result)
        : result.percentiles().stream().map(Numbers::of).collect(joining(" / "));
  }

  private static String allocation(Result result) {
    return Double.isNaN(result.bytesPerOp())
        ? ""
        : "; " + Numbers.ofBase(result.bytesPerOp(), true);
  }

  private Optional<String> question(String type) throws IOException {
    Path source = sources.resolve(type.replace('.', '/') + ".java");
    if (!Files.exists(source)) {
      return Optional.empty();
    }
    Matcher question = QUESTION.matcher(Files.readString(source));
    return question.find()
        ? Optional.of(TAG.matcher(question.group(1).replace("\n *", ""))
            .replaceAll(tag -> "`" + tag.group(1).replace('#', '.') + "`"))
        : Optional.empty();
  }

  private Map<String, List<Result>> byType() {
    Map<String, List<Result>> types = new TreeMap<>();
    for (Result result : run) {
      types.computeIfAbsent(result.type(), type -> new ArrayList<>()).add(result);
    }
    return types;
  }

  private static Map<String, List<Result>> byWork(List<Result> results) {
    Map<String, List<Result>> rows = new LinkedHashMap<>();
    for (Result result : results) {
      rows.computeIfAbsent(result.work(), work -> new ArrayList<>()).add(result);
    }
    return rows;
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
