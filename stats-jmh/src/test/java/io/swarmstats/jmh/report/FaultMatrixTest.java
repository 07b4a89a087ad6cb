package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.jmh.report.FaultMatrix.Patch;
import io.swarmstats.jmh.report.FaultMatrix.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultMatrixTest {

  private static final String RUN = "2026-11-23, 2 processors, JDK 25";
  private static final Row KILLED = new Row("b", "ATest.fails", "passed", "not run", RUN);
  private static final Row SURVIVOR = new Row("a", "passed", "passed", "passed", RUN);
  private static final Patch FAULT = new Patch("A count is lost.", "");
  private static final Patch EXCUSED = new Patch("A read is plain.", "x86 keeps | loads in order.");

  @TempDir
  private Path folder;

  @Test
  void head_ofAPatch_saysWhatAndWhyItSurvives() {
    assertThat(Patch.of("""
        A count goes on
        after its cell was sealed.
        Survives: x86 keeps loads in order.

        diff --git a/Cells.java b/Cells.java
        Survives: no longer the head
        """.lines().toList()))
        .isEqualTo(
            new Patch("A count goes on after its cell was sealed.", "x86 keeps loads in order."));
    assertThat(Patch.of(List.of("What.", "--- a/Cells.java", "+++ b/Cells.java")))
        .isEqualTo(new Patch("What.", ""));
  }

  @Test
  void verdict_thatIsEmpty_isThatAllPassed() throws IOException {
    Files.writeString(folder.resolve("a.unit.verdict"), "");
    Files.writeString(folder.resolve("a.jcstress.verdict"), "TotalBytes.Shipped");
    Files.writeString(folder.resolve("a.lincheck.verdict"), "not run");

    assertThat(FaultMatrix.row("a", folder, RUN))
        .isEqualTo(new Row("a", "passed", "TotalBytes.Shipped", "not run", RUN));
  }

  @Test
  void row_replacesTheEarlierOneOfItsFault_inTheOrderOfNames() {
    Row earlier = new Row("b", "passed", "passed", "passed", "before");
    Row last = new Row("c", "passed", "C.Shipped", "not run", "before");

    assertThat(FaultMatrix.merge(List.of(last, earlier, SURVIVOR), KILLED, Set.of("a", "b", "c")))
        .containsExactly(SURVIVOR, KILLED, last);
  }

  @Test
  void row_ofAFaultThatIsGone_goes() {
    assertThat(FaultMatrix.merge(List.of(SURVIVOR), KILLED, Set.of("b"))).containsExactly(KILLED);
  }

  @Test
  void summary_countsByLane() {
    Row byTwo = new Row("c", "ATest.fails", "C.Shipped", "not run", RUN);
    Row byLincheck = new Row("d", "passed", "passed", "DTest.fails", RUN);

    assertThat(FaultMatrix.summary(List.of(SURVIVOR, KILLED, byTwo, byLincheck), 4))
        .isEqualTo("Killed 3 of 4: 2 by the unit tests, 1 by jcstress, 1 by Lincheck, which runs"
            + " only if the other two find nothing.");
    assertThat(FaultMatrix.summary(List.of(SURVIVOR), 3))
        .startsWith("Killed 0 of 1: ")
        .endsWith(" 2 were not run.");
  }

  @Test
  void survivor_withoutAReason_contradictsItsPatch() {
    assertThat(SURVIVOR.contradiction(FAULT))
        .isEqualTo("a survives, and its patch does not say why");
    assertThat(SURVIVOR.contradiction(EXCUSED)).isEmpty();
  }

  @Test
  void killedFault_withAReason_contradictsItsPatch() {
    assertThat(KILLED.contradiction(EXCUSED))
        .isEqualTo("b is killed, and its patch says that it survives");
    assertThat(KILLED.contradiction(FAULT)).isEmpty();
  }

  @Test
  void page_isWrittenFromTheCsvAndThePatches() throws IOException {
    Path csv = folder.resolve("evidence/faults.csv");
    Path page = folder.resolve("evidence/faults.md");
    Map<String, Patch> patches = Map.of("a", EXCUSED, "b", FAULT, "c", FAULT);
    FaultMatrix.record(SURVIVOR, patches, csv);
    FaultMatrix.record(KILLED, patches, csv);

    FaultMatrix.write(csv, patches, page);

    assertThat(csv).hasContent("""
        fault,unit,jcstress,lincheck,run
        a,passed,passed,passed,"2026-11-23, 2 processors, JDK 25"
        b,ATest.fails,passed,not run,"2026-11-23, 2 processors, JDK 25"
        """);
    assertThat(page).hasContent("""
        # Fault matrix

        Written by `.ci/faults` from [`faults.csv`](faults.csv). Do not edit.
        [testing.md](../testing.md#fault-matrix) says how to read it.

        Killed 1 of 2: 1 by the unit tests, 0 by jcstress, 0 by Lincheck, which runs only if the other two find nothing. 1 were not run.

        Runs: 2 on 2026-11-23, 2 processors, JDK 25.

        | fault | unit tests | jcstress | Lincheck | survives, because |
        |---|---|---|---|---|
        | `a`: A read is plain. | – | – | – | x86 keeps \\| loads in order. |
        | `b`: A count is lost. | ATest.fails | – | not run |  |
        """);
  }

  @Test
  void patches_areReadByTheNamesOfTheirFiles() throws IOException {
    Files.writeString(folder.resolve("a.patch"), "What.\n\ndiff --git a b\n");
    Files.writeString(folder.resolve("readme.txt"), "no patch");

    assertThat(FaultMatrix.patches(folder)).containsExactly(Map.entry("a", new Patch("What.", "")));
  }

  @Test
  void record_ofAFaultWithoutAPatch_isRejected() throws IOException {
    for (String lane : List.of("unit", "jcstress", "lincheck")) {
      Files.writeString(folder.resolve("a." + lane + ".verdict"), "");
    }
    String[] args = {
      "record",
      folder.toString(),
      folder + "/faults.csv",
      folder + "/faults.md",
      "a",
      folder.toString(),
      RUN
    };

    assertThatThrownBy(() -> FaultMatrix.main(args)).hasMessage("no patch is called a");
    assertThat(folder.resolve("faults.csv")).doesNotExist();
  }
}
