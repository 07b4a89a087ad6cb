package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what is in {@code docs/evidence} against what it is made from. */
class PublishedEvidenceTest {

  private static final Path EVIDENCE = Path.of("../docs/evidence");
  private static final long MOST_BYTES = 100 * 1024;

  @TempDir
  private Path folder;

  @Test
  void pages_areThoseOfTheLatestRun() throws IOException {
    Path latest =
        files("benchmarks", ".csv").stream().max(Comparator.naturalOrder()).orElseThrow();
    Path csv = folder.resolve("benchmarks").resolve(latest.getFileName());
    Files.createDirectories(csv.getParent());
    Files.copy(latest, csv);
    String description = latest.getFileName().toString().replace(".csv", ".txt");
    Files.copy(latest.resolveSibling(description), csv.resolveSibling(description));

    Report.write(csv, folder, Path.of("src/main/java"));

    for (String page : List.of("benchmarks.md", "conversions.md")) {
      assertThat(EVIDENCE.resolve(page))
          .as("to write it anew: .ci/benchmarks pages")
          .hasSameTextualContentAs(folder.resolve(page));
    }
  }

  @Test
  void faultMatrix_isThatOfItsCsvAndThePatches() throws IOException {
    Path page = folder.resolve("faults.md");
    Path csv = Files.copy(EVIDENCE.resolve("faults.csv"), folder.resolve("faults.csv"));

    FaultMatrix.write(csv, FaultMatrix.patches(Path.of("../stats-jcstress/src/faults")), page);

    assertThat(EVIDENCE.resolve("faults.md"))
        .as("to write it anew: .ci/faults page")
        .hasSameTextualContentAs(page);
  }

  @Test
  void chart_isOfAtMostAHundredKilobytes() throws IOException {
    assertThat(files("plots", "")).hasSizeGreaterThan(5).allSatisfy(chart -> {
      assertThat(chart.toString()).endsWith(".png");
      assertThat(Files.size(chart)).as(chart.toString()).isLessThanOrEqualTo(MOST_BYTES);
    });
  }

  private static List<Path> files(String name, String ending) throws IOException {
    try (Stream<Path> files = Files.list(EVIDENCE.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
