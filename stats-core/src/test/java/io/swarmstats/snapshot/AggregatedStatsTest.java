package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.ClientStats;
import io.swarmstats.ForAnyClockOrigin;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatedStatsTest {

  private static final Instant START = Instant.parse("2025-12-31T23:00:00Z");
  private static final Instant TIMESTAMP = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clients CLIENTS = new Clients(1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
  private static final Requests REQUESTS = new Requests(1, 2, 3, 4);
  private static final Errors ERRORS = new Errors(new TreeMap<>(Map.of(404, 2L)), 3, 1);
  private static final Playback PLAYBACK =
      new Playback(1.0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
  private static final Lines LINES = new Lines(10, 1);
  private static final Pipeline PIPELINE = new Pipeline(LINES, LINES, 0.1, true);
  private static final Uptimes UPTIMES = new Uptimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  private static final Rates NONE = new Rates(0.0, 0.0, 0.0);
  private static final LatencySnapshot WALL_TIMES = LatencySnapshot.EMPTY;

  private static AggregatedStats snapshot(
      Duration elapsed, Requests requests, long totalBytes, Errors errors) {
    return new AggregatedStats(
        START,
        TIMESTAMP,
        elapsed,
        CLIENTS,
        requests,
        totalBytes,
        0,
        0,
        errors,
        PLAYBACK,
        PIPELINE,
        UPTIMES,
        WALL_TIMES,
        NONE,
        NONE,
        0);
  }

  private static AggregatedStats at(Duration elapsed, long manifest, long segment, long bytes) {
    return snapshot(elapsed, new Requests(manifest, segment, 0, 0), bytes, ERRORS);
  }

  private static Errors errors(long http, long timeouts) {
    SortedMap<Integer, Long> codes = new TreeMap<>();
    if (http > 0) {
      codes.put(404, http);
    }
    return new Errors(codes, 1000, timeouts);
  }

  // errors and requests

  @Test
  void requestsTotal_isTheSumOfTheFour() {
    assertThat(REQUESTS.total()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0.0",
    "10, 0, 0, 0.0",
    "10, 1, 0, 0.1",
    "10, 0, 1, 0.1",
    "10, 2, 3, 0.5",
    "10, 10, 0, 1.0",
    "10, 20, 0, 1.0",
    "0, 1, 0, 1.0",
    "0, 0, 5, 1.0"
  })
  void errorRate_isErrorsOverRequestsAndAtMostOne(
      long requests, long http, long timeouts, double expected) {
    AggregatedStats subject =
        snapshot(Duration.ZERO, new Requests(0, requests, 0, 0), 0, errors(http, timeouts));

    assertThat(subject.errorRate()).isEqualTo(expected);
  }

  @Test
  void errorsTotal_isHttpAndTimeoutsButNoReconnection() {
    Errors subject = new Errors(new TreeMap<>(Map.of(0, 1L, 404, 20L, 599, 300L)), 5000, 40000);

    assertThat(subject.httpTotal()).isEqualTo(321);
    assertThat(subject.total()).isEqualTo(40321);
  }

  @Test
  void errorsTotal_nothingCounted_isZero() {
    Errors subject = new Errors(new TreeMap<>(), 0, 0);

    assertThat(subject.httpTotal()).isZero();
    assertThat(subject.total()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, other", "400, 400", "404, 404", "599, 599"})
  void label_isTheCodeOrOther(int statusCode, String expected) {
    assertThat(Errors.label(statusCode)).isEqualTo(expected);
  }

  @Test
  void errors_copiesTheMap() {
    SortedMap<Integer, Long> given = new TreeMap<>(Map.of(404, 1L));
    Errors subject = new Errors(given, 0, 0);
    given.put(500, 1L);

    assertThat(subject.http()).isEqualTo(Map.of(404, 1L));
  }

  @Test
  void errors_mapInAnotherOrder_isAscending() {
    SortedMap<Integer, Long> given = new TreeMap<>(Comparator.reverseOrder());
    given.putAll(Map.of(0, 1L, 404, 1L, 500, 1L));

    assertThat(new Errors(given, 0, 0).http().keySet()).containsExactly(0, 404, 500);
  }

  @Test
  void errors_map_cannotBeModified() {
    assertThatThrownBy(() -> ERRORS.http().put(500, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ERRORS.http().keySet().remove(404))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ERRORS.http().entrySet().iterator().next().setValue(9L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  // lines

  @Test
  void pipeline_derivedFigures_areOverBothStreams() {
    Pipeline subject = new Pipeline(new Lines(100, 10), new Lines(300, 30), 0.5, true);

    assertThat(subject.linesRead()).isEqualTo(400);
    assertThat(subject.linesDropped()).isEqualTo(40);
    assertThat(subject.dropRate()).isEqualTo(0.1);
  }

  @Test
  void pipeline_nothingRead_hasRateZero() {
    Lines none = new Lines(0, 0);

    assertThat(new Pipeline(none, none, 0, false).dropRate()).isEqualTo(0.0);
  }

  @Test
  void pipeline_greatestLongs_saturatesAndKeepsTheRate() {
    Pipeline subject = new Pipeline(
        new Lines(Long.MAX_VALUE, 0), new Lines(Long.MAX_VALUE, Long.MAX_VALUE), 0.5, true);

    assertThat(subject.linesRead()).isEqualTo(Long.MAX_VALUE);
    assertThat(subject.linesDropped()).isEqualTo(Long.MAX_VALUE);
    assertThat(subject.dropRate()).isEqualTo(0.5);
  }

  // rates

  @Test
  void ratesSince_earlier_isDifferenceOverTime() {
    AggregatedStats earlier = at(Duration.ofSeconds(10), 100, 200, 3000);
    AggregatedStats later = at(Duration.ofSeconds(14), 104, 240, 5000);

    assertThat(later.ratesSince(earlier)).isEqualTo(new Rates(1, 10, 500));
  }

  @Test
  void ratesSince_fractionsOfASecond_count() {
    AggregatedStats earlier = at(Duration.ofMillis(100), 0, 0, 0);
    AggregatedStats later = at(Duration.ofMillis(350), 1, 2, 1000);
    Rates rates = later.ratesSince(earlier);

    assertThat(rates.manifestPerSecond()).isCloseTo(4, within(1e-9));
    assertThat(rates.segmentPerSecond()).isCloseTo(8, within(1e-9));
    assertThat(rates.bytesPerSecond()).isCloseTo(4000, within(1e-9));
  }

  @Test
  void ratesSince_noTimePassed_isZero() {
    AggregatedStats subject = at(Duration.ofSeconds(10), 100, 200, 3000);

    assertThat(subject.ratesSince(subject)).isEqualTo(NONE);
    assertThat(at(Duration.ofSeconds(10), 101, 201, 3001).ratesSince(subject)).isEqualTo(NONE);
  }

  @Test
  void ratesSince_wrongOrder_isZero() {
    AggregatedStats earlier = at(Duration.ofSeconds(10), 100, 200, 3000);
    AggregatedStats later = at(Duration.ofSeconds(14), 104, 240, 5000);

    assertThat(earlier.ratesSince(later)).isEqualTo(NONE);
  }

  @Test
  void ratesSince_totalsFell_isZeroForThose() {
    AggregatedStats earlier = at(Duration.ofSeconds(10), 100, 200, 3000);
    AggregatedStats ofAnotherEpoch = at(Duration.ofSeconds(20), 5, 300, 10);

    assertThat(ofAnotherEpoch.ratesSince(earlier)).isEqualTo(new Rates(0, 10, 0));
  }

  @Test
  void ratesSince_greatestLongsInOneNanosecond_isFinite() {
    AggregatedStats earlier = at(Duration.ZERO, 0, 0, 0);
    AggregatedStats later = at(Duration.ofNanos(1), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    Rates rates = later.ratesSince(earlier);

    assertThat(rates.manifestPerSecond()).isFinite().isPositive();
    assertThat(rates.segmentPerSecond()).isFinite().isPositive();
    assertThat(rates.bytesPerSecond()).isFinite().isPositive();
  }

  @ForAnyClockOrigin
  void ratesSince_snapshotsOfAnAggregator_isWhatItsReaderShows(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
    ClientStats client = aggregator.addClient(1);
    time.advance(Duration.ofSeconds(1));
    AggregatedStats first = aggregator.aggregate();
    client.incrementSegmentRequests();
    client.updateCurrentBytes(1000);
    time.advance(Duration.ofSeconds(4));
    AggregatedStats second = aggregator.aggregate();

    assertThat(second.ratesSince(first))
        .isEqualTo(second.instantaneous())
        .isEqualTo(new Rates(0, 0.25, 250));
  }

  // intervals

  private static AggregatedStats reached(
      Instant startTime, Duration elapsed, long n, LatencySnapshot wallTimes) {
    return new AggregatedStats(
        startTime,
        startTime.plus(elapsed),
        elapsed,
        CLIENTS,
        new Requests(n, 2 * n, 3 * n, 4 * n),
        5 * n,
        100 * n,
        200 * n,
        new Errors(new TreeMap<>(Map.of(404, n, 503, 6 * n)), 7 * n, 8 * n),
        new Playback(
            1.0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 300 * n, Duration.ofNanos(400 * n)),
        new Pipeline(new Lines(10 * n, n), new Lines(12 * n, 2 * n), 0.5, true),
        UPTIMES,
        wallTimes,
        NONE,
        NONE,
        9 * n);
  }

  @Test
  void since_earlier_isTheDifferenceOfEveryTotal() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(1_000);
    LatencySnapshot before = histogram.snapshot();
    AggregatedStats earlier = reached(START, Duration.ofSeconds(10), 1, before);
    histogram.record(5_000_000);
    histogram.record(1_000);
    AggregatedStats later = reached(START, Duration.ofSeconds(14), 3, histogram.snapshot());
    Interval interval = later.since(earlier);

    assertThat(interval)
        .isEqualTo(new Interval(
            START.plusSeconds(10),
            START.plusSeconds(14),
            Duration.ofSeconds(4),
            new Requests(2, 4, 6, 8),
            10,
            200,
            new Errors(new TreeMap<>(Map.of(404, 2L, 503, 12L)), 14, 16),
            new Lines(20, 2),
            new Lines(24, 4),
            400,
            600,
            Duration.ofNanos(800),
            histogram.snapshot().since(before),
            18));
    assertThat(interval.segmentWallTimes().count()).isEqualTo(2);
    assertThat(interval.segmentWallTimes().sum()).isEqualTo(Duration.ofNanos(5_001_000));
    assertThat(interval.rates())
        .isEqualTo(later.ratesSince(earlier))
        .isEqualTo(new Rates(0.5, 1, 2.5));
    assertThat(interval.errorRate()).isEqualTo(1.0); // 30 errors, 20 requests
    assertThat(interval.dropRate()).isEqualTo(6.0 / 44);
  }

  @Test
  void since_noErrorsOfAStatus_hasNoEntryForIt() {
    AggregatedStats earlier = at(Duration.ofSeconds(1), 0, 0, 0);
    AggregatedStats later = snapshot(
        Duration.ofSeconds(2),
        REQUESTS,
        0,
        new Errors(new TreeMap<>(Map.of(404, 2L, 500, 1L)), 3, 1));

    assertThat(later.since(earlier).errors().http()).isEqualTo(Map.of(500, 1L));
  }

  @Test
  void since_itself_isEmpty() {
    AggregatedStats subject = reached(START, Duration.ofSeconds(10), 4, LatencySnapshot.EMPTY);
    Interval interval = subject.since(subject);

    assertThat(interval.length()).isZero();
    assertThat(interval.requests().total()).isZero();
    assertThat(interval.errors().http()).isEmpty();
    assertThat(interval.segmentWallTimes().isEmpty()).isTrue();
    assertThat(interval.rates()).isEqualTo(NONE);
    assertThat(interval.errorRate()).isZero();
    assertThat(interval.dropRate()).isZero();
  }

  @Test
  void since_laterSnapshotOfTheSameEpoch_isRejectedWithBothTimes() {
    AggregatedStats earlier = reached(START, Duration.ofSeconds(10), 1, LatencySnapshot.EMPTY);
    AggregatedStats later = reached(START, Duration.ofSeconds(14), 3, LatencySnapshot.EMPTY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> earlier.since(later))
        .withMessageContaining("PT10S")
        .withMessageContaining("PT14S");
  }

  @Test
  void since_snapshotOfALaterEpoch_isRejectedWithBothTimes() {
    AggregatedStats before = reached(START, Duration.ofSeconds(19), 100, LatencySnapshot.EMPTY);
    AggregatedStats after =
        reached(START.plusSeconds(20), Duration.ofSeconds(1), 3, LatencySnapshot.EMPTY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> before.since(after))
        .withMessage("earlier must not be later than this snapshot, of 2025-12-31T23:00:00Z"
            + " + PT19S: 2025-12-31T23:00:20Z + PT1S");
  }

  /** The reset came in the same tick of the clock as the snapshot before. */
  @Test
  void since_snapshotOfALaterEpochThatBeganAtOnce_isRejected() {
    AggregatedStats before = reached(START, Duration.ofSeconds(19), 100, LatencySnapshot.EMPTY);
    AggregatedStats after =
        reached(START.plusSeconds(19), Duration.ofSeconds(1), 3, LatencySnapshot.EMPTY);

    assertThatIllegalArgumentException().isThrownBy(() -> before.since(after));
  }

  @Test
  void since_snapshotOfAnEarlierEpoch_beginsWithThisEpoch() {
    Instant reset = START.plusSeconds(20);
    AggregatedStats before = reached(START, Duration.ofSeconds(19), 100, LatencySnapshot.EMPTY);
    AggregatedStats after = reached(reset, Duration.ofSeconds(1), 3, LatencySnapshot.EMPTY);
    Interval interval = after.since(before);

    assertThat(interval.from()).isEqualTo(reset);
    assertThat(interval.to()).isEqualTo(reset.plusSeconds(1));
    assertThat(interval.length()).isEqualTo(Duration.ofSeconds(1));
    assertThat(interval.requests()).isEqualTo(after.requests());
    assertThat(interval.errors()).isEqualTo(after.errors());
    assertThat(interval.downloadedBytes()).isEqualTo(300);
    assertThat(interval.processStarts()).isEqualTo(600);
    assertThat(interval.stalls()).isEqualTo(900);
    assertThat(interval.stalledTime()).isEqualTo(Duration.ofNanos(1_200));
    assertThat(interval.rejectedUpdates()).isEqualTo(27);
  }

  /** Two threads took the snapshots at the same time, so that neither has all of the other. */
  @Test
  void since_totalThatFell_isZero() {
    AggregatedStats first = reached(START, Duration.ofSeconds(10), 5, LatencySnapshot.EMPTY);
    AggregatedStats second = reached(START, Duration.ofSeconds(10), 4, LatencySnapshot.EMPTY);
    Interval interval = second.since(first);

    assertThat(interval.requests()).isEqualTo(new Requests(0, 0, 0, 0));
    assertThat(interval.totalBytes()).isZero();
    assertThat(interval.downloadedBytes()).isZero();
    assertThat(interval.processStarts()).isZero();
    assertThat(interval.stalls()).isZero();
    assertThat(interval.stalledTime()).isZero();
    assertThat(interval.errors()).isEqualTo(new Errors(new TreeMap<>(), 0, 0));
    assertThat(interval.progress()).isEqualTo(new Lines(0, 0));
    assertThat(interval.rejectedUpdates()).isZero();
  }

  /** A line can be read in one interval and dropped in the next. */
  @Test
  void interval_moreDroppedThanRead_hasRateOne() {
    Interval interval = new Interval(
        START,
        START,
        Duration.ofSeconds(1),
        REQUESTS,
        0,
        0,
        ERRORS,
        new Lines(0, 1),
        new Lines(0, 0),
        0,
        0,
        Duration.ZERO,
        LatencySnapshot.EMPTY,
        0);

    assertThat(interval.dropRate()).isEqualTo(1.0);
  }

  @ForAnyClockOrigin
  void since_snapshotsOfAnAggregator_tileTime(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
    Random random = new Random(13);
    AggregatedStats first = aggregator.aggregate();
    AggregatedStats last = first;
    Duration length = Duration.ZERO;
    long requests = 0;
    long bytes = 0;
    long downloaded = 0;
    long starts = 0;
    long stalls = 0;
    Duration stalledTime = Duration.ZERO;
    long notFound = 0;
    LatencySnapshot wallTimes = LatencySnapshot.EMPTY;
    for (int id = 0; id < 50; id++) {
      ClientStats client = aggregator.addClient(id);
      client.onProgress(-1, 1, Double.NaN);
      client.onProgress(-1, 1, Double.NaN); // the viewer begins to play, and soon waits
      time.advance(Duration.ofMillis(random.nextInt(10_000)));
      for (int n = random.nextInt(20); n > 0; n--) {
        client.incrementSegmentRequests();
        client.recordHttpError(404);
        client.updateCurrentBytes(random.nextInt(1_000_000));
        client.recordSegmentSize(1 + random.nextInt(1_000_000));
        aggregator.recordSegmentWallTime(random.nextInt(1_000_000_000));
      }
      if (random.nextBoolean()) {
        client.onProcessStart();
      } else {
        aggregator.removeClient(random.nextInt(id + 1));
      }
      time.advance(Duration.ofMillis(random.nextInt(1_000)));
      AggregatedStats now = aggregator.newReader().aggregate();
      Interval interval = now.since(last);
      length = length.plus(interval.length());
      requests += interval.requests().total();
      bytes += interval.totalBytes();
      downloaded += interval.downloadedBytes();
      starts += interval.processStarts();
      stalls += interval.stalls();
      stalledTime = stalledTime.plus(interval.stalledTime());
      notFound += interval.errors().http().getOrDefault(404, 0L);
      wallTimes = wallTimes.plus(interval.segmentWallTimes());
      last = now;
    }
    Interval whole = last.since(first);

    assertThat(length).isEqualTo(whole.length());
    assertThat(requests).isEqualTo(whole.requests().total()).isPositive();
    assertThat(bytes).isEqualTo(whole.totalBytes()).isPositive();
    assertThat(downloaded).isEqualTo(whole.downloadedBytes()).isPositive();
    assertThat(starts).isEqualTo(whole.processStarts()).isPositive();
    assertThat(stalls).isEqualTo(whole.stalls()).isPositive();
    assertThat(stalledTime).isEqualTo(whole.stalledTime()).isPositive();
    assertThat(whole.errors().http()).isEqualTo(Map.of(404, notFound));
    assertThat(wallTimes.buckets()).isEqualTo(whole.segmentWallTimes().buckets());
    assertThat(wallTimes.sum()).isEqualTo(whole.segmentWallTimes().sum());
  }

  // null

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startTime",
        "timestamp",
        "elapsed",
        "clients",
        "requests",
        "errors",
        "playback",
        "pipeline",
        "uptimes",
        "segmentWallTimes",
        "sinceStart",
        "instantaneous"
      })
  @SuppressWarnings("NullAway") // a caller without null checking
  void constructor_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new AggregatedStats(
            component.equals("startTime") ? null : START,
            component.equals("timestamp") ? null : TIMESTAMP,
            component.equals("elapsed") ? null : Duration.ZERO,
            component.equals("clients") ? null : CLIENTS,
            component.equals("requests") ? null : REQUESTS,
            0,
            0,
            0,
            component.equals("errors") ? null : ERRORS,
            component.equals("playback") ? null : PLAYBACK,
            component.equals("pipeline") ? null : PIPELINE,
            component.equals("uptimes") ? null : UPTIMES,
            component.equals("segmentWallTimes") ? null : WALL_TIMES,
            component.equals("sinceStart") ? null : NONE,
            component.equals("instantaneous") ? null : NONE,
            0))
        .withMessage(component + " must not be null");
  }

  @Test
  @SuppressWarnings("NullAway") // callers without null checking
  void errors_null_throws() {
    SortedMap<Integer, Long> nullCount = new TreeMap<>();
    nullCount.put(404, null);
    SortedMap<Integer, Long> nullKey =
        new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
    nullKey.put(null, 1L);

    assertThatNullPointerException().isThrownBy(() -> new Errors(null, 0, 0));
    assertThatNullPointerException().isThrownBy(() -> new Errors(nullCount, 0, 0));
    assertThatNullPointerException().isThrownBy(() -> new Errors(nullKey, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"averageDrift", "averageLag", "maxDrift", "stalledTime"})
  @SuppressWarnings("NullAway") // a caller without null checking
  void playback_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new Playback(
            1.0,
            component.equals("averageDrift") ? null : Duration.ZERO,
            component.equals("averageLag") ? null : Duration.ZERO,
            component.equals("maxDrift") ? null : Duration.ZERO,
            0,
            component.equals("stalledTime") ? null : Duration.ZERO))
        .withMessage(component + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"progress", "stderr"})
  @SuppressWarnings("NullAway") // a caller without null checking
  void pipeline_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new Pipeline(
            component.equals("progress") ? null : LINES,
            component.equals("stderr") ? null : LINES,
            0,
            false))
        .withMessage(component + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"min", "max", "average"})
  @SuppressWarnings("NullAway") // a caller without null checking
  void uptimes_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new Uptimes(
            component.equals("min") ? null : Duration.ZERO,
            component.equals("max") ? null : Duration.ZERO,
            component.equals("average") ? null : Duration.ZERO))
        .withMessage(component + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"uptime", "requests", "errors", "stalledTime", "currentDrift", "maxDrift"})
  @SuppressWarnings("NullAway") // a caller without null checking
  void clientSummary_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new ClientSummary(
            1,
            component.equals("uptime") ? null : Duration.ZERO,
            0,
            0,
            0,
            component.equals("requests") ? null : REQUESTS,
            component.equals("errors") ? null : ERRORS,
            1.0,
            false,
            false,
            0,
            component.equals("stalledTime") ? null : Duration.ZERO,
            component.equals("currentDrift") ? null : Duration.ZERO,
            component.equals("maxDrift") ? null : Duration.ZERO,
            false,
            0.0,
            0.0,
            0,
            0))
        .withMessage(component + " must not be null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from",
        "to",
        "length",
        "requests",
        "errors",
        "progress",
        "stderr",
        "stalledTime",
        "segmentWallTimes"
      })
  @SuppressWarnings("NullAway") // a caller without null checking
  void interval_nullComponent_throwsWithItsName(String component) {
    assertThatNullPointerException()
        .isThrownBy(() -> new Interval(
            component.equals("from") ? null : START,
            component.equals("to") ? null : START,
            component.equals("length") ? null : Duration.ZERO,
            component.equals("requests") ? null : REQUESTS,
            0,
            0,
            component.equals("errors") ? null : ERRORS,
            component.equals("progress") ? null : LINES,
            component.equals("stderr") ? null : LINES,
            0,
            0,
            component.equals("stalledTime") ? null : Duration.ZERO,
            component.equals("segmentWallTimes") ? null : WALL_TIMES,
            0))
        .withMessage(component + " must not be null");
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checking
  void since_null_throws() {
    AggregatedStats subject = at(Duration.ZERO, 0, 0, 0);

    assertThatNullPointerException()
        .isThrownBy(() -> subject.since(null))
        .withMessage("earlier must not be null");
  }

  @Test
  void constructor_allComponents_accepts() {
    assertThatCode(() -> snapshot(Duration.ZERO, REQUESTS, 0, ERRORS)).doesNotThrowAnyException();
  }
}
