package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps which test killed which fault: a row for each patch, from the run that tried it last.
 *
 * <p>A lane is a kind of tests: unit, jcstress, Lincheck. Its verdict is the test that failed
 * first, {@value #PASSED} if all passed, or {@value #NOT_RUN}.
 */
public final class FaultMatrix {

  static final String PASSED = "passed";
  static final String NOT_RUN = "not run";

  private static final String ENDING = ".patch";
  private static final String SURVIVES = "Survives: ";

  private FaultMatrix() {}

  /**
   * The verdicts on a fault.
   *
   * @param fault the name of its patch
   * @param run the day, machine and JDK of the run
   */
  record Row(String fault, String unit, String jcstress, String lincheck, String run) {

    private Stream<String> verdicts() {
      return Stream.of(unit, jcstress, lincheck);
    }

    boolean isKilled() {
      return verdicts().anyMatch(FaultMatrix::isKiller);
    }

    /** Returns what the verdicts and the patch disagree about; empty if they agree. */
    String contradiction(Patch patch) {
      if (isKilled() && !patch.survives().isEmpty()) {
        return fault + " is killed, and its patch says that it survives";
      }
      return isKilled() || !patch.survives().isEmpty()
          ? ""
          : fault + " survives, and its patch does not say why";
    }
  }

  /**
   * The head of a patch.
   *
   * @param what the fault in a sentence
   * @param survives why no test can kill it; empty if one should
   */
  record Patch(String what, String survives) {

    static Patch of(List<String> lines) {
      List<String> head = lines.stream()
          .takeWhile(line -> !line.startsWith("diff --git ") && !line.startsWith("--- "))
          .filter(line -> !line.isBlank())
          .toList();
      return new Patch(
          head.stream().filter(line -> !line.startsWith(SURVIVES)).collect(joining(" ")),
          head.stream()
              .filter(line -> line.startsWith(SURVIVES))
              .map(line -> line.substring(SURVIVES.length()))
              .collect(joining(" ")));
    }
  }

  /**
   * Records the verdicts on one fault, and ends with status 1 if they contradict its patch; or
   * writes the page alone.
   *
   * @param args {@code record}, the folder of the patches, the CSV, the page to write, the fault,
   *     the folder with a file {@code FAULT.LANE.verdict} for each lane, empty if its tests passed,
   *     and the run in words; or {@code write} and the first three of these
   */
  public static void main(String[] args) throws IOException {
    Map<String, Patch> patches = patches(Path.of(args[1]));
    Path csv = Path.of(args[2]);
    Path page = Path.of(args[3]);
    switch (args[0]) {
      case "write" -> write(csv, patches, page);
      case "record" -> {
        Patch patch = patch(patches, args[4]);
        Row row = row(args[4], Path.of(args[5]), args[6]);
        record(row, patches, csv);
        write(csv, patches, page);
        System.out.println(row.fault() + ": "
            + (row.isKilled()
                ? row.verdicts().filter(FaultMatrix::isKiller).collect(joining(", "))
                : "SURVIVES"));
        String contradiction = row.contradiction(patch);
        if (!contradiction.isEmpty()) {
          System.err.println("faults: " + contradiction);
          System.exit(1);
        }
      }
      default -> throw new IllegalArgumentException("neither record nor write: " + args[0]);
    }
  }

  /** Reads the verdicts on a fault. */
  static Row row(String fault, Path verdicts, String run) throws IOException {
    return new Row(
        fault,
        verdict(verdicts, fault, "unit"),
        verdict(verdicts, fault, "jcstress"),
        verdict(verdicts, fault, "lincheck"),
        run);
  }

  private static String verdict(Path verdicts, String fault, String lane) throws IOException {
    String verdict =
        Files.readString(verdicts.resolve(fault + "." + lane + ".verdict")).strip();
    return verdict.isEmpty() ? PASSED : verdict;
  }

  /** Returns the patches by the names of their faults. */
  static Map<String, Patch> patches(Path folder) throws IOException {
    Map<String, Patch> patches = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(ENDING)).toList()) {
        String name = file.getFileName().toString();
        patches.put(
            name.substring(0, name.length() - ENDING.length()), Patch.of(Files.readAllLines(file)));
      }
    }
    return patches;
  }

  private static Patch patch(Map<String, Patch> patches, String fault) {
    Patch patch = patches.get(fault);
    if (patch == null) {
      throw new IllegalArgumentException("no patch is called " + fault);
    }
    return patch;
  }

  /** Merges a row into the CSV, which may not exist yet. */
  static void record(Row row, Map<String, Patch> patches, Path csv) throws IOException {
    List<Row> earlier = Files.exists(csv) ? Csv.read(csv, Row.class) : List.of();
    Csv.write(csv, Row.class, merge(earlier, row, patches.keySet()));
  }

  /** Returns the row and the earlier ones of other faults, as far as these still exist, by name. */
  static List<Row> merge(List<Row> earlier, Row row, Set<String> existing) {
    return Stream.concat(
            earlier.stream()
                .filter(old -> !old.fault().equals(row.fault()) && existing.contains(old.fault())),
            Stream.of(row))
        .sorted(Comparator.comparing(Row::fault))
        .toList();
  }

  /** Writes the page from the CSV and the patches. The same give the same bytes. */
  static void write(Path csv, Map<String, Patch> patches, Path page) throws IOException {
    List<Row> rows = Csv.read(csv, Row.class).stream()
        .filter(row -> patches.containsKey(row.fault()))
        .toList();
    StringBuilder table = new StringBuilder(
        "| fault | unit tests | jcstress | Lincheck | survives, because |\n|---|---|---|---|---|\n");
    for (Row row : rows) {
      table.append(line(row, patch(patches, row.fault())));
    }
    Pages.write(
        page,
        "# Fault matrix",
        "Written by `.ci/faults` from [`%s`](%s). Do not edit.\n"
                .formatted(csv.getFileName(), Pages.link(page, csv))
            + "[testing.md](../testing.md#fault-matrix) says how to read it.",
        summary(rows, patches.size()),
        runs(rows),
        table.toString());
  }

  /** Returns how many were killed, and by which lane. */
  static String summary(List<Row> rows, int faults) {
    long killed = rows.stream().filter(Row::isKilled).count();
    String notRun = rows.size() == faults ? "" : " " + (faults - rows.size()) + " were not run.";
    return "Killed "
        + killed + " of " + rows.size() + ": "
        + rows.stream().filter(row -> isKiller(row.unit())).count() + " by the unit tests, "
        + rows.stream().filter(row -> isKiller(row.jcstress())).count() + " by jcstress, "
        + rows.stream().filter(row -> isKiller(row.lincheck())).count()
        + " by Lincheck, which runs only if the other two find nothing." + notRun;
  }

  private static String runs(List<Row> rows) {
    Map<String, Long> runs = rows.stream().collect(groupingBy(Row::run, TreeMap::new, counting()));
    return "Runs: "
        + runs.entrySet().stream()
            .map(run -> run.getValue() + " on " + run.getKey())
            .collect(joining("; "))
        + ".";
  }

  private static String line(Row row, Patch patch) {
    return "| `%s`: %s | %s | %s |\n"
        .formatted(
            row.fault(),
            Pages.cell(patch.what()),
            row.verdicts()
                .map(verdict -> verdict.equals(PASSED) ? "–" : Pages.cell(verdict))
                .collect(joining(" | ")),
            Pages.cell(patch.survives()));
  }

  private static boolean isKiller(String verdict) {
    return !verdict.equals(PASSED) && !verdict.equals(NOT_RUN);
  }
}
