package io.swarmstats.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.ExitSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays the recorded swarm. At every tick and at the end, the figures must equal the results that
 * a separate program computed from the recording.
 *
 * <p>A client is added at its first event. A tick comes before the events of its own microsecond.
 * All figures are compared exactly, with three exceptions. Averages of durations may differ by 1
 * ns, doubles by 1e-9, and percentiles by 0.55 % from the latency of the nearest rank.
 *
 * <p>Stalls are those of the viewer. The rivals judge stalls by FFmpeg's speed, on purpose: the
 * page {@code docs/study/stalls.md} shows both rules over this recording.
 */
class ReplayTest {

  private static final Recording RECORDING = Recording.ffmpegSwarm();

  @ParameterizedTest
  @ValueSource(longs = {0, -1_000_000_000_000L, Long.MAX_VALUE - 45_000_000_000L})
  void replay_from_any_clock_origin_gives_the_expected_results(long originNanos)
      throws JsonProcessingException {
    replayAndCompare(
        RECORDING,
        new ManualTimeSource(Instant.EPOCH, originNanos),
        Expected.parse(Expected.json()));
  }

  @Test
  void a_clock_with_the_third_origin_wraps_during_the_replay() {
    ManualTimeSource clock = new ManualTimeSource(Instant.EPOCH, Long.MAX_VALUE - 45_000_000_000L);
    long before = clock.nanoTime();
    clock.setElapsed(Duration.ofSeconds(90));

    assertThat(before).isPositive();
    assertThat(clock.nanoTime()).isNegative();
  }

  @Test
  void the_report_of_the_recorded_swarm_is_the_expected_text() throws JsonProcessingException {
    Replay replay = new Replay(new ManualTimeSource());
    RECORDING.events().forEach(replay::apply);
    replay.tick(Expected.parse(Expected.json()).end().nowUs());

    assertThat(ExitSummary.of(replay.aggregator.aggregate())).isEqualTo(Expected.report());
  }

  /** Returns the last event of each kind in the recording. */
  static Stream<Event> lastOfEachKind() {
    Map<Class<?>, Event> last = new HashMap<>();
    RECORDING.events().forEach(event -> last.put(event.action().getClass(), event));
    return last.values().stream();
  }

  @ParameterizedTest
  @MethodSource("lastOfEachKind")
  void replay_that_leaves_out_one_event_is_found_out(Event event) throws JsonProcessingException {
    Expected expected = Expected.parse(Expected.json());

    assertThatThrownBy(
            () -> replayAndCompare(RECORDING.without(event), new ManualTimeSource(), expected))
        .isInstanceOf(AssertionError.class);
  }

  /**
   * Returns the path of each number and boolean of the final state, and of one client that met
   * every kind of fault.
   */
  static Stream<JsonPointer> everyExpectedValue() throws JsonProcessingException {
    JsonNode expected = new JsonMapper().readTree(Expected.json());
    return Stream.of("/final", "/clients/5")
        .map(JsonPointer::compile)
        .flatMap(path -> valuesBelow(path, expected.at(path)));
  }

  private static Stream<JsonPointer> valuesBelow(JsonPointer path, JsonNode node) {
    return node.isValueNode()
        ? Stream.of(path)
        : node.properties().stream()
            .flatMap(entry -> valuesBelow(path.appendProperty(entry.getKey()), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("everyExpectedValue")
  void replay_against_one_other_expected_value_is_found_out(JsonPointer path)
      throws JsonProcessingException {
    JsonNode json = new JsonMapper().readTree(Expected.json());
    JsonNode value = json.at(path);
    JsonNode other = value.isBoolean()
        ? BooleanNode.valueOf(!value.booleanValue())
        : LongNode.valueOf(2 * value.longValue() + 1);
    ((ObjectNode) json.at(path.head())).set(path.last().getMatchingProperty(), other);
    Expected expected = Expected.parse(json.toString());

    assertThatThrownBy(() -> replayAndCompare(RECORDING, new ManualTimeSource(), expected))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void expected_results_with_an_unknown_field_are_rejected() {
    String json = Expected.json().replaceFirst("\"stalled\"", "\"new_figure\": 1, \"stalled\"");

    assertThatThrownBy(() -> Expected.parse(json))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("new_figure");
  }

  @Test
  void expected_results_with_a_missing_field_are_rejected() {
    String json = Expected.json().replaceFirst("\"stalled\": *\\d+,", "");

    assertThatThrownBy(() -> Expected.parse(json))
        .isInstanceOf(MismatchedInputException.class)
        .hasMessageContaining("stalled");
  }

  private static void replayAndCompare(
      Recording recording, ManualTimeSource clock, Expected expected) {
    Replay replay = new Replay(clock);
    long nextTick = expected.tickUs();
    List<Expected.Tick> ticks = new ArrayList<>();
    for (Event event : recording.events()) {
      for (; nextTick <= event.atMicros(); nextTick += expected.tickUs()) {
        ticks.add(replay.tick(nextTick));
        compareTick(ticks, expected.ticks());
      }
      replay.apply(event);
    }
    assertThat(ticks).hasSameSizeAs(expected.ticks());

    assertThat(replay.tick(expected.end().nowUs()))
        .usingRecursiveComparison(Replay.tolerances())
        .isEqualTo(expected.end());
    assertThat(replay.clients())
        .usingRecursiveComparison(Replay.tolerances())
        .isEqualTo(expected.clients());
  }

  private static void compareTick(List<Expected.Tick> shown, List<Expected.Tick> expected) {
    int last = shown.size() - 1;
    assertThat(expected).hasSizeGreaterThan(last);
    assertThat(shown.get(last))
        .usingRecursiveComparison(Replay.tolerances())
        .isEqualTo(expected.get(last));
  }

  /** One replay in progress. */
  private static final class Replay {

    private final ManualTimeSource clock;
    private final StatsAggregator aggregator;
    private final StatsReader reader;
    private final Map<Integer, ClientRecorder> recorders = new HashMap<>();

    Replay(ManualTimeSource clock) {
      this.clock = clock;
      this.aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
      this.reader = aggregator.newReader();
    }

    void apply(Event event) {
      clock.setElapsed(micros(event.atMicros()));
      recorders
          .computeIfAbsent(event.client(), id -> new ClientRecorder(aggregator, id))
          .record(event);
    }

    Expected.Tick tick(long nowMicros) {
      clock.setElapsed(micros(nowMicros));
      return Expected.Tick.of(reader.aggregate());
    }

    List<Expected.Client> clients() {
      return aggregator.clientSummaries().stream().map(Expected.Client::of).toList();
    }

    static RecursiveComparisonConfiguration tolerances() {
      RecursiveComparisonConfiguration tolerances = new RecursiveComparisonConfiguration();
      tolerances.registerEqualsForType(Replay::nearlyEqual, Double.class);
      tolerances.registerEqualsForFields(
          Replay::withinOneNano, "averageDriftNs", "averageLagNs", "uptimeAvgNs", "wallMeanNs");
      tolerances.registerEqualsForFields(
          Replay::withinHalfABucket,
          "wallP25Ns",
          "wallP50Ns",
          "wallP75Ns",
          "wallP95Ns",
          "wallP99Ns");
      return tolerances;
    }

    private static boolean nearlyEqual(double a, double b) {
      return Math.abs(a - b) <= 1e-9;
    }

    private static boolean withinOneNano(Object a, Object b) {
      return Math.abs((Long) a - (Long) b) <= 1;
    }

    private static boolean withinHalfABucket(Object a, Object b) {
      long greater = Math.max((Long) a, (Long) b);
      return Math.abs((Long) a - (Long) b) <= 0.0055 * greater;
    }

    private static Duration micros(long micros) {
      return Duration.of(micros, ChronoUnit.MICROS);
    }
  }
}
