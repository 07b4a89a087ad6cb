package io.swarmstats;

import static io.swarmstats.Rejections.assertIgnored;
import static io.swarmstats.Rejections.assertRejected;
import static io.swarmstats.Rejections.busyClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientStatsTest {

  private static final long SECOND = 1_000_000; // in the unit of out_time, microseconds

  private final ManualTimeSource clock = new ManualTimeSource();
  private final ClientStats client = client(clock);

  private static ClientStats client(TimeSource time) {
    return new ClientStats(7, StatsConfig.defaults().withTimeSource(time));
  }

  private static ClientStats closed(ClientStats client) {
    StatsAggregator aggregator = new StatsAggregator();
    aggregator.addClient(client);
    aggregator.removeClient(client.clientId());
    return client;
  }

  @Nested
  class Life {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void clientId_anyNumber_isTheGivenId(int id) {
      assertThat(new ClientStats(id).clientId()).isEqualTo(id);
    }

    @Test
    void startTime_isTheInstantOfConstruction() {
      clock.advance(Duration.ofSeconds(3));
      ClientStats late = client(clock);
      clock.advance(Duration.ofSeconds(4));

      assertThat(late.startTime()).isEqualTo(Instant.parse("2026-01-01T00:00:03Z"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1970-01-01T00:00:00Z",
          "1969-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z"
        })
    void startTime_anyInstant_isExact(Instant instant) {
      assertThat(client(new ManualTimeSource(instant, 0)).startTime()).isEqualTo(instant);
    }

    @ForAnyClockOrigin
    void uptime_isTheTimeSinceConstruction(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      assertThat(subject.uptime()).isZero();

      time.advance(Duration.ofSeconds(3).plusNanos(1));

      assertThat(subject.uptime()).isEqualTo(Duration.ofSeconds(3).plusNanos(1));
      assertThat(subject.summary().uptime()).isEqualTo(Duration.ofSeconds(3).plusNanos(1));
    }

    @Test
    void uptime_clockWentBack_isZero() {
      clock.setElapsed(Duration.ofSeconds(-1));

      assertThat(client.uptime()).isZero();
    }

    @Test
    void processStarts_isTheNumberOfRestarts() {
      assertThat(client.processStarts()).as("the first run").isZero();
      client.onProcessStart();
      client.onProcessStart();

      assertThat(client.processStarts()).isEqualTo(2);
      assertThat(client.summary().processStarts()).isEqualTo(2);
    }

    @Test
    void uptime_restarted_goesOn() {
      clock.advance(Duration.ofSeconds(3));
      client.onProcessStart();

      assertThat(client.uptime()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @SuppressWarnings("NullAway") // a caller without null checking
    void constructor_nullConfig_throws() {
      assertThatNullPointerException()
          .isThrownBy(() -> new ClientStats(1, null))
          .withMessageContaining("config");
    }

    @Test
    void constructor_withoutConfig_usesTheDefaults() {
      ClientStats subject = new ClientStats(1);
      subject.updateSpeed(0.5);

      assertThat(subject.isStalled()).isFalse(); // not slow for 5 s yet
      assertThat(subject.startTime()).isBeforeOrEqualTo(Instant.now());
      assertThat(subject.uptime()).isBetween(Duration.ZERO, Duration.ofDays(1));
    }

    @Test
    void freshClient_showsZerosAndNoNaN() {
      assertThat(client.summary())
          .isEqualTo(new ClientSummary(
              7,
              Duration.ZERO,
              0,
              0,
              0,
              new Requests(0, 0, 0, 0),
              new Errors(Collections.emptySortedMap(), 0, 0),
              0.0,
              false,
              false,
              0,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              false,
              0.0,
              0.0,
              0,
              0));
      assertThat(client.isClosed()).isFalse();
    }

    @Test
    void summary_busyClient_agreesWithTheSingleFigures() {
      ClientStats busy = busyClient(clock);
      busy.updateCurrentBytes(-1);

      assertThat(busy.summary())
          .isEqualTo(new ClientSummary(
              7,
              Duration.ofSeconds(16),
              5000,
              0,
              1000,
              new Requests(1, 1, 1, 1),
              new Errors(busy.httpErrors(), 1, 1),
              0.5,
              true,
              busy.isSilent(),
              busy.stalls(),
              busy.stalledTime(),
              Duration.ofSeconds(8),
              Duration.ofSeconds(8),
              true,
              15.0 / 150,
              15.0 / 150,
              1000,
              1));
    }

    @Test
    void summary_laterUpdates_doNotChangeIt() {
      ClientSummary early = client.summary();
      client.recordHttpError(404);
      client.updateCurrentBytes(10);

      assertThat(early.totalBytes()).isZero();
      assertThat(early.errors().http()).isEmpty();
    }

    @Test
    void toString_namesTheClient() {
      assertThat(client.toString()).startsWith("ClientStats[clientId=7,");
    }
  }

  @Nested
  class Counters {

    record Counter(String name, Consumer<ClientStats> record, ToLongFunction<ClientStats> read) {
      @Override
      public String toString() {
        return name;
      }
    }

    static List<Counter> counters() {
      return List.of(
          new Counter(
              "manifest", ClientStats::incrementManifestRequests, ClientStats::manifestRequests),
          new Counter(
              "segment", ClientStats::incrementSegmentRequests, ClientStats::segmentRequests),
          new Counter("init", ClientStats::incrementInitRequests, ClientStats::initRequests),
          new Counter(
              "unknown", ClientStats::incrementUnknownRequests, ClientStats::unknownRequests),
          new Counter("reconnections", ClientStats::recordReconnection, ClientStats::reconnections),
          new Counter("timeouts", ClientStats::recordTimeout, ClientStats::timeouts));
    }

    @ParameterizedTest
    @MethodSource("counters")
    void counter_fiveTimes_countsFiveAndNoOtherCounterMoves(Counter counter) {
      for (int i = 0; i < 5; i++) {
        counter.record().accept(client);
      }

      assertThat(counters())
          .allSatisfy(each -> assertThat(each.read().applyAsLong(client))
              .as(each.name())
              .isEqualTo(each.name().equals(counter.name()) ? 5 : 0));
      assertThat(client.rejectedUpdates()).isZero();
    }

    @ParameterizedTest
    @MethodSource("counters")
    void counter_restarted_keepsItsCount(Counter counter) {
      counter.record().accept(client);
      client.onProcessStart();
      counter.record().accept(client);

      assertThat(counter.read().applyAsLong(client)).isEqualTo(2);
    }
  }

  @Nested
  class HttpErrors {

    static IntStream codesWithACounter() {
      return IntStream.rangeClosed(400, 599);
    }

    @ParameterizedTest
    @MethodSource("codesWithACounter")
    void recordHttpError_400to599_countsUnderItsOwnCode(int code) {
      client.recordHttpError(code);

      assertThat(client.httpErrors()).isEqualTo(Map.of(code, 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600, 0, -1, 1, 200, -404, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void recordHttpError_anyOtherNumber_countsAsOther(int code) {
      client.recordHttpError(code);

      assertThat(client.httpErrors()).isEqualTo(Map.of(Errors.OTHER, 1L));
      assertThat(client.rejectedUpdates()).isZero();
    }

    @Test
    void recordHttpError_everyCodeADifferentNumberOfTimes_eachHasItsOwnCount() {
      codesWithACounter().forEach(code -> {
        for (int i = 399; i < code; i++) {
          client.recordHttpError(code);
        }
      });

      SortedMap<Integer, Long> errors = client.httpErrors();
      assertThat(errors).hasSize(200);
      codesWithACounter()
          .forEach(code -> assertThat(errors.get(code)).as("%d", code).isEqualTo(code - 399L));
    }

    @Test
    void httpErrors_fresh_isEmpty() {
      assertThat(client.httpErrors()).isEmpty();
    }

    @Test
    void httpErrors_recordedInAnyOrder_isAscendingWithOtherFirst() {
      IntStream.of(599, 404, 700, 400, 503, 404).forEach(client::recordHttpError);

      assertThat(client.httpErrors().keySet()).containsExactly(0, 400, 404, 503, 599);
      assertThat(client.httpErrors().values()).containsExactly(1L, 1L, 2L, 1L, 1L);
    }

    @Test
    void httpErrors_cannotBeModified() {
      assertThatThrownBy(() -> client.httpErrors().put(404, 1L))
          .isInstanceOf(UnsupportedOperationException.class);
      client.recordHttpError(404);
      assertThatThrownBy(() -> client.httpErrors().remove(404))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void httpErrors_laterErrors_doNotChangeAMapTakenBefore() {
      client.recordHttpError(404);
      SortedMap<Integer, Long> early = client.httpErrors();
      client.recordHttpError(404);

      assertThat(early).isEqualTo(Map.of(404, 1L));
    }

    @Test
    void httpErrors_restarted_areKept() {
      client.recordHttpError(404);
      client.onProcessStart();
      client.recordHttpError(404);

      assertThat(client.httpErrors()).isEqualTo(Map.of(404, 2L));
    }
  }

  @Nested
  class Bytes {

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "10, 20, 20", "20, 10, 20", "20, 20, 20", "20, 0, 20"})
    void updateCurrentBytes_twice_keepsTheHigher(long first, long second, long expected) {
      client.updateCurrentBytes(first);
      client.updateCurrentBytes(second);

      assertThat(client.totalBytes()).isEqualTo(expected);
      assertThat(client.rejectedUpdates()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1000, Long.MIN_VALUE, Long.MIN_VALUE + 1})
    void updateCurrentBytes_negative_isRejected(long totalSize) {
      assertRejected(busyClient(clock), busy -> busy.updateCurrentBytes(totalSize));
    }

    @Test
    void updateCurrentBytes_greatestLong_isAccepted() {
      client.updateCurrentBytes(Long.MAX_VALUE);

      assertThat(client.totalBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void totalBytes_restarted_keepsTheBytesOfTheEndedRun() {
      client.updateCurrentBytes(1000);
      client.onProcessStart();

      assertThat(client.totalBytes()).isEqualTo(1000);
    }

    @Test
    void totalBytes_newRunBeginsLower_addsItsBytes() {
      client.updateCurrentBytes(1000);
      client.onProcessStart();
      client.updateCurrentBytes(50);

      assertThat(client.totalBytes()).isEqualTo(1050);
    }

    @Test
    void totalBytes_restartedTwiceInARow_countsTheRunOnce() {
      client.updateCurrentBytes(1000);
      client.onProcessStart();
      client.onProcessStart();

      assertThat(client.totalBytes()).isEqualTo(1000);
    }

    @Test
    void totalBytes_chainOfRestarts_isTheSumOfTheRuns() {
      for (int run = 1; run <= 1000; run++) {
        client.updateCurrentBytes(run);
        client.onProcessStart();
      }

      assertThat(client.totalBytes()).isEqualTo(500_500);
    }

    @Test
    void totalBytes_sumAboveGreatestLong_saturates() {
      client.updateCurrentBytes(Long.MAX_VALUE - 1);
      client.onProcessStart();
      client.updateCurrentBytes(5);
      assertThat(client.totalBytes()).isEqualTo(Long.MAX_VALUE);

      client.onProcessStart();
      client.updateCurrentBytes(Long.MAX_VALUE);
      assertThat(client.totalBytes()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Nested
  class Drift {

    @ForAnyClockOrigin
    void updateDrift_behindRealTime_isTheElapsedTimeOfTheRunLessOutTime(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      time.advance(Duration.ofSeconds(3));
      subject.updateDrift(2 * SECOND);

      assertThat(subject.currentDrift()).isEqualTo(Duration.ofSeconds(1));
      assertThat(subject.maxDrift()).isEqualTo(Duration.ofSeconds(1));
    }

    @ForAnyClockOrigin
    void updateDrift_aheadOfRealTime_isNegativeAndTheMaximumStaysZero(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      time.advance(Duration.ofSeconds(3));
      subject.updateDrift(5 * SECOND);

      assertThat(subject.currentDrift()).isEqualTo(Duration.ofSeconds(-2));
      assertThat(subject.maxDrift()).isZero();
    }

    @ForAnyClockOrigin
    void updateDrift_newRun_startsTheDriftClockAnew(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      time.advance(Duration.ofSeconds(100));
      subject.onProcessStart();
      time.advance(Duration.ofSeconds(3));
      subject.updateDrift(1 * SECOND);

      assertThat(subject.currentDrift()).isEqualTo(Duration.ofSeconds(2));
      assertThat(subject.maxDrift()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void currentDrift_later_keepsTheValueOfTheSample() {
      clock.advance(Duration.ofSeconds(3));
      client.updateDrift(2 * SECOND);
      clock.advance(Duration.ofSeconds(50));

      assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -5_000_000, Long.MIN_VALUE})
    void updateDrift_notAvailable_changesNothingAndIsNotRejected(long outTimeMicros) {
      assertIgnored(busyClient(clock), busy -> busy.updateDrift(outTimeMicros));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void updateDrift_notAvailableInAFreshRun_makesNoSample(long outTimeMicros) {
      clock.advance(Duration.ofSeconds(30));
      client.updateDrift(outTimeMicros);

      assertThat(client.currentDrift()).isZero();
      assertThat(client.maxDrift()).isZero();
      assertThat(client.hasHighDrift()).isFalse();
    }

    @Test
    void maxDrift_driftFallsAgain_keepsTheGreatest() {
      clock.advance(Duration.ofSeconds(10));
      client.updateDrift(4 * SECOND);
      client.updateDrift(1 * SECOND);
      client.updateDrift(9 * SECOND);

      assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(1));
      assertThat(client.maxDrift()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void onProcessStart_clearsTheDriftSampleAndKeepsTheMaximum() {
      clock.advance(Duration.ofSeconds(10));
      client.updateDrift(1 * SECOND);
      assertThat(client.hasHighDrift()).isTrue();
      client.onProcessStart();

      assertThat(client.currentDrift()).isZero();
      assertThat(client.hasHighDrift()).isFalse();
      assertThat(client.maxDrift()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void hasHighDrift_exactlyAtTheThreshold_isFalse() {
      clock.advance(Duration.ofSeconds(6));
      client.updateDrift(1 * SECOND);

      assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(5));
      assertThat(client.hasHighDrift()).isFalse();
      assertThat(client.summary().highDrift()).isFalse();
    }

    @Test
    void hasHighDrift_oneNanosecondAboveTheThreshold_isTrue() {
      clock.advance(Duration.ofSeconds(6).plusNanos(1));
      client.updateDrift(1 * SECOND);

      assertThat(client.hasHighDrift()).isTrue();
      assertThat(client.summary().highDrift()).isTrue();
    }

    @Test
    void hasHighDrift_thresholdZero_needsADriftAboveZero() {
      ClientStats subject = withThreshold(Duration.ZERO);
      clock.advance(Duration.ofSeconds(1));
      subject.updateDrift(1 * SECOND);
      assertThat(subject.hasHighDrift()).isFalse();

      subject.updateDrift(1 * SECOND - 1);
      assertThat(subject.hasHighDrift()).isTrue();
    }

    @Test
    void hasHighDrift_thresholdBeyondTheRangeOfNanoseconds_isNeverTrue() {
      ClientStats subject = withThreshold(Duration.ofSeconds(Long.MAX_VALUE));
      clock.advance(Duration.ofNanos(Long.MAX_VALUE));
      subject.updateDrift(1);

      assertThat(subject.maxDrift()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE - 1000));
      assertThat(subject.hasHighDrift()).isFalse();
    }

    @ForAnyClockOrigin
    void updateDrift_greatestOutTime_saturatesInsteadOfWrapping(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      subject.updateDrift(Long.MAX_VALUE);
      assertThat(subject.currentDrift()).isEqualTo(Duration.ofNanos(-Long.MAX_VALUE));

      time.advance(Duration.ofSeconds(2));
      subject.updateDrift(Long.MAX_VALUE);
      assertThat(subject.currentDrift())
          .isEqualTo(Duration.ofSeconds(2).minusNanos(Long.MAX_VALUE));
      assertThat(subject.maxDrift()).isZero();
      assertThat(subject.rejectedUpdates()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "9223372036854774, -9223372036854774000",
      "9223372036854775, -9223372036854775000",
      "9223372036854776, -9223372036854775807",
      "9223372036854777, -9223372036854775807",
      "18446744073709552, -9223372036854775807",
      "9223372036854775807, -9223372036854775807"
    })
    void updateDrift_outTimeAroundTheRangeOfNanoseconds_isExactUpToItAndSaturatesAbove(
        long outTimeMicros, long expectedNanos) {
      client.updateDrift(outTimeMicros);

      assertThat(client.currentDrift()).isEqualTo(Duration.ofNanos(expectedNanos));
    }

    @Test
    void updateDrift_clockWentBack_countsAsNoTimePassed() {
      clock.setElapsed(Duration.ofSeconds(-10));
      client.updateDrift(1 * SECOND);

      assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(-1));
    }

    private ClientStats withThreshold(Duration threshold) {
      return new ClientStats(
          1, StatsConfig.defaults().withTimeSource(clock).withHighDriftThreshold(threshold));
    }
  }

  @Nested
  class Speed {

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 0.5, 0.9, 1.0, 123.456, Double.MAX_VALUE})
    void updateSpeed_finiteAboveZero_isASample(double speed) {
      client.updateSpeed(speed);

      assertThat(client.speed()).isEqualTo(speed);
      assertThat(client.summary().speed()).isEqualTo(speed);
    }

    @ParameterizedTest
    @ValueSource(
        doubles = {
          0.0,
          -0.0,
          -1.0,
          -Double.MIN_VALUE,
          -Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY
        })
    void updateSpeed_anyOtherNumber_meansUnknownAndIsNotRejected(double speed) {
      client.updateSpeed(1.5);
      client.updateSpeed(speed);

      assertThat(Double.doubleToRawLongBits(client.speed())).isZero(); // 0.0, not -0.0
      assertThat(client.rejectedUpdates()).isZero();
    }

    @Test
    void speed_newRun_isUnknown() {
      client.updateSpeed(1.5);
      client.onProcessStart();

      assertThat(client.speed()).isEqualTo(0.0);
    }
  }

  @Nested
  class Stall {

    @ForAnyClockOrigin
    void isStalled_firstSampleBelow_startsTheClock(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      subject.updateSpeed(0.5);

      time.advance(Duration.ofSeconds(5));
      assertThat(subject.isStalled()).as("exactly the stall duration").isFalse();
      assertThat(subject.summary().stalled()).isFalse();
      time.advance(Duration.ofNanos(1));
      assertThat(subject.isStalled()).as("strictly longer").isTrue();
      assertThat(subject.summary().stalled()).isTrue();
    }

    @ForAnyClockOrigin
    void isStalled_becomesSlowLater_countsFromThen(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      time.advance(Duration.ofSeconds(60));
      subject.updateSpeed(1.0);
      time.advance(Duration.ofSeconds(60));
      subject.updateSpeed(0.5);

      time.advance(Duration.ofSeconds(5));
      assertThat(subject.isStalled()).isFalse();
      time.advance(Duration.ofNanos(1));
      assertThat(subject.isStalled()).isTrue();
    }

    @ForAnyClockOrigin
    void isStalled_furtherSamplesBelow_doNotRestartTheClock(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      for (int second = 0; second < 6; second++) {
        subject.updateSpeed(0.1 + 0.1 * second);
        time.advance(Duration.ofSeconds(1));
      }

      assertThat(subject.isStalled()).isTrue();
    }

    @Test
    void isStalled_firstSampleBelowOvertakenByAnother_countsFromTheOther() {
      // CallbackClock runs an action after the reading is taken; here the action comes before
      AtomicReference<Runnable> beforeReading = new AtomicReference<>(() -> {});
      ClientStats subject = client(new TimeSource() {
        @Override
        public long nanoTime() {
          beforeReading.getAndSet(() -> {}).run();
          return clock.nanoTime();
        }

        @Override
        public Instant instant() {
          return clock.instant();
        }
      });
      beforeReading.set(() -> {
        subject.updateSpeed(0.5);
        clock.advance(Duration.ofSeconds(3));
      });
      subject.updateSpeed(0.5);
      clock.advance(Duration.ofSeconds(3));

      assertThat(subject.isStalled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        doubles = {0.9, 1.0, Double.MAX_VALUE, 0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY})
    void isStalled_sampleThatIsNotBelow_clearsTheClock(double speed) {
      client.updateSpeed(0.5);
      clock.advance(Duration.ofSeconds(6));
      assertThat(client.isStalled()).isTrue();

      client.updateSpeed(speed);
      assertThat(client.isStalled()).isFalse();
      client.updateSpeed(0.5);
      assertThat(client.isStalled()).as("the clock starts anew").isFalse();
      clock.advance(Duration.ofSeconds(5));
      assertThat(client.isStalled()).isFalse();
      clock.advance(Duration.ofNanos(1));
      assertThat(client.isStalled()).isTrue();
    }

    @ForAnyClockOrigin
    void isStalled_newRun_clearsTheClock(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      ClientStats subject = client(time);
      subject.updateSpeed(0.5);
      time.advance(Duration.ofSeconds(6));
      subject.onProcessStart();
      assertThat(subject.isStalled()).isFalse();

      subject.updateSpeed(0.5);
      time.advance(Duration.ofSeconds(5));
      assertThat(subject.isStalled()).isFalse();
      time.advance(Duration.ofNanos(1));
      assertThat(subject.isStalled()).isTrue();
    }

    @Test
    void isStalled_noSample_isFalse() {
      clock.advance(Duration.ofDays(1));

      assertThat(client.isStalled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.4999, true", "1.5, 1.5, false", "0.25, 0.2499, true", "0.25, 0.25, false"})
    void isStalled_ownThreshold_isBelowOnlyStrictlyUnderIt(
        double threshold, double speed, boolean expected) {
      ClientStats subject = new ClientStats(
          1, StatsConfig.defaults().withTimeSource(clock).withStallThreshold(threshold));
      subject.updateSpeed(speed);
      clock.advance(Duration.ofSeconds(6));

      assertThat(subject.isStalled()).isEqualTo(expected);
    }

    @Test
    void isStalled_stallDurationZero_needsSomeTimeToPass() {
      ClientStats subject = withDuration(Duration.ZERO);
      subject.updateSpeed(0.5);
      assertThat(subject.isStalled()).isFalse();

      clock.advance(Duration.ofNanos(1));
      assertThat(subject.isStalled()).isTrue();
    }

    @Test
    void isStalled_stallDurationBeyondTheRangeOfNanoseconds_isNeverTrue() {
      ClientStats subject = withDuration(Duration.ofSeconds(Long.MAX_VALUE));
      subject.updateSpeed(0.5);
      clock.advance(Duration.ofNanos(Long.MAX_VALUE));

      assertThat(subject.isStalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 1.0, 2.5, 0.0, Double.NaN})
    void updateSpeed_notBelow_readsNoClock(double speed) {
      CountingTimeSource counting = new CountingTimeSource(clock);
      ClientStats subject = client(counting);
      long before = counting.nanoTimeReads();
      subject.updateSpeed(speed);
      subject.updateSpeed(speed);

      assertThat(counting.nanoTimeReads()).isEqualTo(before);
    }

    @Test
    void updateSpeed_backAboveTheThreshold_readsTheClockOnce() { // to count a stall
      CountingTimeSource counting = new CountingTimeSource(clock);
      ClientStats subject = client(counting);
      subject.updateSpeed(0.5);
      long before = counting.nanoTimeReads();
      subject.updateSpeed(1.0);

      assertThat(counting.nanoTimeReads()).isEqualTo(before + 1);
    }

    private ClientStats withDuration(Duration duration) {
      return new ClientStats(
          1, StatsConfig.defaults().withTimeSource(clock).withStallDuration(duration));
    }
  }

  @Nested
  class DroppedLines {

    @Test
    void recordDroppedLines_rateIsAllDroppedOverAllRead() {
      client.recordDroppedLines(100, 10, 300, 30);

      assertThat(client.currentDropRate()).isEqualTo(0.1);
      assertThat(client.peakDropRate()).isEqualTo(0.1);
    }

    @Test
    void dropRates_nothingRead_areZero() {
      client.recordDroppedLines(0, 0, 0, 0);

      assertThat(client.currentDropRate()).isEqualTo(0.0);
      assertThat(client.peakDropRate()).isEqualTo(0.0);
      assertThat(client.rejectedUpdates()).isZero();
    }

    @Test
    void recordDroppedLines_eachNumberOnlyRises() {
      client.recordDroppedLines(100, 1, 10, 0);
      client.recordDroppedLines(50, 2, 20, 0);
      client.recordDroppedLines(60, 0, 5, 5);

      // progress 100 read, 2 dropped; stderr 20 read, 5 dropped
      assertThat(client.currentDropRate()).isEqualTo(7.0 / 120);
      assertThat(client.rejectedUpdates()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "-1, 0, 0, 0",
      "0, -1, 0, 0",
      "0, 0, -1, 0",
      "0, 0, 0, -1",
      "-1, -1, 0, 0",
      "-5, -6, 0, 0",
      "1000, 1001, 0, 0",
      "0, 0, 1000, 1001",
      "1000, 0, 0, 1",
      "0, 1, 1000, 0",
      "1000, 1001, 1000, 0",
      "-9223372036854775808, 0, 0, 0",
      "1000, -9223372036854775808, 1000, 0",
      "0, 0, -9223372036854775808, -9223372036854775808",
      "0, 9223372036854775807, 1000, 0",
      "9223372036854775806, 9223372036854775807, 0, 0"
    })
    void recordDroppedLines_negativeOrMoreDroppedThanRead_isRejectedWhole(
        long progressRead, long progressDropped, long stderrRead, long stderrDropped) {
      assertRejected(
          busyClient(clock),
          busy ->
              busy.recordDroppedLines(progressRead, progressDropped, stderrRead, stderrDropped));
    }

    @Test
    void recordDroppedLines_greatestLongs_keepTheRateWithinOne() {
      client.recordDroppedLines(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
      assertThat(client.currentDropRate()).isEqualTo(1.0);
      assertThat(client.peakDropRate()).isEqualTo(1.0);

      client.onProcessStart();
      client.recordDroppedLines(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
      assertThat(client.currentDropRate()).isEqualTo(1.0);
      assertThat(client.rejectedUpdates()).isZero();
    }

    @Test
    void recordDroppedLines_readOfBothStreamsBeyondTheRangeOfLong_doesNotOverflow() {
      client.recordDroppedLines(Long.MAX_VALUE, 0, Long.MAX_VALUE, 0);

      assertThat(client.currentDropRate()).isEqualTo(0.0);
      assertThat(client.peakDropRate()).isEqualTo(0.0);
    }

    @Test
    void recordDroppedLines_halfOfGreatestLongsDropped_peakIsAHalf() {
      client.recordDroppedLines(Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MAX_VALUE);

      assertThat(client.peakDropRate()).isEqualTo(0.5);
    }

    @Test
    void peakDropRate_laterReportsAreBetter_staysTheHighestOfASingleReport() {
      client.recordDroppedLines(10, 5, 0, 0);
      client.recordDroppedLines(1000, 6, 0, 0);

      assertThat(client.peakDropRate()).isEqualTo(0.5);
      assertThat(client.currentDropRate()).isEqualTo(0.006);
    }

    @Test
    void peakDropRate_restarted_isKept() {
      client.recordDroppedLines(10, 5, 0, 0);
      client.onProcessStart();
      client.recordDroppedLines(100, 0, 0, 0);

      assertThat(client.peakDropRate()).isEqualTo(0.5);
    }

    @Test
    void currentDropRate_restarted_isOverTheLifeOfTheClient() {
      client.recordDroppedLines(100, 10, 0, 0);
      client.onProcessStart();
      assertThat(client.currentDropRate()).isEqualTo(0.1);

      client.recordDroppedLines(0, 0, 300, 50);
      assertThat(client.currentDropRate()).isEqualTo(60.0 / 400);
      client.onProcessStart();
      assertThat(client.currentDropRate()).isEqualTo(60.0 / 400);
    }

    @ParameterizedTest
    @CsvSource({"0.25, false", "0.2499, true", "0, true", "1, false", "Infinity, false"})
    void metricsDegraded_isStrictlyAboveTheThreshold(double threshold, boolean expected) {
      client.recordDroppedLines(100, 25, 0, 0);

      assertThat(client.metricsDegraded(threshold)).isEqualTo(expected);
    }

    @Test
    void metricsDegraded_thresholdZeroAndNothingDropped_isFalse() {
      assertThat(client.metricsDegraded(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, Double.NaN, Double.NEGATIVE_INFINITY})
    void metricsDegraded_thresholdBreaksItsRule_throwsWithTheValue(double threshold) {
      assertThatThrownBy(() -> client.metricsDegraded(threshold))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("threshold must be >= 0: " + threshold);
    }
  }

  @Nested
  class SegmentSizes {

    @Test
    void averageSegmentSize_noSample_isZero() {
      assertThat(client.averageSegmentSize()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
      "1, 1, 1",
      "1, 2, 1",
      "2, 3, 2",
      "10, 21, 15",
      "1, 9223372036854775807, 4611686018427387904"
    })
    void averageSegmentSize_twoSamples_isExactAndTruncated(long first, long second, long expected) {
      client.recordSegmentSize(first);
      client.recordSegmentSize(second);

      assertThat(client.averageSegmentSize()).isEqualTo(expected);
      assertThat(client.summary().averageSegmentSize()).isEqualTo(expected);
    }

    @Test
    void averageSegmentSize_hundredSamples_isOverAllOfThem() {
      for (int size = 1; size <= 100; size++) {
        client.recordSegmentSize(size);
      }

      assertThat(client.averageSegmentSize()).isEqualTo(50); // 5050 / 100
    }

    @ParameterizedTest
    @CsvSource({"101, 5150", "102, 5250", "199, 14950", "200, 15050", "201, 15150", "250, 20050"})
    void averageSegmentSize_moreThanAHundredSamples_isOverTheLastHundred(int samples, long sum) {
      for (int size = 1; size <= samples; size++) {
        client.recordSegmentSize(100L * size);
      }

      assertThat(client.averageSegmentSize()).isEqualTo(sum);
    }

    @Test
    void averageSegmentSize_hundredGreatestLongs_doesNotOverflow() {
      for (int i = 0; i < ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
        client.recordSegmentSize(Long.MAX_VALUE);
      }
      assertThat(client.averageSegmentSize()).isEqualTo(Long.MAX_VALUE);

      client.recordSegmentSize(Long.MAX_VALUE - 1);
      assertThat(client.averageSegmentSize()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void recordSegmentSize_notAboveZero_isRejected(long bytes) {
      assertRejected(busyClient(clock), busy -> busy.recordSegmentSize(bytes));
      assertRejected(client, fresh -> fresh.recordSegmentSize(bytes));
    }

    @Test
    void segmentSizes_restarted_areKept() {
      client.recordSegmentSize(10);
      client.onProcessStart();
      client.recordSegmentSize(20);

      assertThat(client.averageSegmentSize()).isEqualTo(15);
      assertThat(client.downloadedBytes()).isEqualTo(30);
    }

    @Test
    void downloadedBytes_noSample_isZero() {
      assertThat(client.downloadedBytes()).isZero();
      assertThat(client.summary().downloadedBytes()).isZero();
    }

    @Test
    void downloadedBytes_moreThanAHundredSamples_isTheSumOfAll() {
      for (int size = 1; size <= 250; size++) {
        client.recordSegmentSize(size);
      }

      assertThat(client.downloadedBytes()).isEqualTo(250 * 251 / 2);
      assertThat(client.summary().downloadedBytes()).isEqualTo(250 * 251 / 2);
    }

    @Test
    void downloadedBytes_sumBeyondTheGreatestLong_saturatesAndStillAccepts() {
      client.recordSegmentSize(Long.MAX_VALUE - 1);
      client.recordSegmentSize(1);
      client.recordSegmentSize(1);
      client.recordSegmentSize(Long.MAX_VALUE);

      assertThat(client.downloadedBytes()).isEqualTo(Long.MAX_VALUE);
      assertThat(client.rejectedUpdates()).isZero();
      assertRejected(closed(client), subject -> subject.recordSegmentSize(1));
    }
  }

  @Nested
  class Closing {

    record Update(String name, Consumer<ClientStats> action) {
      @Override
      public String toString() {
        return name;
      }
    }

    static List<Update> updates() {
      return List.of(
          new Update("manifest", ClientStats::incrementManifestRequests),
          new Update("segment", ClientStats::incrementSegmentRequests),
          new Update("init", ClientStats::incrementInitRequests),
          new Update("unknown", ClientStats::incrementUnknownRequests),
          new Update("http error known before", client -> client.recordHttpError(404)),
          new Update("http error new", client -> client.recordHttpError(503)),
          new Update("http error other", client -> client.recordHttpError(0)),
          new Update("reconnection", ClientStats::recordReconnection),
          new Update("timeout", ClientStats::recordTimeout),
          new Update("process start", ClientStats::onProcessStart),
          new Update("bytes", client -> client.updateCurrentBytes(9999)),
          new Update("bytes lower", client -> client.updateCurrentBytes(1)),
          new Update("bytes negative", client -> client.updateCurrentBytes(-1)),
          new Update("drift", client -> client.updateDrift(1)),
          new Update("drift ahead", client -> client.updateDrift(Long.MAX_VALUE)),
          new Update("drift not available", client -> client.updateDrift(-1)),
          new Update("speed", client -> client.updateSpeed(2.0)),
          new Update("speed below", client -> client.updateSpeed(0.1)),
          new Update("speed not available", client -> client.updateSpeed(Double.NaN)),
          new Update("lines", client -> client.recordDroppedLines(1000, 1000, 0, 0)),
          new Update("lines lower", client -> client.recordDroppedLines(1, 0, 1, 0)),
          new Update("lines negative", client -> client.recordDroppedLines(-1, 0, 0, 0)),
          new Update("progress", client -> client.onProgress(9999, 1, 2.0)),
          new Update("progress not available", client -> client.onProgress(-1, -1, Double.NaN)),
          new Update("segment size", client -> client.recordSegmentSize(77)),
          new Update("segment size negative", client -> client.recordSegmentSize(-1)));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void update_ofAClosedClient_isRejectedAndCounted(Update update) {
      assertRejected(closed(busyClient(clock)), update.action());
    }

    @ParameterizedTest
    @MethodSource("updates")
    void update_ofAClientClosedBeforeItsFirstUpdate_isRejectedAndCounted(Update update) {
      assertRejected(closed(client), update.action());
    }

    @ParameterizedTest
    @MethodSource("updates")
    void update_ofAClosedClient_leavesItClosedAndItsRunEnded(Update update) {
      ClientStats subject = closed(busyClient(clock));
      update.action().accept(subject);

      assertThat(subject.isClosed()).isTrue();
      assertThat(subject.currentRun().isEnded()).isTrue();
    }

    @Test
    void closing_keepsEveryFigure() {
      ClientStats subject = busyClient(clock);
      ClientSummary before = subject.summary();
      closed(subject);

      assertThat(subject.summary())
          .usingRecursiveComparison()
          .ignoringFields("stalls")
          .isEqualTo(before);
      assertThat(subject.isStalled()).isTrue();
      assertThat(subject.stalls()).isEqualTo(before.stalls() + 1); // the end counts the stall
    }

    @Test
    void closing_endsTheCurrentRun() {
      ProcessRun run = client.currentRun();
      closed(client);

      assertThat(run.isEnded()).isTrue();
      assertThat(client.currentRun().isEnded()).isTrue();
    }

    @Test
    void onProcessStart_closedClient_returnsTheLastRunAndStartsNone() {
      client.onProcessStart();
      closed(client);
      ProcessRun run = client.onProcessStart();

      assertThat(run).isSameAs(client.currentRun());
      assertThat(run.isEnded()).isTrue();
      assertThat(client.onProcessStart()).isSameAs(run);
      assertThat(client.processStarts()).isEqualTo(1);
      assertThat(client.rejectedUpdates()).isEqualTo(2);
    }

    @Test
    void rejectedUpdates_closedClient_countOnFromTheValueAtClosing() {
      client.updateCurrentBytes(-1);
      closed(client);
      client.updateCurrentBytes(10);
      client.incrementManifestRequests();

      assertThat(client.rejectedUpdates()).isEqualTo(3);
      assertThat(client.summary().rejectedUpdates()).isEqualTo(3);
    }

    @Test
    void uptime_closedClient_goesOn() {
      closed(client);
      clock.advance(Duration.ofSeconds(2));

      assertThat(client.uptime()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void figures_closedBeforeAnyUpdate_areZero() {
      closed(client);

      assertThat(client.currentDropRate()).isEqualTo(0.0);
      assertThat(client.httpErrors()).isEmpty();
      assertThat(client.averageSegmentSize()).isZero();
      assertThat(client.downloadedBytes()).isZero();
      assertThat(client.processStarts()).isZero();
    }
  }
}
