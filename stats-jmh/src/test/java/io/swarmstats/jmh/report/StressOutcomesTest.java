package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.jmh.report.StressOutcomes.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StressOutcomesTest {

  private static final List<String> PAGE = """
      **G1. No update is lost.** | `Elsewhere` |
      | promise | tests in `stats-core` | stress tests in `stats-jcstress` |
      |---|---|---|
      | G2 | `RestartRaceTest` | `TotalBytes`, `LostRaise` |
      | G4 | `RelationsRaceTest` | `DriftWithinMaximum`, `LostRaise` |
      | G15 | `AllocationTest` | none: no order of steps |
      | minimum | `StatsAggregatorTest` | `LeastUptime` |
      """.lines().toList();

  private static final Map<String, List<String>> PROMISES = StressOutcomes.promises(PAGE);

  private static final List<String> RESULTS = """
      .......... [OK] io.swarmstats.jcstress.TotalBytes.ShippedUpdate

        Results across all configurations:

             RESULT    SAMPLES     FREQ       EXPECT  DESCRIPTION
           0, true, 1  1,200,000   60.00%   Acceptable  read | update
              5, false    800,000   40.00%   Acceptable  of 50% a half
                  7, 7          0    0.00%    Forbidden  the total falls

      .......... [OK] io.swarmstats.jcstress.TotalBytesRivals.MutexUpdate

             RESULT    SAMPLES     FREQ       EXPECT  DESCRIPTION
                  0        990   99.00%   Acceptable  read | update
                  1         10   <0.01%  Interesting  the late update lands in the new run

      .......... [OK] io.swarmstats.jcstress.TotalBytesTwins.WeakenedFold

             RESULT    SAMPLES     FREQ       EXPECT  DESCRIPTION
                  0        100  100.00%   Acceptable  read | update
                  1          0    0.00%  Interesting  the finished run is missing
      """.lines().toList();

  @TempDir
  private Path folder;

  @Test
  void samples_areCountedByTheirGrade() {
    assertThat(StressOutcomes.seen(RESULTS))
        .containsExactly(
            new Seen("TotalBytes.ShippedUpdate", 0, 2_000_000, false),
            new Seen("TotalBytesRivals.MutexUpdate", 10, 1_000, true),
            new Seen("TotalBytesTwins.WeakenedFold", 0, 100, true));
  }

  @Test
  void promise_namesItsStressTests() {
    assertThat(PROMISES)
        .containsExactly(
            Map.entry("G2", List.of("TotalBytes", "LostRaise")),
            Map.entry("G4", List.of("DriftWithinMaximum", "LostRaise")),
            Map.entry("G15", List.of()),
            Map.entry("minimum", List.of("LeastUptime")));
  }

  @Test
  void file_namedFirst_isOfThatPromiseAlone() {
    assertThat(StressOutcomes.promisesOf("TotalBytes", PROMISES)).containsExactly("G2");
    assertThat(StressOutcomes.promisesOf("B", Map.of("G1", List.of("A", "B"), "G2", List.of("B"))))
        .containsExactly("G2");
  }

  @Test
  void file_neverNamedFirst_isOfEachPromiseThatNamesIt() {
    assertThat(StressOutcomes.promisesOf("LostRaise", PROMISES)).containsExactly("G2", "G4");
  }

  @ParameterizedTest
  @CsvSource({"TotalBytesRivals,G2", "TotalBytesTwins,G2", "LeastUptimeRivals,minimum"})
  void fileOfRivalsOrTwins_isOfThePromiseOfItsFile(String file, String promise) {
    assertThat(StressOutcomes.promisesOf(file, PROMISES)).isEqualTo(Set.of(promise));
  }

  @Test
  void file_thatNoPromiseNames_isRejected() {
    assertThatThrownBy(() -> StressOutcomes.promisesOf("Elsewhere", PROMISES))
        .hasMessage("no promise names Elsewhere");
  }

  @ParameterizedTest
  @CsvSource({
    "ShippedUpdate,Shipped",
    "MutexUpdate,Mutex",
    "MutexHttpErrors,MutexHttpErrors",
    "MutexLatencyDigestRecord,MutexLatencyDigest",
    "PooledResetAfterGetSummary,PooledResetAfterGet",
    "ConcurrentMapPeak,ConcurrentMap",
    "ConcurrentMapHttpErrors,ConcurrentMapHttpErrors",
  })
  void test_isOfTheRivalWithTheLongestName(String type, String rival) {
    assertThat(StressOutcomes.rivalsOf(type)).containsExactly(rival);
  }

  @Test
  void testOfThePooledClients_isOfBoth() {
    assertThat(StressOutcomes.rivalsOf("PooledRestart"))
        .containsExactly("PooledResetBeforePut", "PooledResetAfterGet");
  }

  @Test
  void test_ofNoRival_isRejected() {
    assertThatThrownBy(() -> StressOutcomes.rivalsOf("Unheard"))
        .hasMessage("no rival is called like Unheard");
  }

  @Test
  void twin_thatMayShowNothing_saysSoInItsJavadoc() {
    assertThat(StressOutcomes.notes("CellReads", """
        /** The whole file: x86 cannot fail it. */
        public final class CellReads {
          /** The reads are swapped. */
          @State
          public static class WeakenedReads {
          /**
           * The raise reads in opaque mode. x86 cannot
           * show it.
           */
          @Outcome(id = "1", desc = "no */ here")
          public static class WeakenedRaise {
          /** Fields that are not final. Seldom seen on x86. */
          public static class WeakenedFields {
          /** Of no twin. x86 cannot fail it. */
          public static class ShippedRaise {
        """.lines().toList()))
        .containsExactly(
            Map.entry("CellReads.WeakenedRaise", "x86 cannot show it"),
            Map.entry("CellReads.WeakenedFields", "seldom seen on x86"));
  }

  @Test
  void rival_thatWasBroken_heldOrNotSeen_isToldApart() {
    assertThat(StressOutcomes.rivals(
            List.of(
                new Seen("TotalBytes.ShippedUpdate", 0, 2_000_000, false),
                new Seen("TotalBytesRivals.MutexUpdate", 10, 1_000, true),
                new Seen("TotalBytesRivals.MutexRestart", 0, 500, false),
                new Seen("TotalBytes.PooledRestart", 0, 7, true),
                new Seen("LeastUptime.Shipped", 0, 3, false),
                new Seen("TotalBytesTwins.WeakenedFold", 9, 9, true)),
            PROMISES))
        .isEqualTo("""
            | | G2 | minimum |
            |---|---|---|
            | **the library** | held, 2.0 M | held, 3 |
            | `MutexClientStats` | broken 10 of 1,500 | |
            | `PooledClientStats`, reset before `Put` | not seen, 7 | |
            | `PooledClientStats`, reset after `Get` | not seen, 7 | |
            """);
  }

  @Test
  void twin_thatShowsNothing_isMarkedUnlessItsJavadocSaysWhy() {
    assertThat(StressOutcomes.twins(
            List.of(
                new Seen("TotalBytes.ShippedUpdate", 0, 2_000_000, false),
                new Seen("CellSeal.WeakenedRaise", 416_016, 14_300_000, true),
                new Seen("CellReads.WeakenedRaise", 0, 5, true),
                new Seen("CellSeal.WeakenedSeal", 0, 5, true)),
            Map.of("CellReads.WeakenedRaise", "x86 cannot show it")))
        .isEqualTo("""
            | weakened twin | bad samples | of | |
            |---|---|---|---|
            | `CellReads.WeakenedRaise` | 0 | 5 | x86 cannot show it |
            | `CellSeal.WeakenedRaise` | 416,016 | 14.3 M |  |
            | `CellSeal.WeakenedSeal` | 0 | 5 | **shows nothing** |
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {"999:999", "1000:1,000", "999999:999,999", "1000000:1.0 M", "65849145:65.8 M"})
  void count_ofAMillionOrMore_isShort(long samples, String text) {
    assertThat(StressOutcomes.count(samples)).isEqualTo(text);
  }

  @Test
  void log_ofAnInterruptedRun_isRejected() {
    assertThatThrownBy(
            () -> StressOutcomes.described(List.of("Run: 2026-11-23", "Run: JDK"), List.of()))
        .hasMessage("the log is not that of a whole run");
  }

  @Test
  void page_saysWhichRunItIsFrom() throws IOException {
    Files.write(folder.resolve("guarantees.md"), PAGE);
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        folder.resolve("sources/TotalBytesTwins.java"),
        "  /** Seldom seen. */\n  public static class WeakenedFold {\n");
    Files.write(folder.resolve("results"), RESULTS);
    Files.write(
        folder.resolve("log"),
        List.of(
            "Run: 2026-11-23, Linux x86_64, 2 x AMD EPYC",
            "Run: OpenJDK",
            "Run: .ci/jcstress . -m quick",
            "  Finished: 3 planned; 2 passed",
            "  Finished: 12 planned; 12 passed, 0 failed",
            "Run: 32 min 27 s"));

    StressOutcomes.main(new String[] {
      folder.resolve("guarantees.md").toString(),
      folder.resolve("sources").toString(),
      folder.toString(),
      folder.resolve("evidence/stress-outcomes.md").toString()
    });

    assertThat(folder.resolve("evidence/stress-outcomes.md"))
        .content()
        .startsWith("""
            # What the stress tests saw

            Written by `.ci/outcomes` from the run `.ci/jcstress . -m quick`:
            3 tests, 12 configurations, 32 min 27 s. 2026-11-23, Linux x86_64, 2 x AMD EPYC; OpenJDK. Do not edit.
            """)
        .contains("| `MutexClientStats` | broken 10 of 1,000 |")
        .contains("| `TotalBytesTwins.WeakenedFold` | 0 | 100 | seldom seen on x86 |");
  }
}
