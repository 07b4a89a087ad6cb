package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the outcomes of a run of all stress tests: which rival held which promise, and whether
 * each weakened twin showed its bad outcome.
 *
 * <p>A test is a nested class, {@code File.Class}. The name of the class tells its kind:
 * {@code Weakened...} is a twin, and any other name begins with {@code Shipped} or with the name of
 * a rival. The file determines the promises of the test.
 */
public final class StressOutcomes {

  /** The rivals by the first part of the class name, in the order of the table. */
  static final Map<String, String> RIVALS = rivals();

  private static final String PACKAGE = "io.swarmstats.jcstress.";

  /** A row such as {@code | G1 | tests in stats-core | `File`, `Other` |}. */
  private static final Pattern PROMISE =
      Pattern.compile("\\| (G\\d+|minimum) \\|.*\\|([^|]*)\\|\\s*");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The suffixes of the files with rivals and twins, beside the file of the promise. */
  private static final Pattern PART = Pattern.compile("(Rivals|Twins)$");

  /** The samples of an outcome, their share, and the grade of the outcome. */
  private static final Pattern OUTCOME =
      Pattern.compile("\\s([0-9,]+)\\s+<?[0-9.]+%\\s+(Acceptable|Interesting|Forbidden)\\b");

  private static final Pattern TWIN = Pattern.compile("  public static class (Weakened\\w*) .*");

  private static final Pattern CANNOT = Pattern.compile("x86 cannot (show|fail) it");

  private static final Pattern SELDOM = Pattern.compile("[Ss]eldom seen");

  private static final Pattern CONFIGURATIONS = Pattern.compile("(\\d+) planned; \\d+ passed");

  private StressOutcomes() {}

  /**
   * The samples of a test, over all its configurations.
   *
   * @param name {@code File.Class}
   * @param bad samples that are not acceptable
   * @param expected whether the test expects a bad outcome
   */
  record Seen(String name, long bad, long samples, boolean expected) {

    Seen plus(Seen other) {
      return new Seen(name, bad + other.bad, samples + other.samples, expected || other.expected);
    }

    String file() {
      return name.substring(0, name.indexOf('.'));
    }

    String type() {
      return name.substring(name.indexOf('.') + 1);
    }

    boolean isTwin() {
      return type().startsWith("Weakened");
    }
  }

  /**
   * Writes the page.
   *
   * @param args the page with the promises, the folder with the sources of the tests, the folder of
   *     the run with its {@code log} and {@code results}, the page to write
   */
  public static void main(String[] args) throws IOException {
    Path run = Path.of(args[2]);
    Map<String, String> notes = new LinkedHashMap<>();
    try (Stream<Path> sources = Files.list(Path.of(args[1]))) {
      for (Path source :
          sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        String file = source.getFileName().toString().replace(".java", "");
        notes.putAll(notes(file, Files.readAllLines(source)));
      }
    }
    List<Seen> seen = seen(Files.readAllLines(run.resolve("results")));
    Pages.write(
        Path.of(args[3]),
        "# What the stress tests saw",
        "Written by `.ci/outcomes` from " + described(Files.readAllLines(run.resolve("log")), seen)
            + " Do not edit.\n[testing.md](../testing.md#stress-tests) says how to read it.",
        "## Rivals",
        rivals(seen, promises(Files.readAllLines(Path.of(args[0])))),
        "## Weakened twins",
        twins(seen, notes));
  }

  /** Reads the output of jcstress: a line with the name of each test, followed by its outcomes. */
  static List<Seen> seen(List<String> results) {
    Map<String, Seen> tests = new LinkedHashMap<>();
    String test = "";
    for (String line : results) {
      int name = line.lastIndexOf(" " + PACKAGE);
      if (name >= 0) {
        test = line.substring(name + 1 + PACKAGE.length()).strip();
        tests.putIfAbsent(test, new Seen(test, 0, 0, false));
        continue;
      }
      Matcher outcome = OUTCOME.matcher(line);
      if (!test.isEmpty() && outcome.find()) {
        long samples = Long.parseLong(outcome.group(1).replace(",", ""));
        String grade = outcome.group(2);
        Seen more = new Seen(
            test, grade.equals("Acceptable") ? 0 : samples, samples, grade.equals("Interesting"));
        tests.merge(test, more, Seen::plus);
      }
    }
    return List.copyOf(tests.values());
  }

  /** Returns the files that each promise names, in the order of the page. */
  static Map<String, List<String>> promises(List<String> page) {
    Map<String, List<String>> promises = new LinkedHashMap<>();
    for (String line : page) {
      Matcher row = PROMISE.matcher(line);
      if (row.matches()) {
        promises.put(
            row.group(1),
            CODE.matcher(row.group(2)).results().map(code -> code.group(1)).toList());
      }
    }
    return promises;
  }

  /**
   * Returns the promises of a file: those that name the file first in their row. If there are none,
   * returns all promises that name the file.
   */
  static Set<String> promisesOf(String file, Map<String, List<String>> promises) {
    String whole = PART.matcher(file).replaceFirst("");
    Set<String> naming = new LinkedHashSet<>();
    Set<String> namingFirst = new LinkedHashSet<>();
    promises.forEach((promise, files) -> {
      if (files.contains(whole)) {
        naming.add(promise);
      }
      if (files.indexOf(whole) == 0) {
        namingFirst.add(promise);
      }
    });
    if (naming.isEmpty()) {
      throw new IllegalArgumentException("no promise names " + whole);
    }
    return namingFirst.isEmpty() ? naming : namingFirst;
  }

  /**
   * Returns the rivals that a test covers: the rival with the longest name that begins the name of
   * the class. A pooled client without a reset in its name covers both forms of the reset.
   */
  static List<String> rivalsOf(String type) {
    Optional<String> own = RIVALS.keySet().stream()
        .filter(type::startsWith)
        .max(Comparator.comparingInt(String::length));
    if (own.isPresent()) {
      return List.of(own.get());
    }
    List<String> pooled =
        RIVALS.keySet().stream().filter(key -> key.startsWith("Pooled")).toList();
    if (type.startsWith("Pooled")) {
      return pooled;
    }
    throw new IllegalArgumentException("no rival is called like " + type);
  }

  /** Returns, for each twin in a file, the reason in its Javadoc why it may show nothing. */
  static Map<String, String> notes(String file, List<String> source) {
    Map<String, String> notes = new LinkedHashMap<>();
    StringBuilder javadoc = new StringBuilder();
    boolean inside = false;
    for (String line : source) {
      if (line.startsWith("  /**")) {
        javadoc.setLength(0);
        inside = true;
      }
      if (inside) {
        javadoc.append(line.strip().replaceFirst("^\\* ", "")).append(' ');
      }
      inside = inside && !line.contains("*/");
      Matcher twin = TWIN.matcher(line);
      if (twin.matches()) {
        note(javadoc).ifPresent(note -> notes.put(file + "." + twin.group(1), note));
      }
    }
    return notes;
  }

  private static Optional<String> note(CharSequence javadoc) {
    if (CANNOT.matcher(javadoc).find()) {
      return Optional.of("x86 cannot show it");
    }
    return SELDOM.matcher(javadoc).find() ? Optional.of("seldom seen on x86") : Optional.empty();
  }

  /** Returns a table with a row for each rival and a column for each promise. */
  static String rivals(List<Seen> seen, Map<String, List<String>> promises) {
    Map<String, Map<String, Seen>> rows = new LinkedHashMap<>();
    RIVALS.keySet().forEach(rival -> rows.put(rival, new LinkedHashMap<>()));
    Set<String> columns = new LinkedHashSet<>();
    for (Seen test : seen) {
      if (!test.isTwin()) {
        for (String promise : promisesOf(test.file(), promises)) {
          columns.add(promise);
          rivalsOf(test.type())
              .forEach(rival -> cells(rows, rival).merge(promise, test, Seen::plus));
        }
      }
    }
    List<String> shown = promises.keySet().stream().filter(columns::contains).toList();
    StringBuilder table = new StringBuilder("| |");
    shown.forEach(promise -> table.append(' ').append(promise).append(" |"));
    table.append("\n|---|").append("---|".repeat(shown.size())).append('\n');
    rows.forEach((rival, cells) -> {
      if (!cells.isEmpty()) {
        table.append("| ").append(RIVALS.get(rival)).append(" |");
        for (String promise : shown) {
          Seen cell = cells.get(promise);
          table.append(cell == null ? " |" : " " + verdict(cell) + " |");
        }
        table.append('\n');
      }
    });
    return table.toString();
  }

  private static Map<String, Seen> cells(Map<String, Map<String, Seen>> rows, String rival) {
    return rows.computeIfAbsent(rival, key -> new LinkedHashMap<>());
  }

  private static String verdict(Seen seen) {
    if (seen.bad() > 0) {
      return "broken " + count(seen.bad()) + " of " + count(seen.samples());
    }
    return (seen.expected() ? "not seen, " : "held, ") + count(seen.samples());
  }

  /** Returns a table with a row for each twin, by name. */
  static String twins(List<Seen> seen, Map<String, String> notes) {
    return "| weakened twin | bad samples | of | |\n|---|---|---|---|\n"
        + seen.stream()
            .filter(Seen::isTwin)
            .sorted(Comparator.comparing(Seen::name))
            .map(twin -> "| `%s` | %s | %s | %s |\n"
                .formatted(
                    twin.name(),
                    count(twin.bad()),
                    count(twin.samples()),
                    notes.getOrDefault(twin.name(), twin.bad() > 0 ? "" : "**shows nothing**")))
            .collect(joining());
  }

  /** Returns a number of samples, with all digits below a million. */
  static String count(long samples) {
    return samples < 1_000_000
        ? String.format(Locale.ROOT, "%,d", samples)
        : String.format(Locale.ROOT, "%.1f M", samples / 1e6);
  }

  /** Returns the run in words: its command, size and length, the machine and the JDK. */
  static String described(List<String> log, Collection<Seen> seen) {
    List<String> run = new ArrayList<>();
    String configurations = "";
    for (String line : log) {
      if (line.startsWith("Run: ")) {
        run.add(line.substring(5));
      }
      Matcher planned = CONFIGURATIONS.matcher(line);
      if (planned.find()) {
        configurations = planned.group(1);
      }
    }
    if (run.size() != 4 || configurations.isEmpty()) {
      throw new IllegalArgumentException("the log is not that of a whole run");
    }
    return "the run `%s`:\n%s tests, %s configurations, %s. %s; %s."
        .formatted(
            run.get(2),
            Integer.toString(seen.size()),
            configurations,
            run.get(3),
            run.get(0),
            run.get(1));
  }

  private static Map<String, String> rivals() {
    Map<String, String> rivals = new LinkedHashMap<>();
    rivals.put("Shipped", "**the library**");
    rivals.put("Mutex", "`MutexClientStats`");
    rivals.put("Synchronized", "`SynchronizedClientStats`");
    rivals.put("PooledResetBeforePut", "`PooledClientStats`, reset before `Put`");
    rivals.put("PooledResetAfterGet", "`PooledClientStats`, reset after `Get`");
    rivals.put("PlainAtomics", "`PlainAtomicsClientStats`");
    rivals.put("MutexHttpErrors", "`MutexHttpErrors`");
    rivals.put("SynchronizedHttpErrors", "`SynchronizedHttpErrors`");
    rivals.put("EagerHttpErrors", "`EagerHttpErrors`");
    rivals.put("ConcurrentMapHttpErrors", "`ConcurrentMapHttpErrors`");
    rivals.put("PlainSlots", "`PlainSlotsSegmentSizes`");
    rivals.put("AtomicSlots", "`AtomicSlotsSegmentSizes`");
    rivals.put("CasIndex", "`CasIndexSegmentSizes`");
    rivals.put("FetchAdd", "`FetchAddCounter`");
    rivals.put("RwLock", "`RwLockAggregator`");
    rivals.put("ConcurrentMap", "`ConcurrentMapAggregator`");
    rivals.put("Hybrid", "`HybridAggregator`");
    rivals.put("CopyOnWrite", "`CopyOnWriteAggregator`");
    rivals.put("MutexBaseline", "`RateBaseline.Mutex`");
    rivals.put("AtomicBaseline", "`RateBaseline.Atomic`");
    rivals.put("MutexLatencyDigest", "`MutexLatencyDigest`");
    return rivals;
  }
}
