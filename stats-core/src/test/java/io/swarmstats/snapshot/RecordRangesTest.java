package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ranges that the constructors of the records check. */
class RecordRangesTest {

  private static final Duration ONE = Duration.ofNanos(1);
  private static final Duration NEGATIVE = Duration.ofNanos(-1);
  private static final Lines LINES = new Lines(1, 0);

  static Stream<Arguments> everyImpossibleValue() {
    return Stream.of(
        rejected(
            "stalled must be at least 0: -1",
            () -> new Clients(1, 1, 1, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0)),
        rejected(
            "silent must be at least 0: -1",
            () -> new Clients(1, 1, 1, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0)),
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
            () -> new Playback(1, ONE, ONE, NEGATIVE, 0, ONE)),
        rejected(
            "averageSpeed must be at least 0 and finite: Infinity",
            () -> new Playback(Double.POSITIVE_INFINITY, ONE, ONE, ONE, 0, ONE)),
        rejected("stalls must be at least 0: -1", () -> new Playback(1, ONE, ONE, ONE, -1, ONE)),
        rejected(
            "stalledTime must be at least 0: PT-0.000000001S",
            () -> new Playback(1, ONE, ONE, ONE, 0, NEGATIVE)),
        rejected("dropped must be at least 0: -1", () -> new Lines(0, -1)),
        rejected(
            "value must be at least 0 and finite: -1.0",
            () -> new Figure.Counter("swarm", "s", "Help", Map.of(), -1)),
        rejected(
            "peakDropRate must be between 0 and 1: 1.5",
            () -> new Pipeline(LINES, LINES, 1.5, false)),
        rejected("min must be at least 0: PT-0.000000001S", () -> new Uptimes(NEGATIVE, ONE, ONE)),
        rejected(
            "progress must have at most as many dropped lines as read lines: Lines[read=0,"
                + " dropped=5]",
            () -> new Pipeline(new Lines(0, 5), LINES, 0, false)),
        rejected(
            "stderr must have at most as many dropped lines as read lines: Lines[read=0,"
                + " dropped=5]",
            () -> new Pipeline(LINES, new Lines(0, 5), 0, false)),
        rejected("length must be at least 0: PT-0.000000001S", () -> interval(NEGATIVE, 0, 0)),
        rejected("totalBytes must be at least 0: -1", () -> interval(ONE, -1, 0)),
        rejected("rejectedUpdates must be at least 0: -1", () -> interval(ONE, 0, -1)),
        rejected("downloadedBytes must be at least 0: -1", () -> intervalOfPlayback(-1, 0, 0, ONE)),
        rejected("processStarts must be at least 0: -1", () -> intervalOfPlayback(0, -1, 0, ONE)),
        rejected("stalls must be at least 0: -1", () -> intervalOfPlayback(0, 0, -1, ONE)),
        rejected(
            "stalledTime must be at least 0: PT-0.000000001S",
            () -> intervalOfPlayback(0, 0, 0, NEGATIVE)),
        rejected("downloadedBytes must be at least 0: -1", () -> played(-1, 0, 0, ONE)),
        rejected("processStarts must be at least 0: -1", () -> played(0, -1, 0, ONE)),
        rejected("stalls must be at least 0: -1", () -> played(0, 0, -1, ONE)),
        rejected(
            "stalledTime must be at least 0: PT-0.000000001S", () -> played(0, 0, 0, NEGATIVE)));
  }

  private static Interval interval(Duration length, long totalBytes, long rejectedUpdates) {
    return interval(length, totalBytes, 0, 0, 0, ONE, rejectedUpdates);
  }

  private static Interval intervalOfPlayback(
      long downloadedBytes, long processStarts, long stalls, Duration stalledTime) {
    return interval(ONE, 0, downloadedBytes, processStarts, stalls, stalledTime, 0);
  }

  private static Interval interval(
      Duration length,
      long totalBytes,
      long downloadedBytes,
      long processStarts,
      long stalls,
      Duration stalledTime,
      long rejectedUpdates) {
    return new Interval(
        Instant.EPOCH,
        Instant.EPOCH,
        length,
        new Requests(0, 0, 0, 0),
        totalBytes,
        downloadedBytes,
        new Errors(new TreeMap<>(), 0, 0),
        LINES,
        LINES,
        processStarts,
        stalls,
        stalledTime,
        LatencySnapshot.EMPTY,
        rejectedUpdates);
  }

  private static ClientSummary played(
      long downloadedBytes, long processStarts, long stalls, Duration stalledTime) {
    return summary(downloadedBytes, processStarts, 1.0, stalls, stalledTime, 0, 0);
  }

  private static ClientSummary summary(double speed, double dropRate, long rejectedUpdates) {
    return summary(0, 0, speed, 0, ONE, dropRate, rejectedUpdates);
  }

  private static ClientSummary summary(
      long downloadedBytes,
      long processStarts,
      double speed,
      long stalls,
      Duration stalledTime,
      double dropRate,
      long rejectedUpdates) {
    return new ClientSummary(
        1,
        ONE,
        0,
        processStarts,
        downloadedBytes,
        new Requests(0, 0, 0, 0),
        new Errors(new TreeMap<>(), 0, 0),
        speed,
        false,
        false,
        stalls,
        stalledTime,
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
