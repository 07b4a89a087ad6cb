package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.Figure.Counter;
import io.swarmstats.snapshot.Figure.Distribution;
import io.swarmstats.snapshot.Figure.Gauge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of exported names. */
class FiguresTest {

  private static final AggregatedStats STATS = new RandomSnapshot(new Random(4)).next();

  private static double value(AggregatedStats stats, String name, Map<String, String> labels) {
    Figure only = stats.figures().stream()
        .filter(figure -> figure.name().equals(name) && figure.labels().equals(labels))
        .findAny()
        .orElseThrow();
    return only instanceof Counter counter ? counter.value() : ((Gauge) only).value();
  }

  @Test
  void figures_haveTheValuesOfTheSnapshot() {
    assertThat(value(STATS, "swarm.requests", Map.of("kind", "segment")))
        .isEqualTo((double) STATS.requests().segment());
    assertThat(value(STATS, "swarm.lines", Map.of("stream", "stderr")))
        .isEqualTo((double) STATS.pipeline().stderr().read());
    assertThat(value(STATS, "swarm.stalled", Map.of()))
        .isEqualTo(STATS.playback().stalledTime().toNanos() / 1e9);
    assertThat(value(STATS, "swarm.request_rate", Map.of("kind", "segment", "window", "reader")))
        .isEqualTo(STATS.instantaneous().segmentPerSecond());
    assertThat(value(STATS, "swarm.start_time", Map.of()))
        .isCloseTo(STATS.startTime().toEpochMilli() / 1e3, within(0.001));
    STATS
        .errors()
        .http()
        .forEach((code, count) -> assertThat(
                value(STATS, "swarm.http.errors", Map.of("status", Errors.label(code))))
            .isEqualTo((double) count));
  }

  /** A figure that the table forgets could change without any effect on the table. */
  @Test
  void figures_containEveryComponentOfASnapshot() {
    List<Figure> figures = STATS.figures();

    Leaves.changed(STATS, Leaves::another)
        .forEach((component, changed) ->
            assertThat(changed.figures()).as(component).isNotEqualTo(figures));
  }

  @Test
  void figures_namesAndUnits_followTheConventions() {
    assertThat(STATS.figures()).allSatisfy(figure -> {
      assertThat(figure.name()).matches("swarm(\\.[a-z]+(_[a-z]+)*)+");
      assertThat(figure.unit()).matches("s|1|By|By/s|\\{[a-z]+}(/s)?");
      assertThat(figure.help()).matches("[A-Z].*[^.]");
      assertThat(figure.labels().keySet()).allMatch(label -> label.matches("[a-z]+"));
    });
  }

  @Test
  void figures_ofOneName_areTogetherAndDifferInTheirLabelsOnly() {
    Map<String, Figure> first = new HashMap<>();
    Set<Map<String, String>> labels = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Figure figure : STATS.figures()) {
      Figure other = first.putIfAbsent(figure.name(), figure);
      if (other == null) {
        names.add(figure.name());
        labels.clear();
      } else {
        assertThat(names.get(names.size() - 1)).isEqualTo(figure.name());
        assertThat(figure).hasSameClassAs(other);
        assertThat(figure.unit()).isEqualTo(other.unit());
        assertThat(figure.help()).isEqualTo(other.help());
        assertThat(figure.labels()).containsOnlyKeys(other.labels().keySet());
      }
      assertThat(labels.add(figure.labels())).as(figure.toString()).isTrue();
    }
  }

  @Test
  void figures_ofAnySnapshot_haveTheSameNames() {
    assertThat(names(AggregatedStats.merge(List.of()))).isEqualTo(names(STATS));
  }

  private static List<String> names(AggregatedStats stats) {
    return stats.figures().stream().map(Figure::name).distinct().toList();
  }

  @Test
  void figures_cannotBeModified() {
    assertThatThrownBy(() -> STATS.figures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> STATS.figures().get(0).labels().put("node", "a"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void figure_copiesItsLabels() {
    Map<String, String> labels = new HashMap<>(Map.of("kind", "init"));
    Figure figure = new Gauge("swarm.clients", "{client}", "Live clients", labels, 1);
    labels.clear();

    assertThat(figure.labels()).isEqualTo(Map.of("kind", "init"));
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checking
  void figure_nulls_areRejected() {
    Map<String, String> none = Collections.emptyMap();

    assertThatNullPointerException()
        .isThrownBy(() -> new Counter(null, "s", "Help", none, 1))
        .withMessage("name must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Gauge("swarm", null, "Help", none, 1))
        .withMessage("unit must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Gauge("swarm", "s", null, none, 1))
        .withMessage("help must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Distribution("swarm", "s", "Help", null, LatencySnapshot.EMPTY))
        .withMessage("labels must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> new Distribution("swarm", "s", "Help", none, null))
        .withMessage("value must not be null");
  }
}
