package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of all exported names is that of the code. */
class FiguresPageTest {

  private static final String HEAD = """
      # Exported figures

      `AggregatedStats.figures()` returns every figure of a snapshot under these names. The [recipes](recipes.md) export them. The names and
      units follow the rules of OpenTelemetry, and the names of Prometheus follow from these. A test fails if this page differs from the code.

      | OpenTelemetry | unit | Prometheus | type | labels | meaning |
      |---|---|---|---|---|---|
      """;

  private static final String TAIL = """

      The label `kind` of a request is `manifest`, `segment`, `init` or `unknown`. The label `status` is a status code from 400 to 599, or
      `other`. The label `stream` is `progress` or `stderr`. The label `window` of a rate is `epoch` (since the epoch began) or `reader`
      (since the previous snapshot of the same reader).
      """;

  private static String text(AggregatedStats stats) {
    List<String> names = stats.figures().stream().map(Figure::name).distinct().toList();
    return names.stream()
        .map(name -> row(stats.figures().stream()
            .filter(figure -> figure.name().equals(name))
            .findFirst()
            .orElseThrow()))
        .collect(Collectors.joining("", HEAD, TAIL));
  }

  private static String row(Figure figure) {
    boolean isCounter = figure instanceof Figure.Counter;
    String prometheus = PrometheusUnits.name(figure.name(), figure.unit());
    return "| `%s` | `%s` | `%s` | %s | %s | %s |\n"
        .formatted(
            figure.name(),
            figure.unit(),
            prometheus + (isCounter ? "_total" : ""),
            isCounter ? "counter" : figure instanceof Figure.Gauge ? "gauge" : "histogram",
            figure.labels().keySet().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            figure.help());
  }

  @Test
  void page_isThatOfTheCode() throws IOException {
    Path fresh = Path.of("target/figures.md");
    Files.writeString(fresh, text(AggregatedStats.merge(List.of())));

    assertThat(Path.of("../figures.md"))
        .as("to write it anew: cp docs/examples/target/figures.md docs")
        .hasSameTextualContentAs(fresh);
  }
}
