package io.swarmstats.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/*
 * What counts as a name.
 *
 * In backticks, a whole code span is a name if its first type is in upper camel case: `ClientStats`,
 * `snapshot.Errors`, `TotalBytes.WeakenedFold`, `LatencySnapshot.p50()`. The package is optional.
 * The nested types and the member after the type must exist too.
 *
 * Without backticks, a word that ends in Test, IT or Benchmark is a name. A stress test followed by
 * a dot and a nested type is a name too. Fault matrix and commands name tests in this way.
 *
 * A word in lower case with an underscore is the name of a method, with or without backticks. Tests
 * and benchmarks have such names. The name of a Go file is none. In a `Type.method_name` the type must declare the method.
 *
 * A twin without its test, such as `WeakenedFold`, belongs to the nearest stress test or Lincheck
 * test before it in the same paragraph or table row.
 */

/**
 * Everything that a page names exists: classes, methods, tests, twins, files, anchors, scripts,
 * modules and properties. In the other direction, every stress test and every twin is named by a
 * page.
 */
class EvidenceTest {

  /** Types of other libraries and of Go. All other names must be in the sources. */
  private static final Set<String> FOREIGN = Set.of(
      // JDK
      "AtomicLong",
      "AtomicReference",
      "ConcurrentHashMap",
      "CountedCompleter",
      "Executor",
      "ForkJoinPool",
      "IllegalStateException",
      "Long",
      "LongAdder",
      "ReentrantLock",
      "Serializable",
      "VarHandle",
      // JUnit, Micrometer, Prometheus client, OpenTelemetry
      "ParameterizedTest",
      "MeterBinder",
      "MultiCollector",
      "MetricProducer",
      // Go: sync.Pool and the load tester
      "Get",
      "Put",
      "GetHTTPErrors",
      "DebugEventParser",
      "DebugStats",
      "ProgressUpdate",
      // the files of any stress test X
      "XRivals",
      "XTwins");

  /** Words with an underscore that are no methods: of FFmpeg, Prometheus, libraries, machines. */
  private static final Set<String> FOREIGN_WORDS = Set.of(
      "avio_size",
      "client_java",
      "drop_frames",
      "dup_frames",
      "file_open",
      "get_input_packet",
      "histogram_quantile",
      "include_created_timestamps",
      "opt_stats_period",
      "out_time",
      "out_time_ms",
      "out_time_us",
      "print_report",
      "process_input",
      "progressing_dts",
      "read_data",
      "readrate_sleep",
      "reload_playlist",
      "sch_wait",
      "scrape_native_histograms",
      "scrape_protocols",
      "select_cur_seq_no",
      "swarm_clients",
      "swarm_downloaded_bytes",
      "swarm_downloaded_bytes_total",
      "swarm_high_drift_clients",
      "swarm_http_errors_total",
      "swarm_output_bytes",
      "swarm_output_bytes_total",
      "swarm_process_starts_total",
      "swarm_received_bytes_total",
      "swarm_reconnections_total",
      "swarm_requests_total",
      "swarm_segment_wall_time_seconds",
      "swarm_segment_wall_time_seconds_bucket",
      "swarm_silent_clients",
      "swarm_stalled_clients",
      "swarm_stalled_seconds_total",
      "swarm_stalls_total",
      "swarm_timeouts_total",
      "timer_start",
      "total_size",
      "trailing_dts",
      "ts_discontinuity_detect",
      "x86_64");

  /**
   * Prefixes of a type that are packages of the project. A type behind another prefix is foreign.
   */
  private static final Pattern OWN_PACKAGE = Pattern.compile(
      "\\.?|(io\\.swarmstats\\.)?((snapshot|latency|internal|rivals|lincheck)\\.)?");

  /** User properties of Maven and its plugins, which no pom defines. */
  private static final Set<String> MAVEN_PROPERTIES = Set.of("exec.args", "skipTests", "test");

  /** The first column of this page contains the names of the Go documents. */
  private static final String GO_NAMES = "docs/study/seed-names.md";

  private static final String GUARANTEES = "docs/guarantees.md";
  private static final String MEMORY_MODEL = "docs/memory-model.md";
  private static final String STRESS_OUTCOMES = "docs/evidence/stress-outcomes.md";

  private static final Pattern CANDIDATE = Pattern.compile("`([^`]+)`|[A-Z]\\w*(?:\\.\\w+)*");
  private static final Pattern NAME = Pattern.compile(
      "(?<prefix>\\.?(?:[a-z]\\w*\\.)*)(?<type>[A-Z]\\w*)(?<rest>(?:\\.\\w+)*)(\\(.*\\))?");
  private static final Pattern TEST = Pattern.compile("[A-Z]\\w*[a-z](Test|IT|Benchmark)");
  private static final Pattern METHOD = Pattern.compile("(?<![\\w/-])[a-z]\\w*_\\w++(?!\\.go\\b)");
  private static final Pattern COUNT = Pattern.compile("\\b(\\d[\\d,]*) (?:stress )?tests\\b");
  private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/])\\.ci/([\\w-]+)");
  private static final Pattern MODULES = Pattern.compile("-pl ([\\w/,.-]*[\\w/])");
  private static final Pattern PROPERTY = Pattern.compile("(?<![\\w-])-D([A-Za-z][\\w.-]*)");
  private static final Pattern EXECUTION = Pattern.compile("\\w:[\\w-]+@([\\w-]+)");

  /** A type, and the nested types and the member that follow. */
  private record Name(String type, List<String> members) {
    @Override
    public String toString() {
      return String.join(".", Stream.concat(Stream.of(type), members.stream()).toList());
    }
  }

  static boolean isUpperCamelCase(String name) {
    return Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the names in one passage, in order. A twin without its test gets the test before it.
   */
  private static List<Name> names(String passage, JavaSources sources) {
    List<Name> names = new ArrayList<>();
    String owner = "";
    for (Matcher candidate = CANDIDATE.matcher(passage); candidate.find(); ) {
      String span = candidate.group(1);
      if (span == null) {
        addUnlessProse(candidate.group(), sources, names);
        continue;
      }
      Matcher name = NAME.matcher(span);
      if (!name.matches()) {
        CANDIDATE
            .matcher(span)
            .results()
            .forEach((MatchResult word) -> addUnlessProse(word.group(), sources, names));
        continue;
      }
      String type = name.group("type");
      boolean isOwn = OWN_PACKAGE.matcher(name.group("prefix")).matches();
      if (!isOwn || !isUpperCamelCase(type) || FOREIGN.contains(type)) {
        continue;
      }
      if (type.startsWith("Weakened")) {
        names.add(new Name(owner, List.of(type)));
        continue;
      }
      names.add(name(type, name.group("rest")));
      if (sources.canHaveTwins(type)) {
        owner = type;
      }
    }
    return names;
  }

  private static Name name(String type, String rest) {
    String members = rest.replaceFirst("\\.java$", "");
    return new Name(
        type, members.isEmpty() ? List.of() : List.of(members.substring(1).split("\\.", -1)));
  }

  /** Adds a word without backticks if it can be no word of the prose. */
  private static void addUnlessProse(String word, JavaSources sources, List<Name> names) {
    Matcher name = NAME.matcher(word);
    if (name.matches()) {
      String type = name.group("type");
      String rest = name.group("rest");
      boolean isStressTest = sources.stressTests().contains(type) && !rest.isEmpty();
      if (isStressTest || (TEST.matcher(type).matches() && !FOREIGN.contains(type))) {
        names.add(name(type, rest));
      }
    }
  }

  private static List<Name> names(Page page, JavaSources sources) {
    return page.passages().stream()
        .map(passage ->
            page.path().equals(GO_NAMES) ? passage.replaceFirst("^\\|[^|]*", "") : passage)
        .flatMap(passage -> names(passage, sources).stream())
        .toList();
  }

  /** Returns the methods that a page names by their names alone or behind a type. */
  private static List<String> methods(Page page) {
    return METHOD
        .matcher(page.text())
        .results()
        .map(MatchResult::group)
        .filter(word -> !FOREIGN_WORDS.contains(word))
        .toList();
  }

  /** Returns the names of a page that no source declares. */
  private static List<String> unknownNames(Page page, JavaSources sources) {
    return Stream.concat(
            names(page, sources).stream()
                .filter(name -> !exists(name, sources))
                .map(Name::toString),
            methods(page).stream().filter(method -> !sources.hasMethod(method)))
        .map(name -> page.path() + " names " + name)
        .distinct()
        .toList();
  }

  private static boolean exists(Name name, JavaSources sources) {
    return name.members().isEmpty()
        ? sources.hasType(name.type())
        : sources.hasMember(name.type(), name.members().toArray(new String[0]));
  }

  /** Returns the twins that none of these pages names. */
  private static Set<String> unnamedTwins(
      List<Page> pages, JavaSources sources, String... pathsOfPages) {
    Set<String> twins = new TreeSet<>(sources.twins());
    pages.stream()
        .filter(page -> List.of(pathsOfPages).contains(page.path()))
        .flatMap(page -> names(page, sources).stream())
        .map(name -> new Name(sources.subject(name.type()), name.members()))
        .forEach(name -> twins.remove(name.toString()));
    return twins;
  }

  /** Returns the stress tests that no row of the guarantees names. */
  private static Set<String> unnamedStressTests(List<Page> pages, JavaSources sources) {
    Set<String> tests = new TreeSet<>(sources.stressTests());
    pages.stream()
        .filter(page -> page.path().equals(GUARANTEES))
        .flatMap(page -> page.rows().stream())
        .flatMap(row -> names(row, sources).stream())
        .forEach(name -> tests.remove(sources.subject(name.type())));
    return tests;
  }

  /**
   * Returns the counts of stress tests that are wrong. A generated page counts the tests of its
   * run; any other page would count by hand, so no count is right there.
   */
  private static List<String> wrongCounts(Page page, JavaSources sources) {
    return page.passages().stream()
        .flatMap(passage -> COUNT.matcher(passage).results())
        .filter((MatchResult count) -> !page.isGenerated()
            || Long.parseLong(count.group(1).replace(",", "")) != sources.stressTestCount())
        .map((MatchResult count) -> page.path() + " says " + count.group())
        .toList();
  }

  /** Returns the relative links of a page that lead to no file, or to no heading. */
  private static List<String> deadLinks(Page page, Path root) throws IOException {
    List<String> dead = new ArrayList<>();
    Path here = root.resolve(page.path());
    for (String link : page.links()) {
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
      boolean hasAnchor = parts.length == 2 && target.toString().endsWith(".md");
      if (!target.startsWith(root)
          || !Files.exists(target)
          || (hasAnchor
              && !new Page(link, Files.readString(target)).anchors().contains(parts[1]))) {
        dead.add(page.path() + " links " + link);
      }
    }
    return dead;
  }

  /**
   * Returns the scripts, modules, properties and executions in the commands of a page that do not
   * exist.
   */
  private static List<String> wrongCommands(Page page, Path root) throws IOException {
    StringBuilder poms = new StringBuilder();
    for (Path pom : Repository.files(root, "pom.xml")) {
      poms.append(Files.readString(pom));
    }
    Stream<String> scripts = groups(SCRIPT, page)
        .filter(script -> !Files.isRegularFile(root.resolve(".ci").resolve(script)));
    Stream<String> modules = groups(MODULES, page)
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .filter(module -> poms.indexOf("<module>" + module + "</module>") < 0);
    Stream<String> properties = groups(PROPERTY, page)
        .filter(property -> !MAVEN_PROPERTIES.contains(property)
            && poms.indexOf("<" + property + ">") < 0
            && poms.indexOf("${" + property + "}") < 0);
    Stream<String> executions =
        groups(EXECUTION, page).filter(id -> poms.indexOf("<id>" + id + "</id>") < 0);
    return Stream.of(scripts, modules, properties, executions)
        .flatMap(wrong -> wrong)
        .map(wrong -> page.path() + " runs " + wrong)
        .toList();
  }

  private static Stream<String> groups(Pattern pattern, Page page) {
    return pattern.matcher(page.text()).results().map((MatchResult found) -> found.group(1));
  }

  // the repository

  @Test
  void names_ofEveryPage_areInTheSources() throws IOException {
    JavaSources sources = JavaSources.below(Repository.ROOT);
    List<Page> pages = Page.all(Repository.ROOT).stream()
        .filter(page -> !page.path().equals("docs/figures.md")) // a test writes it from the code
        .toList();

    assertThat(pages).hasSizeGreaterThan(10);
    assertThat(pages).flatExtracting(page -> names(page, sources)).hasSizeGreaterThan(300);
    assertThat(pages).flatExtracting(page -> unknownNames(page, sources)).isEmpty();
  }

  @Test
  void stressTestsAndTwins_areNamedByThePages() throws IOException {
    JavaSources sources = JavaSources.below(Repository.ROOT);
    List<Page> pages = Page.all(Repository.ROOT);

    assertThat(sources.stressTests()).hasSizeGreaterThan(10);
    assertThat(sources.twins()).hasSizeGreaterThan(50);
    assertThat(unnamedStressTests(pages, sources)).isEmpty();
    assertThat(unnamedTwins(pages, sources, GUARANTEES, MEMORY_MODEL)).isEmpty();
  }

  @Test
  void twins_haveOutcomes() throws IOException {
    assertThat(unnamedTwins(
            Page.all(Repository.ROOT), JavaSources.below(Repository.ROOT), STRESS_OUTCOMES))
        .isEmpty();
  }

  @Test
  void countsOfStressTests_areThoseOfTheSources() throws IOException {
    JavaSources sources = JavaSources.below(Repository.ROOT);

    assertThat(Page.all(Repository.ROOT))
        .flatExtracting(page -> wrongCounts(page, sources))
        .isEmpty();
  }

  @Test
  void links_ofEveryPage_leadToAFileAndAHeading() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Page page : Page.all(Repository.ROOT)) {
      dead.addAll(deadLinks(page, Repository.ROOT));
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void commands_ofEveryPage_nameWhatExists() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Page page : Page.all(Repository.ROOT)) {
      wrong.addAll(wrongCommands(page, Repository.ROOT));
    }

    assertThat(wrong).isEmpty();
  }

  // negative controls: each check finds a fault and accepts the right text

  private static final String STRESS_FILES = "stats-jcstress/src/main/java/io/swarmstats/jcstress/";

  /** Two layouts: all in one file, and split into three. */
  private static final JavaSources SOURCES = JavaSources.of(Map.of(
      "stats-core/src/main/java/io/swarmstats/Client.java",
      """
      /* no class Imagined */
      final class Client extends Base<Client> {
        private final long[] row = new long[Kind.values().length]; // not imagined_comment()
        long bytes() {
          int local = helper.called(row);
          String text = "void imagined_text() {";
          return called_only(local, brace -> '{' > called());
        }
        record Part(int left, List<Kind> kinds) {
          long ratio() { return left; }
        }
        enum Kind { FIRST, SECOND(Other.THIRD); }
      }
      class Base<T> { Map<T, List<T>> inherited() { return Map.of(); } }
      """,
      "stats-core/src/test/java/io/swarmstats/ClientTest.java",
      """
      class ClientTest {
        @Test void bytes_fresh_areZero() {}
        @Nested class Closing { @Test void update_late_isRejected() { helper_called(); } }
      }
      """,
      STRESS_FILES + "Whole.java",
      "class Whole { @JCStressTest class Shipped {} @JCStressTest class WeakenedOrder {} }",
      STRESS_FILES + "Split.java",
      "class Split { @JCStressTest class Shipped {} }",
      STRESS_FILES + "SplitTwins.java",
      "class SplitTwins { @JCStressTest class WeakenedStep {} }"));

  private static Page page(String text) {
    return new Page("docs/page.md", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`Client`, `Client.Part`, `snapshot.Client`, `.Client`, `Client.bytes()`, `ClientTest`",
        "| `Whole` (`WeakenedOrder`) | `Split` (`WeakenedStep`); `SplitTwins.WeakenedStep` |",
        "`Split.WeakenedStep`, Split.Shipped, ClientTest.bytes_fresh_areZero",
        "`Split` (`Shipped`,\n`WeakenedStep`)",
        "`Client.row`, `Client.Kind.FIRST`, `Kind.SECOND`, `Client.Part.left`, `Part.kinds()`",
        "`Client.Part.ratio()`, `Client.inherited()`, `bytes_fresh_areZero`, `total_size`",
        "| ClientTest.Closing.update_late_isRejected | `ClientTest.Closing` | x86_64 |",
        "[`ClientTest`](../ClientTest.java), `client_stats.go`",
        "```\n./mvnw test -Dtest=ClientTest\n```",
        "`AtomicLong.incrementAndGet`, `sync.Map`, `FORBIDDEN`, `client`, Imagined, a Test"
      })
  void knownName_isAccepted(String text) {
    assertThat(unknownNames(page(text), SOURCES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ':', textBlock = """
      `Imagined`                                  : Imagined
      `snapshot.Imagined`                         : Imagined
      `Client.Imagined`                           : Client.Imagined
      `Client.imagined()`                         : Client.imagined
      `Client.Part.imagined`                      : Client.Part.imagined
      `Whole.WeakenedStep`                        : Whole.WeakenedStep
      `Split` (`WeakenedOrder`)                   : Split.WeakenedOrder
      `Whole` and `Split` (`WeakenedOrder`)       : Split.WeakenedOrder
      ImaginedTest                                : ImaginedTest
      ClientTest.imagined                         : ClientTest.imagined
      Whole.ShippedTwice                          : Whole.ShippedTwice
      `Client.called()`                           : Client.called
      `Client.local`                              : Client.local
      `Client.helper`                             : Client.helper
      `Client.ratio()`                            : Client.ratio
      `Client.Part.row`                           : Client.Part.row
      `Kind.THIRD`                                : Kind.THIRD
      `called_only`                               : called_only
      `imagined_text`                             : imagined_text
      imagined_comment                            : imagined_comment
      `bytes_fresh_areNone`                       : bytes_fresh_areNone
      `-Dtest=ImaginedTest`                       : ImaginedTest
      """)
  void unknownName_isFound(String text, String name) {
    assertThat(unknownNames(page(text), SOURCES)).containsExactly("docs/page.md names " + name);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ':', textBlock = """
      | ClientTest.bytes_fresh_areNone |            : bytes_fresh_areNone
      ClientTest.Closing.update_late_isLost         : update_late_isLost
      `ClientTest.Closing.helper_called`            : helper_called
      """)
  void unknownMethodBehindItsClass_isFound(String text, String method) {
    assertThat(unknownNames(page(text), SOURCES))
        .hasSize(2)
        .allMatch(found -> found.endsWith(method));
  }

  @Test
  void methodBehindAnotherNestedClass_isFound() {
    assertThat(unknownNames(page("ClientTest.Opening.update_late_isRejected"), SOURCES))
        .containsExactly("docs/page.md names ClientTest.Opening.update_late_isRejected");
    assertThat(unknownNames(page("ClientTest.Closing.bytes_fresh_areZero"), SOURCES))
        .containsExactly("docs/page.md names ClientTest.Closing.bytes_fresh_areZero");
  }

  @Test
  void twinWithoutATestBeforeIt_isFound() {
    assertThat(unknownNames(page("`Whole`\n\n`WeakenedOrder`"), SOURCES)).hasSize(1);
    assertThat(unknownNames(page("| `Whole` |\n| `WeakenedOrder` |"), SOURCES)).hasSize(1);
  }

  @Test
  void goName_inTheFirstColumnOfTheNames_isSkipped() {
    String row = "| `GetBytes()`, `OnStart` | `Imagined` |";

    assertThat(unknownNames(new Page(GO_NAMES, row), SOURCES))
        .containsExactly(GO_NAMES + " names Imagined");
  }

  @Test
  void twin_namedByNoPage_isFound() {
    List<Page> pages =
        List.of(new Page(MEMORY_MODEL, "`Whole` (`WeakenedOrder`)"), page("`Split.WeakenedStep`"));

    assertThat(unnamedTwins(pages, SOURCES, MEMORY_MODEL)).containsExactly("Split.WeakenedStep");
    assertThat(unnamedTwins(pages, SOURCES, MEMORY_MODEL, "docs/page.md")).isEmpty();
    assertThat(unnamedTwins(List.of(page("`SplitTwins.WeakenedStep`")), SOURCES, "docs/page.md"))
        .containsExactly("Whole.WeakenedOrder");
  }

  @Test
  void stressTest_inNoRowOfTheGuarantees_isFound() {
    Page prose = new Page(GUARANTEES, "`Split`\n\n| G1 | `Whole` |");

    assertThat(unnamedStressTests(List.of(prose), SOURCES)).containsExactly("Split");
    assertThat(unnamedStressTests(List.of(prose, new Page(GUARANTEES, "| `Split` |")), SOURCES))
        .isEmpty();
  }

  @Test
  void count_byHandOrOfAnotherRun_isFound() {
    assertThat(wrongCounts(page("All 4 stress tests pass."), SOURCES)).hasSize(1);
    assertThat(wrongCounts(new Page("docs/evidence/a.md", "5 tests, 20 runs"), SOURCES))
        .hasSize(1);
    assertThat(wrongCounts(new Page("docs/evidence/a.md", "4 tests, 20 runs"), SOURCES))
        .isEmpty();
  }

  @Test
  void link_toNoFileOrNoHeading_isFound(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("README.md"), "# The `first` heading, here\n# Twice\n# Twice\n");
    Files.writeString(root.resolve("docs/page.md"), "# Here\n");

    assertThat(deadLinks(
            page("[a](../README.md#the-first-heading-here) [b](../README.md#twice-1) [c](#here)"
                + " [d](https://example.org/x) [e](../docs)\n```\n[f](none)\n```\n"),
            root))
        .isEmpty();
    assertThat(deadLinks(
            page("[a](README.md) ![b](b.png) [c](../README.md#second) [d](#there) [e](../../x)"
                + " <img src=\"c.png\">"),
            root))
        .containsExactly(
            "docs/page.md links README.md",
            "docs/page.md links b.png",
            "docs/page.md links ../README.md#second",
            "docs/page.md links #there",
            "docs/page.md links ../../x",
            "docs/page.md links c.png");
  }

  @Test
  void command_withWhatDoesNotExist_isFound(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve(".ci"));
    Files.writeString(root.resolve(".ci/run"), "");
    Files.writeString(
        root.resolve("pom.xml"),
        "<module>core</module><module>docs/more</module><core.version>1</core.version><id>slow</id>");

    assertThat(wrongCommands(
            page("`.ci/run`\n```\n./mvnw -q -pl core,docs/more surefire:test@slow -DskipTests"
                + " -Dcore.version=2\n```\n"),
            root))
        .isEmpty();
    assertThat(wrongCommands(
            page("`.ci/walk x` `./mvnw -pl core,shell -Dshell.version=1 surefire:test@fast`"),
            root))
        .containsExactly(
            "docs/page.md runs walk",
            "docs/page.md runs shell",
            "docs/page.md runs shell.version",
            "docs/page.md runs fast");
  }

  @Test
  void sources_ofAllModules_areRead() throws IOException {
    JavaSources sources = JavaSources.below(Repository.ROOT);

    assertThat(sources.twins()).contains("TotalBytes.WeakenedFold", "LostUpdate.Weakened");
    assertThat(sources.hasMember("WallTimesLincheckTest", "WeakenedBucket")).isTrue();
    assertThat(List.of("ClientStats", "IncrementBenchmark", "OracleTest", "SwarmDemo"))
        .allMatch(sources::hasType);
  }
}
