package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Uptimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows that the library has none of the faults of the originals. The labels A1 to H8 are those of
 * {@code docs/study/faults-of-the-originals.md}.
 *
 * <p>Most faults need an interleaving of two operations. If the library reads the clock in the
 * middle of one operation, the clock of these tests runs the other operation there. Three faults
 * have no clock reading in the right place, so two threads race for them. In C2 a fast sample
 * clears the stall clock of a later slow sample. In D1 a reader comes between the current drift and
 * its maximum. In F1 two writers claim one slot of the ring. The tests of A1, B1, C5 and E1 cover
 * only the interleavings that one thread can show. The stress tests cover all seven faults in full.
 */
class FaultsOfTheOriginalsTest {

  private static final long SECOND = 1_000_000; // in the unit of out_time, microseconds

  private final CallbackClock clientClock = new CallbackClock();
  private final CallbackClock clock = new CallbackClock();
  private final ClientStats client =
      new ClientStats(7, StatsConfig.defaults().withTimeSource(clientClock));
  private final StatsAggregator aggregator =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  /**
   * Runs a second operation in the middle of a first operation, when the first operation reads the
   * clock. Fails if the first operation does not read the clock.
   */
  private static void interleave(CallbackClock at, Runnable operation, Runnable inTheMiddle) {
    at.duringNextReading(inTheMiddle);
    operation.run();
    assertThat(at.hasCalledBack()).as("the operation read the clock").isTrue();
  }

  private static double bytesPerSecond(AggregatedStats snapshot) {
    return snapshot.instantaneous().bytesPerSecond();
  }

  // A: bytes

  @Test
  void a1_restartInTheMiddleOfAnAggregate_bytesAreNeitherMissingNorDoubled() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    List<AggregatedStats> seen = new ArrayList<>();
    interleave(clientClock, () -> seen.add(aggregator.aggregate()), client::onProcessStart);

    assertThat(seen).extracting(AggregatedStats::totalBytes).containsExactly(1000L);
  }

  @Test
  void a1_readInTheMiddleOfARestart_bytesAreNeitherMissingNorDoubled() {
    client.updateCurrentBytes(1000);
    List<Long> seen = new ArrayList<>();
    interleave(clientClock, client::onProcessStart, () -> seen.add(client.totalBytes()));
    seen.add(client.totalBytes());

    assertThat(seen).containsExactly(1000L, 1000L);
  }

  @Test
  void a2_updateInTheMiddleOfARestart_isNotLost() {
    client.updateCurrentBytes(1000);
    interleave(clientClock, client::onProcessStart, () -> client.updateCurrentBytes(1100));

    assertThat(client.totalBytes()).isEqualTo(1100);
    assertThat(client.rejectedUpdates()).isZero();
  }

  @Test
  void a2_restartInTheMiddleOfARestart_foldsTheRunOnce() {
    client.updateCurrentBytes(1000);
    interleave(clientClock, client::onProcessStart, client::onProcessStart);

    assertThat(client.totalBytes()).isEqualTo(1000);
  }

  @Test
  void a2_restartInTheMiddleOfARestart_foldsBothRunsOnce() {
    client.updateCurrentBytes(1000);
    ProcessRun first = client.currentRun();
    interleave(clientClock, client::onProcessStart, () -> {
      client.onProcessStart();
      client.updateCurrentBytes(50);
    });

    assertThat(client.totalBytes()).isEqualTo(1050);
    assertThat(first.isEnded()).isTrue();
    assertThat(client.currentRun().isEnded()).isFalse();
  }

  @Test
  void a3_lateUpdateOfTheEndedProcess_doesNotLandInTheNewOne() {
    ProcessRun ended = client.currentRun();
    ended.updateBytes(1000);
    client.onProcessStart();
    ended.updateBytes(1100);
    assertThat(client.totalBytes()).isEqualTo(1000);

    client.updateCurrentBytes(50);
    assertThat(client.totalBytes()).isEqualTo(1050);
    assertThat(client.rejectedUpdates()).isEqualTo(1);
  }

  @Test
  void a3_restartInTheMiddleOfAProgressReport_leavesTheNewRunAlone() {
    client.updateCurrentBytes(1000);
    clientClock.advance(Duration.ofSeconds(10));
    interleave(clientClock, () -> client.onProgress(1100, 1 * SECOND, 0.5), client::onProcessStart);

    assertThat(client.totalBytes()).isEqualTo(1000);
    assertThat(client.speed()).isEqualTo(0.0);
    assertThat(client.currentDrift()).isZero();
    assertThat(client.rejectedUpdates()).isEqualTo(1);
    clientClock.advance(Duration.ofSeconds(6));
    client.updateSpeed(0.5);
    assertThat(client.isStalled()).isFalse();
  }

  @Test
  void a3_restartInTheMiddleOfADriftSample_leavesTheNewRunWithoutOne() {
    clientClock.advance(Duration.ofSeconds(10));
    interleave(clientClock, () -> client.updateDrift(1 * SECOND), client::onProcessStart);

    assertThat(client.currentDrift()).isZero();
    assertThat(client.hasHighDrift()).isFalse();
    assertThat(client.maxDrift()).isBetween(Duration.ZERO, Duration.ofSeconds(9));
  }

  @Test
  void a3_removalInTheMiddleOfAProgressReport_changesNoTotal() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    clientClock.advance(Duration.ofSeconds(10));
    List<ClientSummary> last = new ArrayList<>();
    interleave(
        clientClock,
        () -> client.onProgress(1100, 1 * SECOND, 1.0),
        () -> aggregator.removeClient(7).ifPresent(last::add));

    assertThat(last).hasSize(1);
    assertThat(last.get(0).totalBytes()).isEqualTo(1000);
    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1000);
    assertThat(aggregator.aggregate().playback().maxDrift()).isZero();
    assertThat(aggregator.aggregate().rejectedUpdates()).isZero();
    assertThat(client.totalBytes()).isEqualTo(1000);
    assertThat(client.maxDrift()).isZero();
    assertThat(client.rejectedUpdates()).isEqualTo(1);
  }

  // B: error rate

  /**
   * A segment arrives in the middle. Each segment was requested, so wall times must not exceed
   * requests.
   */
  @Test
  void b1_segmentInTheMiddleOfAnAggregate_wallTimesAreNotMoreThanRequests() {
    ClientStats readBefore = aggregator.addClient(1);
    aggregator.addClient(client);
    List<AggregatedStats> seen = new ArrayList<>();
    interleave(clientClock, () -> seen.add(aggregator.aggregate()), () -> {
      readBefore.incrementSegmentRequests();
      aggregator.recordSegmentWallTime(1);
    });

    assertThat(seen)
        .allSatisfy(snapshot -> assertThat(snapshot.segmentWallTimes().count())
            .isLessThanOrEqualTo(snapshot.requests().segment()));
    assertThat(aggregator.aggregate().segmentWallTimes().count()).isEqualTo(1);
  }

  @Test
  void b1_requestsThatAllFailInTheMiddleOfAnAggregate_rateIsExactlyOne() {
    ClientStats readBefore = aggregator.addClient(1);
    aggregator.addClient(client);
    ClientStats readAfter = aggregator.addClient(9);
    Runnable failEach = () -> {
      for (ClientStats each : List.of(readBefore, client, readAfter)) {
        each.incrementSegmentRequests();
        each.recordHttpError(503);
      }
    };
    failEach.run();
    List<AggregatedStats> seen = new ArrayList<>();
    interleave(clientClock, () -> seen.add(aggregator.aggregate()), failEach);

    assertThat(seen).extracting(AggregatedStats::errorRate).containsExactly(1.0);
    assertThat(seen.get(0).errors().total()).isEqualTo(seen.get(0).requests().total());
  }

  // C: stall, and pooled state

  @Test
  void c1_firstSampleIsSlow_startsTheStallClock() {
    client.updateSpeed(0.5);
    clientClock.advance(Duration.ofSeconds(5).plusNanos(1));

    assertThat(client.isStalled()).isTrue();
  }

  /**
   * Each round begins with a client of speed 0.5 and a running stall clock. Some rounds end in the
   * same state.
   */
  @Test
  void c2_fastSampleAgainstASlowOne_clientThatEndsSlowHasARunningClock() {
    int rounds = 20_000;
    ManualTimeSource time = new ManualTimeSource();
    StatsConfig config = StatsConfig.defaults().withTimeSource(time);
    ClientStats raced = new ClientStats(1, config);
    raced.updateSpeed(0.5);
    AtomicInteger round = new AtomicInteger();
    AtomicInteger endedSlow = new AtomicInteger();

    Race.inRounds(
        rounds,
        () -> {
          boolean slow = raced.speed() == 0.5;
          time.advance(config.stallDuration().plusNanos(1));
          assertThat(raced.isStalled()).isEqualTo(slow);
          endedSlow.addAndGet(slow ? 1 : 0);
          round.incrementAndGet();
          raced.updateSpeed(0.5);
        },
        () -> raced.updateSpeed(1.0),
        () -> {
          while (round.get() % 100 == 0 && raced.speed() != 1.0) {
            Thread.onSpinWait(); // makes sure that the slow sample comes last
          }
          raced.updateSpeed(0.5);
        });

    assertThat(endedSlow).hasValueGreaterThanOrEqualTo(rounds / 100);
  }

  @Test
  void c3_fastSampleDuringTheClockReadOfASlowOne_slowOneIsLast() {
    client.updateSpeed(1.0);
    interleave(clientClock, () -> client.updateSpeed(0.5), () -> client.updateSpeed(1.2));
    clientClock.advance(Duration.ofSeconds(60));

    assertThat(client.speed()).isEqualTo(0.5);
    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void c3_fastSampleAfterAnInterruptedSlowOne_leavesNoClockForTheNextSlowness() {
    client.updateSpeed(1.0);
    interleave(clientClock, () -> client.updateSpeed(0.5), () -> client.updateSpeed(1.2));
    client.updateSpeed(1.2);
    clientClock.advance(Duration.ofSeconds(60));
    client.updateSpeed(0.5);

    assertThat(client.isStalled()).isFalse();
  }

  @Test
  void c3_fastThenSlowSampleDuringTheClockReadOfASlowOne_clockRuns() {
    interleave(clientClock, () -> client.updateSpeed(0.5), () -> {
      client.updateSpeed(1.2);
      client.updateSpeed(0.6);
    });
    clientClock.advance(Duration.ofSeconds(5).plusNanos(1));

    assertThat(client.speed()).isEqualTo(0.5);
    assertThat(client.isStalled()).isTrue();
  }

  @Test
  void c5_greaterDriftInTheMiddleOfASmallerOne_maximumDoesNotGoDown() {
    clientClock.advance(Duration.ofSeconds(10));
    interleave(
        clientClock, () -> client.updateDrift(9 * SECOND), () -> client.updateDrift(1 * SECOND));

    assertThat(client.maxDrift()).isEqualTo(Duration.ofSeconds(9));
    assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void c5_anotherClientIsUpdated_whatWasReadOfTheFirstStays() {
    ClientStats other = aggregator.addClient(8);
    clientClock.advance(Duration.ofSeconds(10));
    client.onProgress(100, 9 * SECOND, 1.5);
    ClientSummary summary = client.summary();
    clock.advance(Duration.ofSeconds(1000));
    for (int i = 1; i <= 1000; i++) {
      other.onProgress(i, i, 0.5);
      other.recordDroppedLines(i, i, i, i);
    }

    assertThat(summary.speed()).isEqualTo(1.5);
    assertThat(client.summary()).isEqualTo(summary);
  }

  // D: drift

  /** Each sample is a new maximum. */
  @Test
  void d1_readerBetweenCurrentDriftAndMaximum_seesNoCurrentAboveIt() {
    int samples = 3_000_000;
    ManualTimeSource time = new ManualTimeSource();
    ClientStats raced = new ClientStats(1, StatsConfig.defaults().withTimeSource(time));
    time.advance(Duration.ofHours(1));

    Race.observed(
        () -> {
          Duration current = raced.currentDrift();
          assertThat(current).isLessThanOrEqualTo(raced.maxDrift());
        },
        () -> {
          for (int i = 1; i <= samples; i++) {
            raced.updateDrift(3_600 * SECOND - i);
          }
        });

    assertThat(raced.currentDrift()).isEqualTo(Duration.ofNanos(1_000L * samples));
    assertThat(raced.maxDrift()).isEqualTo(Duration.ofNanos(1_000L * samples));
  }

  // E: drop rate

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void e1_smallAndLargeReportInEitherOrder_peakIsTheRateOfOneOfThem(boolean smallFirst) {
    ProcessRun run = client.currentRun();
    if (smallFirst) {
      run.recordDroppedLines(2, 0, 2, 0);
      run.recordDroppedLines(100_000, 1000, 100_000, 1000);
    } else {
      run.recordDroppedLines(100_000, 1000, 100_000, 1000);
      run.recordDroppedLines(2, 0, 2, 0);
    }

    assertThat(client.peakDropRate()).isEqualTo(0.01);
    assertThat(client.currentDropRate()).isEqualTo(0.01);
  }

  @Test
  void e1_oneStreamOfEachReportIsWorse_peakIsNoMixOfTheTwo() {
    client.recordDroppedLines(100, 100, 900, 0); // 0.1
    client.recordDroppedLines(1000, 100, 1000, 300); // 0.2; a mix of the two calls would show 0.36

    assertThat(client.peakDropRate()).isEqualTo(0.2);
  }

  // F: ring of segment sizes

  /** Each writer has fifty sizes, and all sizes differ. Losing any size changes the average. */
  @Test
  void f1_twoWritersOfFiftySizes_averageIsThatOfAllHundred() {
    AtomicReference<ClientStats> raced = new AtomicReference<>(new ClientStats(1));

    Race.inRounds(
        5_000,
        () -> {
          assertThat(raced.get().averageSegmentSize()).isEqualTo(50_500);
          raced.set(new ClientStats(1));
        },
        () -> recordSizes(raced.get(), 1, 50),
        () -> recordSizes(raced.get(), 51, 100));
  }

  private static void recordSizes(ClientStats client, int fromThousands, int toThousands) {
    for (int i = fromThousands; i <= toThousands; i++) {
      client.recordSegmentSize(1_000L * i);
    }
  }

  // H: rates, totals, reset, uptimes

  @Test
  void h1_secondReader3MillisecondsLater_showsTheTrueRate() {
    aggregator.addClient(client);
    StatsReader first = aggregator.newReader();
    StatsReader second = aggregator.newReader();
    List<Double> secondRates = new ArrayList<>();
    for (int tick = 1; tick <= 10; tick++) {
      clock.advance(Duration.ofMillis(997));
      client.updateCurrentBytes(95L * tick);
      assertThat(bytesPerSecond(first.aggregate())).isCloseTo(95, within(1.0));
      clock.advance(Duration.ofMillis(3));
      secondRates.add(bytesPerSecond(second.aggregate()));
    }

    assertThat(secondRates).containsOnly(95.0);
  }

  @Test
  void h2_snapshotInTheMiddleOfAnEarlierOne_windowsTileTime() {
    aggregator.addClient(client);
    StatsReader reader = aggregator.newReader();
    List<AggregatedStats> seen = new ArrayList<>();
    clock.advance(Duration.ofSeconds(1));
    client.updateCurrentBytes(100);
    interleave(clock, () -> seen.add(reader.aggregate()), () -> {
      clock.advance(Duration.ofSeconds(1));
      client.updateCurrentBytes(300);
      seen.add(reader.aggregate());
    });
    clock.advance(Duration.ofSeconds(1));
    client.updateCurrentBytes(350);
    seen.add(reader.aggregate());

    // in the order of their windows: the inner, the outer (a window of no time), the last
    assertThat(seen)
        .extracting(AggregatedStats::elapsed)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(seen)
        .extracting(FaultsOfTheOriginalsTest::bytesPerSecond)
        .containsExactly(150.0, 0.0, 50.0);
  }

  @Test
  void h3_clientRemoved_totalsStayAndRatesDoNotFallBelowZero() {
    ClientStats one = aggregator.addClient(1);
    ClientStats two = aggregator.addClient(2);
    for (int i = 0; i < 1000; i++) {
      one.incrementSegmentRequests();
      two.incrementSegmentRequests();
    }
    clock.advance(Duration.ofSeconds(1));
    aggregator.aggregate();
    aggregator.removeClient(2);
    clock.advance(Duration.ofMillis(100));
    AggregatedStats after = aggregator.aggregate();

    assertThat(after.requests().segment()).isEqualTo(2000);
    assertThat(after.instantaneous().segmentPerSecond()).isEqualTo(0.0);
  }

  @Test
  void h3_clientRemovedInTheMiddleOfAnAggregate_isCountedOnce() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    client.recordHttpError(404);
    List<AggregatedStats> seen = new ArrayList<>();
    interleave(
        clientClock, () -> seen.add(aggregator.aggregate()), () -> aggregator.removeClient(7));
    seen.add(aggregator.aggregate());

    assertThat(seen).extracting(AggregatedStats::totalBytes).containsExactly(1000L, 1000L);
    assertThat(seen).allMatch(snapshot -> snapshot.errors().http().equals(Map.of(404, 1L)));
    assertThat(seen).extracting(snapshot -> snapshot.clients().active()).containsExactly(1L, 0L);
  }

  @Test
  void h3_clientRemovedInTheMiddleOfItsRemoval_departsOnce() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    List<ClientSummary> summaries = new ArrayList<>();
    Runnable remove = () -> aggregator.removeClient(7).ifPresent(summaries::add);
    interleave(clientClock, remove, remove);

    assertThat(summaries).hasSize(1);
    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1000);
  }

  @Test
  void h3_clientReplacedInTheMiddleOfItsRemoval_departsOnceAndTheOtherIsRemoved() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    interleave(
        clientClock,
        () -> aggregator.removeClient(7),
        () -> aggregator.addClient(7).updateCurrentBytes(50));

    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1050);
    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.aggregate().clients().everAdded()).isEqualTo(2);
  }

  @Test
  void h3_clientRemovedInTheMiddleOfItsReplacement_departsOnce() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    interleave(clientClock, () -> aggregator.addClient(7), () -> aggregator.removeClient(7));

    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1000);
    assertThat(aggregator.clientCount()).isEqualTo(1);
    assertThat(aggregator.aggregate().clients().peakActive()).isEqualTo(1);
  }

  @Test
  void h3_clientClosedWhileItReplacesAnother_isNotAdded() {
    StatsAggregator elsewhere = new StatsAggregator();
    ClientStats replacement = new ClientStats(7, StatsConfig.defaults());
    elsewhere.addClient(replacement);
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    clientClock.duringNextReading(() -> {
      aggregator.removeClient(7); // forces the replacement to retry
      elsewhere.removeClient(7);
    });

    assertThatIllegalStateException().isThrownBy(() -> aggregator.addClient(replacement));
    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1000);
  }

  @Test
  void h7_resetInTheMiddleOfAnAggregate_nextRatesAreThoseOfTheNewEpoch() {
    ClientStats old = aggregator.addClient(1);
    old.updateCurrentBytes(1_000_000);
    old.recordDroppedLines(10, 10, 0, 0);
    clock.advance(Duration.ofSeconds(1));
    interleave(clock, aggregator::aggregate, aggregator::reset);
    aggregator.addClient(2).updateCurrentBytes(100);
    clock.advance(Duration.ofSeconds(1));
    AggregatedStats after = aggregator.aggregate();

    assertThat(bytesPerSecond(after)).isEqualTo(100.0);
    assertThat(after.totalBytes()).isEqualTo(100);
    assertThat(after.pipeline().peakDropRate()).isEqualTo(0.0);
    assertThat(aggregator.peakDropRate()).isEqualTo(0.0);
  }

  @Test
  void h7_resetInTheMiddleOfAnAggregate_thatSnapshotIsOfTheOldEpochWhole() {
    ClientStats old = aggregator.addClient(1);
    old.updateCurrentBytes(1000);
    old.recordDroppedLines(10, 5, 0, 0);
    clock.advance(Duration.ofSeconds(4));
    List<AggregatedStats> seen = new ArrayList<>();
    interleave(clock, () -> seen.add(aggregator.aggregate()), aggregator::reset);

    assertThat(seen.get(0).totalBytes()).isEqualTo(1000);
    assertThat(seen.get(0).elapsed()).isEqualTo(Duration.ofSeconds(4));
    assertThat(seen.get(0).pipeline().peakDropRate()).isEqualTo(0.5);
    assertThat(bytesPerSecond(seen.get(0))).isEqualTo(250.0);
  }

  @Test
  void h7_resetAndSnapshotInTheMiddleOfAnAggregate_oldWindowDoesNotComeBack() {
    aggregator.addClient(1).updateCurrentBytes(1_000_000);
    clock.advance(Duration.ofSeconds(1));
    List<AggregatedStats> overtaken = new ArrayList<>();
    interleave(clock, () -> overtaken.add(aggregator.aggregate()), () -> {
      aggregator.reset();
      aggregator.addClient(2).updateCurrentBytes(100);
      clock.advance(Duration.ofSeconds(1));
      aggregator.aggregate();
    });
    aggregator.client(2).orElseThrow().updateCurrentBytes(150);
    clock.advance(Duration.ofSeconds(1));
    AggregatedStats after = aggregator.aggregate();

    assertThat(bytesPerSecond(overtaken.get(0))).isNotNegative();
    assertThat(bytesPerSecond(after)).isEqualTo(50.0);
  }

  @Test
  void h7_resetAndSnapshotInTheMiddleOfAReset_nextWindowBeginsWithTheNewEpoch() {
    interleave(clock, aggregator::reset, () -> {
      aggregator.reset();
      clock.advance(Duration.ofSeconds(1));
      aggregator.aggregate();
    });
    aggregator.addClient(1).updateCurrentBytes(100);
    clock.advance(Duration.ofSeconds(1));
    AggregatedStats after = aggregator.aggregate();

    assertThat(after.instantaneous()).isEqualTo(after.sinceStart());
  }

  @Test
  void h7_resetInTheMiddleOfARemoval_newEpochStaysEmpty() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    List<ClientSummary> last = new ArrayList<>();
    interleave(
        clientClock, () -> aggregator.removeClient(7).ifPresent(last::add), aggregator::reset);

    assertThat(last).extracting(ClientSummary::totalBytes).containsExactly(1000L);
    assertThat(aggregator.aggregate().totalBytes()).isZero();
    assertThat(aggregator.aggregate().clients().everAdded()).isZero();
  }

  @Test
  void h7_resetAndAdditionInTheMiddleOfARemoval_clientOfTheNewEpochStays() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    List<ClientStats> added = new ArrayList<>();
    interleave(clientClock, () -> aggregator.removeClient(7), () -> {
      aggregator.reset();
      added.add(aggregator.addClient(7));
    });

    assertThat(added).extracting(ClientStats::isClosed).containsExactly(false);
    assertThat(aggregator.client(7)).containsSame(added.get(0));
    assertThat(aggregator.aggregate().totalBytes()).isZero();
  }

  @Test
  void h7_resetInTheMiddleOfAReplacement_newEpochStaysEmpty() {
    aggregator.addClient(client);
    client.updateCurrentBytes(1000);
    ClientStats replacement = new ClientStats(7, StatsConfig.defaults());
    interleave(clientClock, () -> aggregator.addClient(replacement), aggregator::reset);

    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.aggregate().totalBytes()).isZero();
  }

  @Test
  void h7_resetInTheMiddleOfAnAddition_newEpochStaysEmpty() {
    interleave(clock, () -> aggregator.addClient(7), aggregator::reset);

    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.aggregate().clients().everAdded()).isZero();
  }

  @Test
  void h7_resetInTheMiddleOfAReset_isTwoResets() {
    aggregator.addClient(1);
    interleave(clock, aggregator::reset, () -> {
      aggregator.reset();
      aggregator.addClient(2);
    });

    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.elapsed()).isZero();
  }

  @Test
  void h8_uptimesOfZeroAndTenSeconds_minimumIsZero() {
    aggregator.addClient(1);
    clock.advance(Duration.ofSeconds(10));
    aggregator.addClient(2);

    assertThat(aggregator.aggregate().uptimes())
        .isEqualTo(new Uptimes(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5)));
  }

  // percentiles

  @Test
  void percentiles_oneSlowClientOf300_areThoseOfAllSamples() {
    long[] samples = new long[300 * 100];
    for (int i = 0; i < samples.length; i++) {
      boolean slow = i % 300 == 299;
      samples[i] = (slow ? 10_000_000_000L : 50_000_000L) + i * 1000L;
      aggregator.recordSegmentWallTime(samples[i]);
    }
    Arrays.sort(samples);
    LatencySnapshot wallTimes = aggregator.aggregate().segmentWallTimes();

    for (double quantile : new double[] {0.25, 0.5, 0.75, 0.95, 0.99}) {
      double exact = samples[(int) Math.ceil(quantile * samples.length) - 1];
      assertThat((double) wallTimes.percentile(quantile).toNanos())
          .as("percentile %s", quantile)
          .isCloseTo(exact, within(0.0055 * exact));
    }
    assertThat(wallTimes.max()).isEqualTo(Duration.ofNanos(samples[samples.length - 1]));
  }
}
