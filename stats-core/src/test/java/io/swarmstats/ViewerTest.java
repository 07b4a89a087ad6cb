package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stalled, silent, stalls and the time stalled, by one thread and a manual clock. */
class ViewerTest {

  private static final Duration STALL = StatsConfig.defaults().stallDuration();
  private static final Duration SILENCE = StatsConfig.defaults().silenceDuration();
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration IN_HAND = TICK.multipliedBy(2); // when the viewer begins to play
  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration WAIT = Duration.ofDays(365 * 73);
  private static final Duration MAX_TIME = Duration.ofNanos(Long.MAX_VALUE);
  private static final double NOT_AVAILABLE = Double.NaN;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final ClientStats client = new ClientStats(7, config);
  private ProcessRun run = client.currentRun();
  private Instant runStart = clock.instant();
  private Duration outTime = Duration.ZERO;

  private void startProcess() {
    run = client.onProcessStart();
    runStart = clock.instant();
    outTime = Duration.ZERO;
  }

  /** Reports with the speed of FFmpeg: out_time over the time since the start of the process. */
  private void report() {
    double sinceStart = Duration.between(runStart, clock.instant()).toNanos();
    double speed = sinceStart == 0 ? NOT_AVAILABLE : outTime.toNanos() / sinceStart;
    run.onProgress(-1, outTime.toNanos() / 1000, speed);
  }

  /** Reports every half second that as much media has arrived as time has passed. */
  private void play(Duration length) {
    for (long ticks = length.dividedBy(TICK); ticks > 0; ticks--) {
      clock.advance(TICK);
      outTime = outTime.plus(TICK);
      report();
    }
  }

  /** Reports every half second that no media has arrived. Returns when the client was stalled. */
  private Duration freeze(Duration length) {
    Duration seen = Duration.ofDays(-1);
    for (long tick = 1; tick <= length.dividedBy(TICK); tick++) {
      clock.advance(TICK);
      report();
      if (client.isStalled() && seen.isNegative()) {
        seen = TICK.multipliedBy(tick);
      }
    }
    return seen;
  }

  private void assertStallsAndTime(long stalls, Duration stalledTime) {
    assertThat(client.stalls()).isEqualTo(stalls);
    assertThat(client.stalledTime()).isEqualTo(stalledTime);
    ClientSummary summary = client.summary();
    assertThat(summary.stalls()).isEqualTo(stalls);
    assertThat(summary.stalledTime()).isEqualTo(stalledTime);
  }

  @ParameterizedTest
  @CsvSource({"PT60S, PT60S", "PT10M, PT60S", "PT1H, PT10M", "PT24H, PT1H"})
  void freeze_afterLongPlayback_isSeenAndGoneWithinSeconds(Duration played, Duration frozen) {
    startProcess();
    play(played);
    assertThat(client.isStalled()).isFalse();

    Duration seen = freeze(frozen);

    assertThat(seen).isEqualTo(IN_HAND.plus(STALL).plus(TICK));
    play(Duration.ofSeconds(1));
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(1, frozen.plus(TICK).minus(IN_HAND)); // until the first report with media
  }

  @Test
  void blockedProcess_thatReportsNothing_isSeen() {
    startProcess();
    play(Duration.ofMinutes(10));
    clock.advance(IN_HAND.plus(STALL));

    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    assertStallsAndTime(0, Duration.ZERO); // the wait counts with the next report
    outTime = outTime.plusSeconds(30);
    report();
    assertThat(client.isStalled()).isTrue(); // waited for most of the time since the last report
    assertStallsAndTime(0, STALL.plus(NANO));
    play(TICK);
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(1, STALL.plus(NANO));
  }

  @Test
  void mediaInHand_coversAHang() {
    startProcess();
    outTime = Duration.ofSeconds(12); // the segments of a live playlist, at once
    clock.advance(TICK);
    report();
    clock.advance(TICK);
    report();

    clock.advance(Duration.ofSeconds(12));
    report();

    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(0, Duration.ZERO);
    clock.advance(STALL);
    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void waitOfATwentiethOfTheTime_isNotSlow() {
    startProcess();
    play(Duration.ofSeconds(1));
    assertThat(client.stalls()).isZero();
    for (int i = 0; i < 100; i++) { // 0.95 s of media a second
      clock.advance(Duration.ofSeconds(1));
      outTime = outTime.plusMillis(950);
      report();
    }

    assertThat(client.isStalled()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    report();
    assertThat(client.stalls()).isZero();
    assertThat(client.stalledTime()).isGreaterThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.95})
  void waitOfExactlyTheRest_isNotSlow(double threshold) {
    ClientStats stats = new ClientStats(1, config.withStallThreshold(threshold));
    long media = Math.round(threshold * 1_000_000); // microseconds of media a second
    Duration wait = Duration.ofSeconds(1).minusNanos(1000 * media);
    long out = 1_000_000;
    stats.onProgress(-1, out, 1.0);
    stats.onProgress(-1, out, 1.0);
    for (int i = 0; i <= 100; i++) { // the first second is in hand
      clock.advance(Duration.ofSeconds(1));
      out += media;
      stats.onProgress(-1, out, 1.0);
      assertThat(stats.isStalled()).isFalse();
      assertThat(stats.stalledTime()).isEqualTo(wait.multipliedBy(i));
    }
    assertThat(stats.stalls()).isZero();

    for (int i = 0; i <= STALL.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1).plusNanos(1000)); // waits a microsecond longer
      out += media;
      stats.onProgress(-1, out, 1.0);
    }

    assertThat(stats.isStalled()).isTrue();
  }

  @Test
  void slowClient_staysStalled() {
    startProcess();
    play(Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) { // half a second of media a second
      clock.advance(Duration.ofSeconds(1));
      outTime = outTime.plusMillis(500);
      report();
    }

    assertThat(client.isStalled()).isTrue();
    assertThat(client.stalls()).isZero();
    play(Duration.ofSeconds(1));
    assertThat(client.isStalled()).isFalse();
    assertThat(client.stalls()).isOne();
  }

  @Test
  void processWithoutMedia_isStalledAfterTheStallDuration() {
    startProcess();
    clock.advance(STALL);
    run.onProgress(0, 0, NOT_AVAILABLE);
    assertThat(client.isStalled()).isFalse();

    clock.advance(NANO);

    assertThat(client.isStalled()).isTrue();
    assertStallsAndTime(0, Duration.ZERO);
    play(Duration.ofSeconds(1)); // begins to play with the second report
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(0, Duration.ZERO); // a slow start is no stall
  }

  @Test
  void processWithOneReport_hasNotBegunToPlay() {
    startProcess();
    play(TICK);
    clock.advance(STALL.minus(TICK).plus(NANO));

    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void processWithOneSpeedAndOneReportWithMedia_hasNotBegunToPlay() {
    startProcess();
    run.onProgress(-1, 0, 1.0);
    run.onProgress(-1, 500_000, 1.0);
    clock.advance(STALL);
    assertThat(client.isStalled()).isFalse();

    clock.advance(NANO);

    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void firstReportWithMedia_stopsTheClockOfTheSpeed() {
    run.updateSpeed(0.5);
    clock.advance(STALL.plus(NANO));
    assertThat(client.isStalled()).isTrue();

    run.onProgress(-1, 500_000, 0.5);

    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(1, Duration.ZERO); // no viewer has begun to play
  }

  @Test
  void firstRun_withoutReports_isNeitherStalledNorSilent() {
    clock.advance(Duration.ofDays(1));

    assertThat(client.isStalled()).isFalse();
    assertThat(client.isSilent()).isFalse();
    assertThat(client.processStarts()).isZero();
  }

  @Test
  void firstRun_withReports_hasAViewer() {
    play(Duration.ofSeconds(10));
    clock.advance(IN_HAND.plus(STALL).plus(NANO));

    assertThat(client.isStalled()).isTrue();
    assertThat(client.isSilent()).isFalse(); // no process start: nobody expects reports
  }

  @Test
  void silence_beginsAfterTheSilenceDuration() {
    startProcess();
    assertSilentAfter(SILENCE);
    run.onProgress(0, 0, NOT_AVAILABLE);
    assertSilentAfter(SILENCE);
    run.updateDrift(0);
    assertSilentAfter(SILENCE);
    run.updateDrift(1);
    assertSilentAfter(SILENCE);
    run.updateSpeed(1.0);
    run.updateBytes(1);
    assertThat(client.isSilent()).isTrue();
    startProcess();
    assertSilentAfter(SILENCE);
  }

  private void assertSilentAfter(Duration silence) {
    clock.advance(silence);
    assertThat(client.isSilent()).isFalse();
    clock.advance(NANO);
    assertThat(client.isSilent()).isTrue();
    assertThat(client.summary().silent()).isTrue();
  }

  @Test
  void jumpBackByMoreThanTenSeconds_beginsTheViewerAgain() {
    startProcess();
    play(Duration.ofMinutes(1));
    freeze(Duration.ofSeconds(2));
    Duration waited = Duration.ofSeconds(2).minus(IN_HAND);
    assertStallsAndTime(0, waited);

    outTime = outTime.minusSeconds(10).minusNanos(1000);
    clock.advance(TICK);
    report(); // counts the wait up to this time
    waited = waited.plus(TICK);
    assertStallsAndTime(0, waited);
    clock.advance(STALL);
    assertThat(client.isStalled()).isFalse(); // buffers
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue(); // for too long
    outTime = outTime.plusSeconds(2);
    report();
    assertThat(client.isStalled()).isFalse(); // plays
    assertStallsAndTime(0, waited);
  }

  @Test
  void jumpBackToZero_playsWhatArrivedSince() {
    startProcess();
    play(Duration.ofMinutes(1));
    outTime = Duration.ZERO;

    play(Duration.ofSeconds(10));
    assertStallsAndTime(0, Duration.ZERO);
    clock.advance(STALL.plusSeconds(1)); // two reports of half a second were in hand
    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    play(TICK.multipliedBy(2));
    assertStallsAndTime(1, STALL.plus(TICK).plus(NANO));
  }

  @Test
  void jumpBackDuringAStall_countsTheStallOnce() {
    startProcess();
    play(Duration.ofMinutes(1));
    freeze(Duration.ofSeconds(20));

    outTime = Duration.ZERO;
    play(Duration.ofSeconds(5));

    // the first report of the new timeline comes half a second after the stall
    assertStallsAndTime(1, Duration.ofSeconds(20).plus(TICK).minus(IN_HAND));
    assertThat(client.isStalled()).isFalse();
  }

  @Test
  void jumpBackAfterASilentWait_countsTheStall() {
    startProcess();
    play(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(20));

    outTime = Duration.ZERO;
    play(Duration.ofSeconds(5));

    // the first report of the new timeline comes half a second after the stall
    assertStallsAndTime(1, Duration.ofSeconds(20).plus(TICK).minus(IN_HAND));
  }

  @Test
  void stepBackByTenSeconds_changesNothing() {
    startProcess();
    play(Duration.ofMinutes(1));
    Duration before = outTime;

    outTime = before.minusSeconds(10);
    clock.advance(TICK);
    report();
    outTime = before.plus(TICK);
    report();

    assertStallsAndTime(0, Duration.ZERO);
    clock.advance(IN_HAND.plus(STALL));
    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void jumpBackWithMediaInHand_buffersFromTheJump() {
    startProcess();
    outTime = Duration.ofMinutes(1);
    report();
    report(); // a minute is in hand
    clock.advance(TICK);
    outTime = Duration.ofSeconds(1);
    report();

    clock.advance(STALL);
    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    report(); // begins to play
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(0, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jumpBack_thenOnlyReportsWithoutMedia_isStalledAfterTheStallDuration(boolean drift) {
    startProcess();
    play(Duration.ofMinutes(1));
    clock.advance(TICK);
    outTime = Duration.ofSeconds(1);
    report();

    for (Duration since = TICK; since.compareTo(STALL) <= 0; since = since.plus(TICK)) {
      clock.advance(TICK);
      if (drift) {
        run.updateDrift(1_000_000);
      } else {
        run.onProgress(-1, -1, NOT_AVAILABLE);
      }
      assertThat(client.isStalled()).isFalse();
    }

    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    assertThat(client.isSilent()).isFalse();
  }

  @Test
  void manyJumps_eachBeginTheViewerAgain() {
    startProcess();
    for (int i = 0; i < 40; i++) {
      outTime = Duration.ofSeconds(20);
      play(Duration.ofSeconds(3));
      outTime = Duration.ofSeconds(1);
      play(Duration.ofSeconds(3));
    }

    assertStallsAndTime(0, Duration.ZERO);
    assertThat(client.isStalled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16})
  void jumpsInARow_leaveTheViewerBuffering(int jumps) {
    startProcess();
    play(Duration.ofMinutes(10));
    for (int i = 0; i < jumps; i++) {
      outTime = outTime.minusSeconds(20);
      clock.advance(TICK);
      report();
    }

    assertStallsAndTime(0, Duration.ZERO);
    clock.advance(STALL.plus(NANO));
    assertThat(client.isStalled()).isTrue(); // buffers for too long
    report();
    assertThat(client.isStalled()).isFalse(); // plays
    assertStallsAndTime(0, Duration.ZERO);
  }

  @Test
  void restart_countsTheWaitUpToTheEndOfTheRun() {
    startProcess();
    play(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(3)); // nothing is reported

    startProcess();

    assertStallsAndTime(0, Duration.ofSeconds(3).minus(IN_HAND));
    play(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(8));
    startProcess();
    assertStallsAndTime(1, Duration.ofSeconds(11).minus(IN_HAND.multipliedBy(2)));
    assertThat(client.processStarts()).isEqualTo(3);
    assertThat(client.isStalled()).isFalse();
  }

  @Test
  void restart_duringAStall_countsTheStallOnce() {
    startProcess();
    play(Duration.ofMinutes(1));
    freeze(Duration.ofSeconds(20));

    startProcess();

    assertStallsAndTime(1, Duration.ofSeconds(20).minus(IN_HAND));
    play(Duration.ofSeconds(10));
    assertStallsAndTime(1, Duration.ofSeconds(20).minus(IN_HAND));
  }

  @Test
  void removal_countsTheWaitAndTheStall() {
    StatsAggregator swarm = new StatsAggregator(config);
    swarm.addClient(client);
    startProcess();
    play(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(20));

    ClientSummary last = swarm.removeClient(client.clientId()).orElseThrow();
    AggregatedStats stats = swarm.aggregate();

    assertThat(last.stalled()).isTrue();
    assertThat(last.silent()).isTrue();
    assertThat(last.stalls()).isOne();
    assertThat(last.stalledTime()).isEqualTo(Duration.ofSeconds(20).minus(IN_HAND));
    assertThat(stats.playback().stalls()).isOne();
    assertThat(stats.playback().stalledTime()).isEqualTo(last.stalledTime());
    assertThat(stats.processStarts()).isOne();
    assertThat(stats.clients().stalled()).isZero();
    assertThat(stats.clients().silent()).isZero();
    clock.advance(Duration.ofMinutes(1));
    report();
    assertThat(client.stalledTime()).isEqualTo(last.stalledTime());
  }

  @Test
  void closedClient_startsNoProcess() {
    StatsAggregator swarm = new StatsAggregator(config);
    swarm.addClient(client);
    swarm.removeClient(client.clientId());

    client.onProcessStart();

    assertThat(client.processStarts()).isZero();
  }

  @Test
  void reportWithoutMedia_beforeThePlayback_goesByTheSpeed() {
    startProcess();
    run.onProgress(-1, 0, 0.5);
    clock.advance(STALL);
    assertThat(client.isStalled()).isFalse();

    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    run.onProgress(-1, -1, 1.0);
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(1, Duration.ZERO); // no media, no viewer who waits
  }

  @Test
  void reportWithoutMedia_duringThePlayback_leavesTheClock() {
    startProcess();
    play(Duration.ofMinutes(1));
    freeze(Duration.ofSeconds(10));
    assertThat(client.isStalled()).isTrue();

    run.onProgress(-1, 0, 1.5);
    assertThat(client.isStalled()).isTrue();
    assertThat(client.speed()).isEqualTo(1.5);
    play(Duration.ofSeconds(1));
    assertThat(client.isStalled()).isFalse();
    for (int i = 0; i < 20; i++) {
      play(TICK);
      run.onProgress(-1, 0, 0.1);
      assertThat(client.isStalled()).isFalse();
    }
    assertThat(client.stalls()).isOne();
  }

  @Test
  void updateSpeed_alone_keepsTheSpeedRule() {
    startProcess();
    client.updateSpeed(1.0);
    clock.advance(Duration.ofHours(1));
    assertThat(client.isStalled()).isFalse();

    client.updateSpeed(0.5);
    clock.advance(STALL);
    client.updateSpeed(0.4);
    assertThat(client.isStalled()).isFalse();
    clock.advance(NANO);
    assertThat(client.isStalled()).isTrue();
    client.updateSpeed(NOT_AVAILABLE);
    assertThat(client.isStalled()).isFalse();
    assertStallsAndTime(1, Duration.ZERO);
    client.updateSpeed(0.5);
    clock.advance(STALL);
    client.updateSpeed(1.0); // a stall lasts longer than the stall duration
    assertStallsAndTime(1, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void updateSpeed_clockThatThrows_changesNothing(boolean slowBefore) {
    boolean[] fails = {false};
    TimeSource time = new TimeSource() {
      @Override
      public long nanoTime() {
        if (fails[0]) {
          throw new IllegalStateException("no time");
        }
        return clock.nanoTime();
      }

      @Override
      public Instant instant() {
        return clock.instant();
      }
    };
    ClientStats stats = new ClientStats(1, config.withTimeSource(time));
    stats.updateSpeed(slowBefore ? 0.5 : 1.0);
    clock.advance(STALL.plus(NANO));

    fails[0] = true;
    assertThatThrownBy(() -> stats.updateSpeed(slowBefore ? 1.1 : 0.6))
        .isInstanceOf(IllegalStateException.class);

    fails[0] = false;
    assertThat(stats.speed()).isEqualTo(slowBefore ? 0.5 : 1.0);
    assertThat(stats.isStalled()).isEqualTo(slowBefore);
    assertThat(stats.stalls()).isZero();
    stats.updateSpeed(0.6);
    assertThat(stats.isStalled()).isEqualTo(slowBefore);
  }

  @Test
  void reportOlderThanTheStall_doesNotStopTheClock() {
    CallbackClock twoReporters = new CallbackClock();
    ClientStats stats = new ClientStats(1, config.withTimeSource(twoReporters));
    for (int i = 1; i <= 2; i++) {
      twoReporters.advance(TICK);
      stats.onProgress(-1, i * 500_000L, 1.0);
    }
    twoReporters.advance(TICK);

    // the other reporter reports 10 s later, while this reporter has read the time
    twoReporters.duringNextReading(() -> {
      twoReporters.advance(Duration.ofSeconds(20));
      stats.onProgress(-1, 1_000_000, 1.0);
    });
    stats.onProgress(-1, 1_000_000, 1.0);

    assertThat(twoReporters.hasCalledBack()).isTrue();
    assertThat(stats.isStalled()).isTrue();
    assertThat(stats.stalls()).isZero();
    assertThat(stats.stalledTime()).isEqualTo(Duration.ofSeconds(20).plus(TICK).minus(IN_HAND));
    assertThat(stats.isSilent()).isFalse();
  }

  @Test
  void olderReport_afterTheStartOfTheClock_neitherStopsTheClockNorLowersTheLastTime() {
    CallbackClock twoReporters = new CallbackClock();
    ClientStats stats = new ClientStats(1, config.withTimeSource(twoReporters));
    stats.onProcessStart();
    stats.onProgress(-1, 1_000_000, 1.0);
    stats.onProgress(-1, 1_000_000, 1.0);
    twoReporters.advance(Duration.ofSeconds(3));

    // the media ran out 2 s ago; the other reporter reports 20 s later
    twoReporters.duringNextReading(() -> {
      twoReporters.advance(Duration.ofSeconds(20));
      stats.onProgress(-1, 1_000_000, 1.0);
    });
    stats.onProgress(-1, 1_000_000, 1.0);

    assertThat(twoReporters.hasCalledBack()).isTrue();
    assertThat(stats.isStalled()).isTrue();
    assertThat(stats.stalls()).isZero();
    assertThat(stats.stalledTime()).isEqualTo(Duration.ofSeconds(22));
    twoReporters.advance(SILENCE);
    assertThat(stats.isSilent()).isFalse();
    twoReporters.advance(NANO);
    assertThat(stats.isSilent()).isTrue();
  }

  @Test
  void olderReport_withLessMedia_isNoJump() {
    CallbackClock twoReporters = new CallbackClock();
    ClientStats stats = new ClientStats(1, config.withTimeSource(twoReporters));
    stats.onProgress(-1, 60_000_000, 1.0);
    stats.onProgress(-1, 60_000_000, 1.0);
    twoReporters.advance(TICK);

    twoReporters.duringNextReading(() -> {
      twoReporters.advance(TICK);
      stats.onProgress(-1, 90_000_000, 1.0);
    });
    stats.onProgress(-1, 61_000_000, 1.0);

    assertThat(twoReporters.hasCalledBack()).isTrue();
    twoReporters.advance(Duration.ofSeconds(90).minus(IN_HAND).plus(STALL)); // IN_HAND has passed
    assertThat(stats.isStalled()).isFalse();
    twoReporters.advance(NANO);
    assertThat(stats.isStalled()).isTrue();
  }

  @Test
  void update_thatTheEndOfItsRunOvertakes_isRejected() {
    CallbackClock restarts = new CallbackClock();
    ClientStats stats = new ClientStats(1, config.withTimeSource(restarts));
    List<Consumer<ProcessRun>> updates = List.of(
        run -> run.updateSpeed(0.5),
        run -> run.onProgress(-1, -1, 0.5),
        run -> run.onProgress(-1, -1, 1.0),
        run -> run.onProgress(-1, 1_000_000, 1.0),
        run -> run.onProgress(1, -1, 1.0));
    long rejected = 0;
    for (boolean playing : new boolean[] {false, true}) {
      for (Consumer<ProcessRun> update : updates) {
        ProcessRun ended = stats.onProcessStart();
        if (playing) {
          ended.onProgress(-1, 1_000_000, 1.0);
          ended.onProgress(-1, 1_000_000, 1.0);
        }
        assertThat(stats.rejectedUpdates()).isEqualTo(rejected);

        restarts.duringNextReading(stats::onProcessStart);
        update.accept(ended);

        assertThat(restarts.hasCalledBack()).isTrue();
        assertThat(ended.isEnded()).isTrue();
        rejected++;
        assertThat(stats.rejectedUpdates()).isEqualTo(rejected);
      }
    }
    assertThat(stats.totalBytes()).isZero();
    assertThat(stats.stalls()).isZero();
  }

  /** A run counts waits of up to 73 years; a long holds four of these. */
  @Test
  void stalledTimeOfRuns_saturates() {
    for (int i = 1; i <= 5; i++) {
      startProcess();
      waitFor73Years(List.of(run));
      clock.setElapsed(Duration.ZERO); // the clock cannot count to 365 years

      assertThat(client.stalledTime())
          .isEqualTo(client.summary().stalledTime())
          .isEqualTo(i < 5 ? WAIT.multipliedBy(i) : MAX_TIME);
    }
    startProcess();
    assertThat(client.stalledTime()).isEqualTo(MAX_TIME);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stalledTimeOfClients_saturates(boolean departed) {
    StatsAggregator swarm = new StatsAggregator(config);
    List<ProcessRun> runs = new ArrayList<>();
    for (int id = 0; id < 5; id++) {
      runs.add(swarm.addClient(id).currentRun());
    }

    waitFor73Years(runs);
    for (int id = 0; departed && id < 5; id++) {
      swarm.removeClient(id);
    }

    assertThat(swarm.aggregate().playback().stalledTime()).isEqualTo(MAX_TIME);
  }

  private void waitFor73Years(List<ProcessRun> runs) {
    for (ProcessRun waiting : runs) {
      waiting.onProgress(-1, 1, NOT_AVAILABLE);
      waiting.onProgress(-1, 1, NOT_AVAILABLE); // begins to play
    }
    clock.advance(Duration.ofNanos(1000).plus(WAIT));
    runs.forEach(waiting -> waiting.onProgress(-1, 1, NOT_AVAILABLE));
  }

  @Test
  void outTimeOf292Years_neverRunsOut() {
    startProcess();
    run.onProgress(-1, Long.MAX_VALUE, 1.0);
    run.onProgress(-1, Long.MAX_VALUE, 1.0);

    clock.advance(Duration.ofDays(100_000));

    assertThat(client.isStalled()).isFalse();
    report();
    assertStallsAndTime(0, Duration.ZERO);
  }
}
