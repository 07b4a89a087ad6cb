package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.latency.LatencySnapshot.Centroid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges that the constructors of the records check. */
class RecordRangesTest {

  private static final Duration ONE = Duration.ofNanos(1);
  private static final Duration TWO = Duration.ofNanos(2);
  private static final Duration NEGATIVE = Duration.ofNanos(-1);
  private static final Lines LINES = new Lines(1, 0);

  static Stream<Arguments> everyImpossibleValue() {
    return Stream.of(
        rejected(
            "stalled must be at least 0: -1",
            () -> new Clients(1, 1, 1, -1, 0, 0, 1, 0, 0, 0, 0, 0)),
        rejected(
            "status code must be 400..599, or 0 for others: 42",
            () -> new Errors(new TreeMap<>(Map.of(42, 1L)), 0, 0)),
        rejected("rejectedUpdates must be at least 0: -1", () -> summary(1.0, 0, -1)),
        rejected("speed must be at least 0 and finite: -1.0", () -> summary(-1.0, 0, 0)),
        rejected("dropRate must be between 0 and 1: NaN", () -> summary(1.0, Double.NaN, 0)),
        rejected("segment must be at least 0: -1", () -> new Requests(0, -1, 0, 0)),
        rejected(
            "count of 404 must be above 0: 0",
            () -> new Errors(new TreeMap<>(Map.of(404, 0L)), 0, 0)),
        rejected("timeouts must be at least 0: -1", () -> new Errors(new TreeMap<>(), 0, -1)),
        rejected(
            "maxDrift must be at least 0: PT-0.000000001S",
            () -> new Playback(1, ONE, ONE, NEGATIVE)),
        rejected("dropped must be at most read, 0: 5", () -> new Lines(0, 5)),
        rejected("dropped must be at least 0: -1", () -> new Lines(0, -1)),
        rejected(
            "peakDropRate must be between 0 and 1: 1.5",
            () -> new Pipeline(LINES, LINES, 1.5, false)),
        rejected("min must be at least 0: PT-0.000000001S", () -> new Uptimes(NEGATIVE, ONE, ONE)),
        rejected("nanos must be at least 0 and finite: -1.0", () -> new Centroid(-1, 1)),
        rejected("count must be at least 1: 0", () -> new Centroid(1, 0)),
        rejected(
            "min must not be negative: PT-0.000000001S",
            () -> LatencySnapshot.of(NEGATIVE, ONE, ONE, List.of())),
        rejected(
            "max must be at most PT2562047H47M16.854775807S: PT2562047H47M17S",
            () -> LatencySnapshot.of(
                ONE, Duration.ofSeconds(9_223_372_037L), ONE, List.of(new Centroid(1, 1)))),
        rejected(
            "min must be at most mean: PT0.000000002S > PT0.000000001S",
            () -> LatencySnapshot.of(TWO, TWO, ONE, List.of(new Centroid(2, 1)))),
        rejected(
            "mean must be at most max: PT0.000000002S > PT0.000000001S",
            () -> LatencySnapshot.of(ONE, ONE, TWO, List.of(new Centroid(1, 1)))),
        rejected(
            "max must be zero where there are no centroids: PT0.000000001S",
            () -> LatencySnapshot.of(ONE, ONE, ONE, List.of())),
        rejected(
            "centroids must ascend from min: Centroid[nanos=1.0, count=1]",
            () ->
                LatencySnapshot.of(ONE, TWO, ONE, List.of(new Centroid(2, 1), new Centroid(1, 1)))),
        rejected(
            "centroids must not be above max: Centroid[nanos=3.0, count=1]",
            () -> LatencySnapshot.of(ONE, TWO, ONE, List.of(new Centroid(3, 1)))),
        rejected(
            "mean must be below 2^95 / count nanoseconds: PT2562047H47M16.854775807S",
            () -> LatencySnapshot.of(
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                List.of(new Centroid(0x1p63, Long.MAX_VALUE)))));
  }

  private static ClientSummary summary(double speed, double dropRate, long rejectedUpdates) {
    return new ClientSummary(
        1,
        ONE,
        0,
        new Requests(0, 0, 0, 0),
        new Errors(new TreeMap<>(), 0, 0),
        speed,
        false,
        ONE,
        ONE,
        false,
        dropRate,
        0,
        0,
        rejectedUpdates);
  }

  private static Arguments rejected(String message, Runnable construction) {
    return argumentSet(message, message, construction);
  }

  @ParameterizedTest
  @MethodSource("everyImpossibleValue")
  void impossibleValue_isRejectedWithRuleAndValue(String message, Runnable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction::run).withMessage(message);
  }
}
