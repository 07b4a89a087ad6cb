package io.swarmstats.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConversionTest {

  private static final Conversion SPEED = Conversion.of("speed", "SpeedBenchmark.update");

  @Test
  void contender_isComparedWithTheBetterLock() {
    assertThat(SPEED.row(List.of(
            result("SHIPPED", 6.0),
            result("MUTEX", 9.0),
            result("SYNCHRONIZED", 5.0),
            result("POOLED_RESET_BEFORE_PUT", 5.1),
            result("PLAIN_ATOMICS", 4.0))))
        .isEqualTo("| speed | [SpeedBenchmark](benchmarks.md#speedbenchmark), `update`, ns/op "
            + "| synchronized 5.00 ± 0.10 | pooled reset before put 5.10 ± 0.10: no difference seen"
            + "<br>plain atomics 4.00 ± 0.10: **faster** | SwarmStats 6.00 ± 0.10: **slower** |\n");
  }

  @Test
  void mutexThatTheDocumentsKeep_isConfirmedOrRefuted() {
    Conversion kept = Conversion.ofKept("log", "SpeedBenchmark.update");
    Result lock = result("SYNCHRONIZED", 5.0);

    assertThat(kept.row(List.of(lock, result("LOCK_FREE", 2.4)))).contains(": **faster**: refuted");
    assertThat(kept.row(List.of(lock, result("LOCK_FREE", 2.6))))
        .contains(": **faster**: confirmed");
    assertThat(kept.row(List.of(lock, result("LOCK_FREE", 6.0))))
        .contains(": **slower**: confirmed");
    assertThat(kept.row(List.of(lock, result("LOCK_FREE", 5.1))))
        .contains(": no difference seen: confirmed as far as the error bars tell");
  }

  @Test
  void work_withoutALock_isNotMeasured() {
    assertThat(SPEED.row(List.of(result("SHIPPED", 6.0)))).contains("| not measured | | |");
  }

  private static Result result(String contender, double score) {
    return new Result(
        "io.SpeedBenchmark",
        "update",
        new TreeMap<>(Map.of("contender", contender)),
        1,
        new Result.Setup("avgt", 5, "5 × 1 s", "10 × 1 s", ""),
        score,
        0.1,
        "ns/op",
        List.of(),
        Double.NaN);
  }
}
