package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

  @TempDir
  private Path folder;

  @Test
  void results_comeBackAsTheyWere() throws IOException {
    List<Result> run = Result.readAll(Runs.HOLDS);
    Path csv = folder.resolve("new/run.csv");

    RunFile.write(csv, run);

    assertThat(RunFile.read(csv)).isEqualTo(run);
  }

  @Test
  void row_hasEmptyCellsForWhatWasNotMeasured() throws IOException {
    Path csv = folder.resolve("run.csv");
    RunFile.write(csv, List.of(result("A", "one", 2.5, Double.POSITIVE_INFINITY)));

    assertThat(csv).hasContent("""
        benchmark,parameters,mode,threads,forks,warmup,measurement,flags,score,error,p50,p99,max,allocation,unit
        A.one,contender=SHIPPED,avgt,1,5,5 × 1 s,10 × 1 s,-Xmx1g -Xmn6g,2.5,,,,,,ns/op
        """);
  }

  @Test
  void classThatWasRunAnew_losesItsEarlierRows() throws IOException {
    Path csv = folder.resolve("run.csv");
    RunFile.merge(csv, List.of(result("B", "one", 1, 0), result("B", "gone", 2, 0)));
    RunFile.merge(csv, List.of(result("A", "two", 3, 0)));
    RunFile.merge(csv, List.of(result("B", "one", 4, 0)));

    assertThat(RunFile.read(csv))
        .containsExactly(result("A", "two", 3, 0), result("B", "one", 4, 0));
  }

  @Test
  void otherColumns_areRejected() throws IOException {
    Path csv = Files.writeString(folder.resolve("run.csv"), "benchmark,colour\nA.one,red\n");

    assertThatThrownBy(() -> RunFile.read(csv)).hasMessageContaining("Mismatched header");
  }

  private static Result result(String type, String method, double score, double error) {
    return new Result(
        "io.swarmstats.jmh." + type,
        method,
        new TreeMap<>(Map.of("contender", "SHIPPED")),
        1,
        new Result.Setup("avgt", 5, "5 × 1 s", "10 × 1 s", "-Xmx1g -Xmn6g"),
        score,
        error,
        "ns/op",
        List.of(),
        Double.NaN);
  }
}
