package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Path SOURCES = Path.of("src/main/java");

  @TempDir
  private Path folder;

  @Test
  void figures_areInTheRowOfTheirWork() throws IOException {
    assertThat(report("page"))
        .contains("| | threads | SwarmStats | atomic long | long adder | mutex |")
        .contains("| `increment_alone` | 1 "
            + "| 2.50 ± 0.10; 0 B | **2.00 ± 0.10**; 0 B | 2.60 ± 0.05 ≈; 0 B | 18.3 ± ?; 24 B |")
        .contains("| `aggregate_quiet`, clients 10000, percentWithErrors 0 | 1 "
            + "| 1,100 ± 55; 480 B | 1,235 ± 62; 480 B |")
        .contains("us/op; average time, 5 forks, 10 × 1 s after 5 × 1 s, `-Xmx1g`.");
  }

  @Test
  void group_hasARowForEachMethod() throws IOException {
    assertThat(report("page"))
        .contains("| `add_whileAggregating` | 2 | 1.00 / 3.25 / 5,210 |")
        .contains("| `aggregate_whileAdding` | 2 | 19.0 / 33.0 / 7,000 |")
        .contains("| `aggregating (mean of all)` | 2 | 2.00 / 30.0 / 7,000; 640 B |")
        .doesNotContain("`p0.50`", ":p0.999");
  }

  @Test
  void machine_hasATableForEachPartOfTheRun() throws IOException {
    assertThat(report("page")).contains("""
            | | |
            |---|---|
            | processor | Example, 2 cores |
            | JDK | 17.0.15 |

            | | |
            |---|---|
            | classes | IncrementBenchmark |
            | options of JMH | -p contender=A\\|B |
            """);
  }

  @Test
  void question_comesFromTheJavadoc() throws IOException {
    assertThat(report("page"))
        .contains("What does `ClientStats.incrementSegmentRequests` cost against");
  }

  @Test
  void budget_saysWhetherItHolds() throws IOException {
    assertThat(report("page"))
        .contains(
            "| increment | 2.50 ns | 2.00 ns | 1.25 | ≤ 1.5 × `AtomicLong` | 3.00 ns | holds |")
        .contains("| aggregate of 1,000 clients, 0 % with errors | 16.0 µs | 9.00 µs | 1.78 "
            + "| ≤ 2 × floor + 3.00 µs | 21.0 µs | holds |")
        .contains("| memory of a fresh client | 312 B |  |  | ≤ 340 B | 340 B | holds |")
        .contains("| `recordHttpError` |  | | | | | not measured |");
  }

  @Test
  void losses_areBetterRivalsWithoutOverlap() throws IOException {
    assertThat(
            Stream.of(report("page").split("## Where a rival|## Charts", -1)[1].split("\n"))
                .filter(line -> line.contains("Benchmark")))
        .containsExactly(
            "| ClientMemoryBenchmark | `memory_filled`, fill FRESH | mutex | 297 | 312 | B | 1.05 "
                + "| decision 36: 1.6 KB less for a client with few codes |",
            "| IncrementBenchmark | `increment_alone` | atomic long | 2.00 ± 0.10 | 2.50 ± 0.10 "
                + "| ns/op | 1.25 | G11: a counter that can be sealed, in one cell |");
  }

  @Test
  void mutex_isComparedWithItsReplacements() throws IOException {
    report("page");

    assertThat(folder.resolve("page/conversions.md"))
        .content()
        .contains("| step 3: a counter "
            + "| [IncrementBenchmark](benchmarks.md#incrementbenchmark), `increment_alone`, ns/op "
            + "| mutex 18.3 ± ?; 24 B | atomic long 2.00 ± 0.10; 0 B: error unknown "
            + "| SwarmStats 2.50 ± 0.10; 0 B: error unknown |")
        .contains("| mutex 297 |  | SwarmStats 312: **larger** |")
        .contains("| 1.1 `bytesMu` | [BytesBenchmark](benchmarks.md#bytesbenchmark), "
            + "`updateBytes_rising_alone` | not measured | | |")
        .contains("| an HTTP error: 100 ns → 10 to 20 ns |  | | | | | not measured |");
  }

  @Test
  void sameRun_givesTheSameBytes_inEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    String first = report("first");
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(report("second")).isEqualTo(first);
    } finally {
      Locale.setDefault(before);
    }
    List<Path> charts;
    try (Stream<Path> files = Files.list(folder.resolve("first/plots"))) {
      charts = files.sorted().toList();
    }
    assertThat(charts)
        .extracting(chart -> chart.getFileName().toString())
        .containsExactly("aggregate.png", "increment.png", "memory.png");
    for (Path chart : charts) {
      assertThat(folder.resolve("second/plots").resolve(chart.getFileName()))
          .hasSameBinaryContentAs(chart);
    }
  }

  @Test
  void page_head_namesTheCommandAndTheRun() throws IOException {
    String source =
        "Written by `.ci/benchmarks` from the run [`holds`](benchmarks/holds.csv). Do not edit.";

    assertThat(report("page").lines().limit(4)).contains(source);
    assertThat(Files.readString(folder.resolve("page/conversions.md")).lines().limit(4))
        .contains(source);
  }

  @Test
  void page_linksToItsCharts() throws IOException {
    assertThat(report("page")).contains("![Counting a request](plots/increment.png)");
  }

  @Test
  void run_withoutResults_isRejected() throws IOException {
    Path csv = folder.resolve("none.csv");
    RunFile.write(csv, List.of());

    assertThatThrownBy(() -> Report.write(csv, folder, SOURCES)).hasMessage("no results in " + csv);
  }

  /** Writes the pages of {@link Runs#HOLDS} into a new folder. Returns the page of the figures. */
  private String report(String name) throws IOException {
    Path evidence = folder.resolve(name);
    Path csv = evidence.resolve("benchmarks/holds.csv");
    RunFile.merge(csv, Result.readAll(Runs.HOLDS));
    Files.copy(Runs.HOLDS.resolve("machine.txt"), csv.resolveSibling("holds.txt"));
    Report.write(csv, evidence, SOURCES);
    return Files.readString(evidence.resolve("benchmarks.md"));
  }
}
