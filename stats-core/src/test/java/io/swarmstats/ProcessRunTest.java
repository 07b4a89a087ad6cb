package io.swarmstats;

import static io.swarmstats.Rejections.assertIgnored;
import static io.swarmstats.Rejections.assertRejected;
import static io.swarmstats.Rejections.busyClient;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRunTest {

  private static final long SECOND = 1_000_000; // in the unit of out_time, microseconds

  private final ManualTimeSource clock = new ManualTimeSource();
  private final ClientStats client = client(clock);

  private static ClientStats client(TimeSource time) {
    return new ClientStats(7, StatsConfig.defaults().withTimeSource(time));
  }

  private static void close(ClientStats client) {
    StatsAggregator aggregator = new StatsAggregator();
    aggregator.addClient(client);
    aggregator.removeClient(client.clientId());
  }

  record Update(String name, Consumer<ProcessRun> action) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Each of the five recording methods, with valid values that change a figure, valid values that
   * change nothing, and invalid values.
   */
  static List<Update> updates() {
    return List.of(
        new Update("bytes", run -> run.updateBytes(9999)),
        new Update("bytes lower", run -> run.updateBytes(1)),
        new Update("bytes negative", run -> run.updateBytes(-1)),
        new Update("drift", run -> run.updateDrift(1)),
        new Update("drift not available", run -> run.updateDrift(0)),
        new Update("speed", run -> run.updateSpeed(2.0)),
        new Update("speed below", run -> run.updateSpeed(0.1)),
        new Update("speed not available", run -> run.updateSpeed(Double.NaN)),
        new Update("lines", run -> run.recordDroppedLines(1000, 1000, 1000, 1000)),
        new Update("lines lower", run -> run.recordDroppedLines(1, 0, 1, 0)),
        new Update("lines negative", run -> run.recordDroppedLines(0, 0, 0, -1)),
        new Update("progress", run -> run.onProgress(9999, 1, 0.1)),
        new Update("progress not available", run -> run.onProgress(-1, -1, Double.NaN)));
  }

  // which run is current

  @Test
  void currentRun_freshClient_isTheFirstRunAndHasNotEnded() {
    assertThat(client.currentRun()).isSameAs(client.currentRun());
    assertThat(client.currentRun().isEnded()).isFalse();
  }

  @Test
  void onProcessStart_returnsTheNewCurrentRun() {
    ProcessRun first = client.currentRun();
    ProcessRun second = client.onProcessStart();

    assertThat(second).isNotSameAs(first).isSameAs(client.currentRun());
    assertThat(second.isEnded()).isFalse();
  }

  @Test
  void onProcessStart_endsTheRunBefore() {
    ProcessRun first = client.currentRun();
    client.onProcessStart();

    assertThat(first.isEnded()).isTrue();
  }

  @Test
  void onProcessStart_isNoRejectedUpdate() {
    client.onProcessStart();

    assertThat(client.rejectedUpdates()).isZero();
  }

  @Test
  void isEnded_chainOfRestarts_isTrueForAllButTheLast() {
    List<ProcessRun> runs = new ArrayList<>(List.of(client.currentRun()));
    for (int i = 0; i < 50; i++) {
      runs.add(client.onProcessStart());
    }

    assertThat(runs.subList(0, 50)).allMatch(ProcessRun::isEnded);
    assertThat(runs.get(50).isEnded()).isFalse();
  }

  // late updates

  @ParameterizedTest
  @MethodSource("updates")
  void lateUpdate_afterARestart_isRejectedAndCountedOnce(Update update) {
    ClientStats busy = busyClient(clock);
    ProcessRun ended = busy.currentRun();
    busy.onProcessStart();
    clock.advance(Duration.ofSeconds(1));

    assertRejected(busy, ignored -> update.action().accept(ended));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void lateUpdate_successorHasFigures_leavesThemAlone(Update update) {
    ProcessRun ended = client.currentRun();
    client.onProcessStart();
    client.onProgress(100, 2 * SECOND, 1.0);
    client.recordDroppedLines(10, 1, 10, 1);
    clock.advance(Duration.ofSeconds(7));

    assertRejected(client, ignored -> update.action().accept(ended));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void lateUpdate_afterClosing_isRejectedAndCountedOnce(Update update) {
    ClientStats busy = busyClient(clock);
    ProcessRun ended = busy.currentRun();
    close(busy);

    assertRejected(busy, ignored -> update.action().accept(ended));
    assertRejected(busy, ignored -> update.action().accept(busy.currentRun()));
  }

  @Test
  void driftUpdate_thatARestartOvertakes_isRejectedAndCountedOnce() {
    CallbackClock restarts = new CallbackClock();
    ClientStats overtaken = new ClientStats(1, StatsConfig.defaults().withTimeSource(restarts));
    restarts.duringNextReading(overtaken::onProcessStart);
    overtaken.updateDrift(SECOND);
    restarts.duringNextReading(overtaken::onProcessStart);
    overtaken.updateDrift(0);

    assertThat(overtaken.rejectedUpdates()).isEqualTo(2);
    assertThat(overtaken.processStarts()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("updates")
  void lateUpdate_throughEveryHandleOfAChain_isRejected(Update update) {
    List<ProcessRun> ended = new ArrayList<>();
    for (int bytes = 1; bytes <= 10; bytes++) {
      client.updateCurrentBytes(bytes);
      ended.add(client.currentRun());
      client.onProcessStart();
    }

    for (ProcessRun run : ended) {
      assertRejected(client, ignored -> update.action().accept(run));
    }
    assertThat(client.totalBytes()).isEqualTo(55);
    assertThat(client.rejectedUpdates()).isEqualTo(10);
  }

  @ForAnyClockOrigin
  void lateDrift_doesNotReachTheMaximum(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    ClientStats subject = client(time);
    ProcessRun ended = subject.currentRun();
    time.advance(Duration.ofSeconds(50));
    subject.onProcessStart();
    ended.updateDrift(1 * SECOND);

    assertThat(subject.maxDrift()).isZero();
    assertThat(subject.currentDrift()).isZero();
  }

  @ForAnyClockOrigin
  void lateSpeed_doesNotStartTheStallClockOfTheSuccessor(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    ClientStats subject = client(time);
    ProcessRun ended = subject.currentRun();
    subject.onProcessStart();
    ended.updateSpeed(0.5);
    time.advance(Duration.ofSeconds(6));
    subject.updateSpeed(0.5);

    assertThat(subject.isStalled()).isFalse();
  }

  @Test
  void lateSpeed_doesNotClearTheStallClockOfTheSuccessor() {
    ProcessRun ended = client.currentRun();
    client.onProcessStart();
    client.updateSpeed(0.5);
    clock.advance(Duration.ofSeconds(6));
    ended.updateSpeed(1.0);

    assertThat(client.isStalled()).isTrue();
  }

  // updates through the handle of the current run

  @Test
  void updates_throughTheHandleOrTheClient_areTheSame() {
    ClientStats other = client(clock);
    clock.advance(Duration.ofSeconds(9));
    ProcessRun run = client.currentRun();
    run.updateBytes(100);
    run.updateDrift(1 * SECOND);
    run.updateSpeed(0.5);
    run.recordDroppedLines(10, 1, 20, 2);
    other.updateCurrentBytes(100);
    other.updateDrift(1 * SECOND);
    other.updateSpeed(0.5);
    other.recordDroppedLines(10, 1, 20, 2);
    clock.advance(Duration.ofSeconds(6));

    assertThat(client.summary()).isEqualTo(other.summary());
    assertThat(client.isStalled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void updateBytes_negative_isRejected(long totalSize) {
    ProcessRun run = client.currentRun();

    assertRejected(client, ignored -> run.updateBytes(totalSize));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0, 0", "1, 2, 0, 0", "0, 0, 1, 2", "0, 0, 0, -1"})
  void recordDroppedLines_badCounts_areRejected(long a, long b, long c, long d) {
    ProcessRun run = client.currentRun();

    assertRejected(client, ignored -> run.recordDroppedLines(a, b, c, d));
  }

  // onProgress

  @ParameterizedTest
  @CsvSource({
    "100, 2000000, 1.0",
    "100, 2000000, 0.5",
    "0, 1, 0.89",
    "5, 9223372036854775807, 0.9",
    "9223372036854775807, 0, NaN",
    "100, -1, Infinity",
    "100, -9223372036854775808, -1",
    "100, 0, 0"
  })
  void onProgress_recordsWhatTheThreeUpdatesRecord(
      long totalSize, long outTimeMicros, double speed) {
    ClientStats busy = busyClient(clock);
    ManualTimeSource otherClock = new ManualTimeSource();
    ClientStats other = busyClient(otherClock);

    busy.onProgress(totalSize, outTimeMicros, speed);
    other.updateCurrentBytes(totalSize);
    other.updateDrift(outTimeMicros);
    other.updateSpeed(speed);
    clock.advance(Duration.ofSeconds(5));
    otherClock.advance(Duration.ofSeconds(5));

    assertThat(busy.summary())
        .usingRecursiveComparison()
        .ignoringFields("stalled", "stalls", "stalledTime") // by another rule: see ViewerTest
        .isEqualTo(other.summary());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1000, Long.MIN_VALUE})
  void onProgress_negativeSize_isNotReportedAndNoError(long totalSize) {
    ClientStats busy = busyClient(clock);

    assertIgnored(busy, it -> it.onProgress(totalSize, -1, 0.5));
  }

  @Test
  void onProgress_nothingReported_onlyForgetsTheSpeed() {
    ClientStats busy = busyClient(clock);
    busy.onProgress(-1, -1, Double.NaN);

    assertThat(busy.speed()).isEqualTo(0.0);
    assertThat(busy.isStalled()).isFalse();
    assertThat(busy.totalBytes()).isEqualTo(5000);
    assertThat(busy.currentDrift()).isEqualTo(Duration.ofSeconds(8));
    assertThat(busy.rejectedUpdates()).isZero();
  }

  @Test
  void onProgress_negativeSize_stillRecordsDriftAndSpeed() {
    clock.advance(Duration.ofSeconds(3));
    client.onProgress(-1, 1 * SECOND, 1.5);

    assertThat(client.totalBytes()).isZero();
    assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(2));
    assertThat(client.speed()).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 2000000, 1.0",
    "100, 2000000, 0.5",
    "-1, -1, NaN",
    "-1, 2000000, 0.1",
    "100, 0, 0.1",
    "0, 0, 0"
  })
  void onProgress_readsTheClockOnce(long totalSize, long outTimeMicros, double speed) {
    CountingTimeSource counting = new CountingTimeSource(clock);
    ClientStats subject = client(counting);
    long before = counting.nanoTimeReads();
    subject.onProgress(totalSize, outTimeMicros, speed);
    assertThat(counting.nanoTimeReads()).isEqualTo(before + 1);

    subject.onProgress(totalSize, outTimeMicros, speed);
    assertThat(counting.nanoTimeReads()).isEqualTo(before + 2);
  }

  @ForAnyClockOrigin
  void onProgress_below_startsTheStallClock(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    ClientStats subject = client(time);
    time.advance(Duration.ofSeconds(20));
    subject.onProgress(-1, -1, 0.5);

    time.advance(Duration.ofSeconds(5));
    assertThat(subject.isStalled()).isFalse();
    time.advance(Duration.ofNanos(1));
    assertThat(subject.isStalled()).isTrue();
  }

  @ForAnyClockOrigin
  void onProgress_newRun_measuresDriftFromItsStart(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    ClientStats subject = client(time);
    time.advance(Duration.ofSeconds(20));
    ProcessRun run = subject.onProcessStart();
    time.advance(Duration.ofSeconds(4));
    run.onProgress(10, 1 * SECOND, 1.0);

    assertThat(subject.currentDrift()).isEqualTo(Duration.ofSeconds(3));
    assertThat(subject.maxDrift()).isEqualTo(Duration.ofSeconds(3));
  }
}
