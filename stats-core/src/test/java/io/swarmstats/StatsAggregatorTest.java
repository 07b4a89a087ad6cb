package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.Lines;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import io.swarmstats.snapshot.Uptimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsAggregatorTest {

  private static final long SECOND = 1_000_000; // in the unit of out_time, microseconds

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final StatsAggregator aggregator = new StatsAggregator(config);

  private ClientStats clientOfItsOwn(int id) {
    return new ClientStats(id, config);
  }

  private List<Integer> liveIds() {
    List<Integer> ids = new ArrayList<>();
    aggregator.forEachClient(client -> ids.add(client.clientId()));
    return ids;
  }

  @Nested
  class Membership {

    @Test
    void addClient_id_createsARegisteredClientWithTheConfigOfTheAggregator() {
      clock.advance(Duration.ofSeconds(3));
      ClientStats client = aggregator.addClient(7);

      assertThat(client.clientId()).isEqualTo(7);
      assertThat(client.startTime()).isEqualTo(Instant.parse("2026-01-01T00:00:03Z"));
      assertThat(aggregator.client(7)).containsSame(client);
      assertThat(aggregator.clientCount()).isEqualTo(1);
    }

    @Test
    void client_unknownId_isEmpty() {
      aggregator.addClient(7);

      assertThat(aggregator.client(8)).isEmpty();
    }

    @Test
    void addClient_instance_bringsWhatItRecordedBefore() {
      ClientStats client = clientOfItsOwn(7);
      client.updateCurrentBytes(100);
      aggregator.addClient(client);

      assertThat(aggregator.client(7)).containsSame(client);
      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(100);
    }

    @Test
    void addClient_sameInstanceAgain_changesNothing() {
      ClientStats client = aggregator.addClient(7);
      client.updateCurrentBytes(100);
      AggregatedStats before = aggregator.newReader().aggregate();
      aggregator.addClient(client);

      assertThat(aggregator.newReader().aggregate()).isEqualTo(before);
      assertThat(client.isClosed()).isFalse();
    }

    @Test
    void addClient_anotherInstanceUnderAKnownId_closesTheOldAndKeepsItsTotals() {
      ClientStats old = aggregator.addClient(7);
      old.updateCurrentBytes(100);
      old.recordHttpError(404);
      ClientStats replacement = clientOfItsOwn(7);
      replacement.updateCurrentBytes(5);
      aggregator.addClient(replacement);

      assertThat(old.isClosed()).isTrue();
      assertThat(replacement.isClosed()).isFalse();
      assertThat(aggregator.client(7)).containsSame(replacement);
      assertThat(aggregator.clientCount()).isEqualTo(1);
      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(105);
      assertThat(aggregator.aggregate().errors().http()).isEqualTo(Map.of(404, 1L));
    }

    @Test
    void addClient_knownId_replacesTheClient() {
      ClientStats old = aggregator.addClient(7);
      old.updateCurrentBytes(100);
      ClientStats replacement = aggregator.addClient(7);

      assertThat(replacement).isNotSameAs(old);
      assertThat(old.isClosed()).isTrue();
      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(100);
    }

    @Test
    void addClient_knownIdAThousandTimes_keepsTheTotalsOfAll() {
      for (int i = 0; i < 1000; i++) {
        aggregator.addClient(7).updateCurrentBytes(3);
      }

      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(3000);
      assertThat(aggregator.aggregate().clients().everAdded()).isEqualTo(1000);
      assertThat(aggregator.aggregate().clients().peakActive()).isEqualTo(1);
    }

    @Test
    void addClient_closedInstance_throwsWithItsIdAndChangesNothing() {
      ClientStats client = aggregator.addClient(7);
      aggregator.removeClient(7);
      AggregatedStats before = aggregator.newReader().aggregate();

      assertThatIllegalStateException()
          .isThrownBy(() -> aggregator.addClient(client))
          .withMessageContaining("7");
      assertThat(aggregator.newReader().aggregate()).isEqualTo(before);
    }

    /** The addition closes the known client and fails only afterwards. */
    @Test
    void addClient_instanceClosedWhileItReplacesAnother_throwsAndTheOtherDeparts() {
      CallbackClock knownClock = new CallbackClock();
      ClientStats known = new ClientStats(7, config.withTimeSource(knownClock));
      known.incrementSegmentRequests();
      aggregator.addClient(known);
      ClientStats replacement = clientOfItsOwn(7);
      StatsAggregator other = new StatsAggregator(config);
      other.addClient(replacement);
      knownClock.duringNextReading(() -> {
        other.removeClient(7);
        aggregator.addClient(8);
      });

      assertThatIllegalStateException().isThrownBy(() -> aggregator.addClient(replacement));

      assertThat(knownClock.hasCalledBack()).isTrue();
      assertThat(known.isClosed()).isTrue();
      assertThat(liveIds()).containsExactly(8);
      assertThat(aggregator.aggregate().requests().segment()).isEqualTo(1);
    }

    @Test
    void removeClient_clockThatThrows_leavesTheClientOpenAndLive() {
      CallbackClock throwing = new CallbackClock();
      ClientStats client = new ClientStats(7, config.withTimeSource(throwing));
      aggregator.addClient(client);
      throwing.duringNextReading(() -> {
        throw new IllegalArgumentException("a clock that breaks its contract");
      });

      assertThatIllegalArgumentException().isThrownBy(() -> aggregator.removeClient(7));

      assertThat(client.isClosed()).isFalse();
      assertThat(aggregator.removeClient(7)).isPresent();
    }

    @Test
    void addClient_closedInstanceUnderAKnownId_leavesTheKnownOneOpen() {
      ClientStats closed = aggregator.addClient(7);
      aggregator.removeClient(7);
      ClientStats live = aggregator.addClient(7);

      assertThatIllegalStateException().isThrownBy(() -> aggregator.addClient(closed));
      assertThat(live.isClosed()).isFalse();
      assertThat(aggregator.client(7)).containsSame(live);
    }

    @Test
    @SuppressWarnings("NullAway") // callers without null checking
    void null_throwsWithTheNameOfTheArgument() {
      assertThatNullPointerException()
          .isThrownBy(() -> aggregator.addClient(null))
          .withMessageContaining("stats");
      assertThatNullPointerException()
          .isThrownBy(() -> aggregator.forEachClient(null))
          .withMessageContaining("action");
      assertThatNullPointerException()
          .isThrownBy(() -> new StatsAggregator(null))
          .withMessageContaining("config");
      assertThat(aggregator.clientCount()).isZero();
    }

    @Test
    void removeClient_unknownId_isEmptyAndChangesNothing() {
      aggregator.addClient(7);

      assertThat(aggregator.removeClient(8)).isEmpty();
      assertThat(aggregator.clientCount()).isEqualTo(1);
    }

    @Test
    void removeClient_closesAndReturnsTheLastSummary() {
      ClientStats client = Rejections.busyClient(clock);
      aggregator.addClient(client);
      ClientSummary before = client.summary();
      ClientSummary last = aggregator.removeClient(7).orElseThrow();

      assertThat(last).isEqualTo(client.summary());
      assertThat(last).usingRecursiveComparison().ignoringFields("stalls").isEqualTo(before);
      assertThat(last.stalls()).isEqualTo(before.stalls() + 1); // the end counts the stall
      assertThat(client.isClosed()).isTrue();
      assertThat(aggregator.client(7)).isEmpty();
      assertThat(aggregator.clientCount()).isZero();
    }

    @Test
    void removeClient_again_isEmpty() {
      aggregator.addClient(7);
      aggregator.removeClient(7);

      assertThat(aggregator.removeClient(7)).isEmpty();
    }

    @Test
    void removeClient_keepsTheTotalsForEver() {
      ClientStats client = Rejections.busyClient(clock);
      aggregator.addClient(client);
      client.updateCurrentBytes(-1);
      AggregatedStats before = aggregator.newReader().aggregate();
      aggregator.removeClient(7);
      AggregatedStats after = aggregator.newReader().aggregate();

      assertThat(after.requests()).isEqualTo(before.requests());
      assertThat(after.errors()).isEqualTo(before.errors());
      assertThat(after.totalBytes()).isEqualTo(before.totalBytes()).isEqualTo(5000);
      assertThat(after.pipeline()).isEqualTo(before.pipeline());
      assertThat(after.playback().maxDrift()).isEqualTo(Duration.ofSeconds(8));
      assertThat(after.rejectedUpdates()).isEqualTo(before.rejectedUpdates()).isEqualTo(1);
    }

    @Test
    void removeClient_removesTheLiveFiguresFromTheSnapshot() {
      aggregator.addClient(Rejections.busyClient(clock));
      ClientSummary last = aggregator.removeClient(7).orElseThrow();
      AggregatedStats after = aggregator.aggregate();

      assertThat(after.clients()).isEqualTo(new Clients(0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      assertThat(after.playback())
          .isEqualTo(new Playback(
              0.0,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ofSeconds(8),
              last.stalls(),
              last.stalledTime()));
      assertThat(after.uptimes())
          .isEqualTo(new Uptimes(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void removeClient_laterUpdates_doNotReachTheAggregate() {
      ClientStats client = aggregator.addClient(7);
      client.updateCurrentBytes(-1);
      aggregator.removeClient(7);
      AggregatedStats before = aggregator.newReader().aggregate();
      client.updateCurrentBytes(1000);
      client.incrementManifestRequests();
      client.recordHttpError(404);
      client.recordDroppedLines(10, 10, 0, 0);
      client.onProcessStart().updateDrift(1);

      assertThat(aggregator.newReader().aggregate()).isEqualTo(before);
      assertThat(before.rejectedUpdates()).isEqualTo(1);
      assertThat(client.rejectedUpdates()).isEqualTo(7);
    }

    @Test
    void removeClient_idAddedAgain_startsAtZero() {
      aggregator.addClient(7).updateCurrentBytes(100);
      aggregator.removeClient(7);
      ClientStats second = aggregator.addClient(7);

      assertThat(second.totalBytes()).isZero();
      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(100);
    }
  }

  @Nested
  class SeveralAggregators {

    private final StatsAggregator other = new StatsAggregator(config);

    @Test
    void clientOfTwo_countsInBoth() {
      ClientStats client = aggregator.addClient(7);
      other.addClient(client);
      client.updateCurrentBytes(100);

      assertThat(aggregator.aggregate().totalBytes()).isEqualTo(100);
      assertThat(other.aggregate().totalBytes()).isEqualTo(100);
    }

    @Test
    void removedFromOne_isClosedForBothAndLiveUnchangingInTheOther() {
      ClientStats client = aggregator.addClient(7);
      other.addClient(client);
      client.updateCurrentBytes(100);
      aggregator.removeClient(7);
      AggregatedStats before = other.newReader().aggregate();
      client.updateCurrentBytes(200);

      assertThat(client.isClosed()).isTrue();
      assertThat(other.client(7)).containsSame(client);
      assertThat(before.totalBytes()).isEqualTo(100);
      assertThat(other.newReader().aggregate()).isEqualTo(before);
    }

    @Test
    void removedFromBoth_bothKeepTheTotalsAsOfTheFirstRemoval() {
      ClientStats client = aggregator.addClient(7);
      other.addClient(client);
      client.updateCurrentBytes(100);
      client.updateCurrentBytes(-1);
      aggregator.removeClient(7);
      client.updateCurrentBytes(200);

      assertThat(other.removeClient(7)).get().returns(100L, ClientSummary::totalBytes);
      assertThat(other.aggregate().totalBytes()).isEqualTo(100);
      assertThat(other.aggregate().rejectedUpdates()).isEqualTo(1);
      assertThat(aggregator.aggregate().rejectedUpdates()).isEqualTo(1);
    }

    @Test
    void closedByTheOther_cannotBeAddedToAThird() {
      ClientStats client = aggregator.addClient(7);
      aggregator.removeClient(7);

      assertThatIllegalStateException().isThrownBy(() -> other.addClient(client));
    }
  }

  @Nested
  class Walking {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void clientSummaries_idsOfBothSigns_areAscending(long seed) {
      List<Integer> ids = new ArrayList<>(
          List.of(Integer.MIN_VALUE, -100, -33, -32, -1, 0, 1, 31, 32, 1000, Integer.MAX_VALUE));
      List<Integer> shuffled = new ArrayList<>(ids);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.forEach(aggregator::addClient);

      assertThat(aggregator.clientSummaries())
          .extracting(ClientSummary::clientId)
          .containsExactlyElementsOf(ids);
      assertThat(liveIds()).isEqualTo(ids);
    }

    @Test
    void clientSummaries_areThoseOfTheClients() {
      ClientStats busy = Rejections.busyClient(clock);
      aggregator.addClient(busy);
      ClientStats fresh = aggregator.addClient(8);

      assertThat(aggregator.clientSummaries()).containsExactly(busy.summary(), fresh.summary());
    }

    @Test
    void clientSummaries_cannotBeModified() {
      aggregator.addClient(7);
      List<ClientSummary> summaries = aggregator.clientSummaries();

      assertThatThrownBy(() -> summaries.remove(0))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void clientSummaries_laterChanges_doNotChangeTheList() {
      ClientStats client = aggregator.addClient(7);
      List<ClientSummary> summaries = aggregator.clientSummaries();
      client.updateCurrentBytes(100);
      aggregator.addClient(8);

      assertThat(summaries).hasSize(1).allMatch(summary -> summary.totalBytes() == 0);
    }

    @Test
    void forEachClient_noClients_callsNothing() {
      assertThat(liveIds()).isEmpty();
      assertThat(aggregator.clientSummaries()).isEmpty();
    }

    @Test
    void forEachClient_actionAddsAndRemoves_seesTheClientsAsOfItsStart() {
      IntStream.range(0, 50).forEach(aggregator::addClient);
      List<Integer> seen = new ArrayList<>();
      aggregator.forEachClient(client -> {
        seen.add(client.clientId());
        aggregator.removeClient(49 - client.clientId());
        aggregator.addClient(100 + client.clientId());
      });

      assertThat(seen).isEqualTo(IntStream.range(0, 50).boxed().toList());
      assertThat(liveIds()).isEqualTo(IntStream.range(100, 150).boxed().toList());
    }

    @Test
    void forEachClient_actionThrows_endsTheWalkAndLeavesTheAggregatorUsable() {
      IntStream.range(0, 5).forEach(aggregator::addClient);
      List<Integer> seen = new ArrayList<>();

      assertThatIllegalStateException()
          .isThrownBy(() -> aggregator.forEachClient(client -> {
            seen.add(client.clientId());
            if (client.clientId() == 2) {
              throw new IllegalStateException("enough");
            }
          }));
      assertThat(seen).containsExactly(0, 1, 2);
      assertThat(liveIds()).hasSize(5);
    }
  }

  @Nested
  class Counts {

    @Test
    void peakActive_clientsComeAndGo_isTheMostAtOnce() {
      IntStream.range(0, 5).forEach(aggregator::addClient);
      IntStream.range(0, 4).forEach(aggregator::removeClient);
      IntStream.range(10, 13).forEach(aggregator::addClient);
      Clients clients = aggregator.aggregate().clients();

      assertThat(clients.active()).isEqualTo(4);
      assertThat(clients.peakActive()).isEqualTo(5);
      assertThat(clients.everAdded()).isEqualTo(8);
    }

    @Test
    void peakActive_clientReplaced_doesNotRise() {
      aggregator.addClient(1);
      aggregator.addClient(2);
      aggregator.addClient(2);

      assertThat(aggregator.aggregate().clients().peakActive()).isEqualTo(2);
      assertThat(aggregator.aggregate().clients().everAdded()).isEqualTo(3);
    }

    @Test
    void speeds_splitTheClientsInThree() {
      double[] speeds = {1.0, 1.5, Double.MAX_VALUE, 0.999, 0.9, 0.5, Double.MIN_VALUE, 0.0};
      for (int id = 0; id < speeds.length; id++) {
        aggregator.addClient(id).updateSpeed(speeds[id]);
      }
      aggregator.addClient(100); // has no sample
      Clients clients = aggregator.aggregate().clients();

      assertThat(clients.aboveRealtime()).isEqualTo(3);
      assertThat(clients.belowRealtime()).isEqualTo(4);
      assertThat(clients.unknownSpeed()).isEqualTo(2);
      assertThat(clients.active()).isEqualTo(9);
    }

    @ForAnyClockOrigin
    void stalled_isTheNumberOfStalledClients(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      StatsAggregator subject = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
      subject.addClient(1).updateSpeed(0.5);
      subject.addClient(2).updateSpeed(1.0);
      time.advance(Duration.ofSeconds(1));
      subject.addClient(3).updateSpeed(0.5);

      time.advance(Duration.ofSeconds(4));
      assertThat(subject.aggregate().clients().stalled()).isZero();
      time.advance(Duration.ofNanos(1));
      assertThat(subject.aggregate().clients().stalled()).isEqualTo(1);
      time.advance(Duration.ofSeconds(1));
      assertThat(subject.aggregate().clients().stalled()).isEqualTo(2);
    }

    @Test
    void drifts_areCountedBySampleSignAndThreshold() {
      clock.setElapsed(Duration.ZERO);
      List<ClientStats> clients =
          IntStream.range(0, 6).mapToObj(aggregator::addClient).toList();
      clock.advance(Duration.ofSeconds(10));
      clients.get(0).updateDrift(0); // no sample
      clients.get(1).updateDrift(12 * SECOND); // -2 s
      clients.get(2).updateDrift(10 * SECOND); // 0
      clients.get(3).updateDrift(9 * SECOND); // 1 s
      clients.get(4).updateDrift(5 * SECOND); // 5 s: not above the threshold
      clients.get(5).updateDrift(4 * SECOND); // 6 s
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.clients().withDrift()).isEqualTo(5);
      assertThat(snapshot.clients().lagging()).isEqualTo(3);
      assertThat(snapshot.clients().highDrift()).isEqualTo(1);
      assertThat(snapshot.playback().averageDrift()).isEqualTo(Duration.ofSeconds(2)); // 10 / 5
      assertThat(snapshot.playback().averageLag()).isEqualTo(Duration.ofSeconds(4)); // 12 / 3
      assertThat(snapshot.playback().maxDrift()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void drift_newRun_countsNoSample() {
      ClientStats client = aggregator.addClient(7);
      clock.advance(Duration.ofSeconds(10));
      client.updateDrift(1);
      client.onProcessStart();
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.clients().withDrift()).isZero();
      assertThat(snapshot.playback().averageDrift()).isZero();
      assertThat(snapshot.playback().maxDrift())
          .isEqualTo(Duration.ofSeconds(10).minusNanos(1000));
    }

    @Test
    void degraded_isStrictlyAboveTheThresholdOfTheAggregator() {
      aggregator.addClient(1).recordDroppedLines(1000, 10, 0, 0); // exactly 1 %
      aggregator.addClient(2).recordDroppedLines(1000, 11, 0, 0);
      aggregator.addClient(3).recordDroppedLines(1000, 0, 0, 0);
      aggregator.addClient(4);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.clients().withDrops()).isEqualTo(2);
      assertThat(snapshot.clients().degraded()).isEqualTo(1);
      assertThat(snapshot.pipeline().degraded()).as("21 of 3000").isFalse();
    }

    @Test
    void pipelineDegraded_isStrictlyAboveTheThresholdForTheTotal() {
      ClientStats client = aggregator.addClient(1);
      client.recordDroppedLines(1000, 10, 1000, 10);
      assertThat(aggregator.aggregate().pipeline().degraded()).isFalse();

      client.recordDroppedLines(1000, 11, 1000, 10);
      assertThat(aggregator.aggregate().pipeline().degraded()).isTrue();
      assertThat(aggregator.aggregate().pipeline().dropRate()).isEqualTo(21.0 / 2000);

      aggregator.removeClient(1);
      assertThat(aggregator.aggregate().pipeline().degraded()).as("departed").isTrue();
    }

    @Test
    void client_withConfigOfItsOwn_isJudgedByItAndDegradedByTheAggregator() {
      ManualTimeSource ownClock = new ManualTimeSource(Instant.EPOCH, Long.MIN_VALUE);
      ClientStats client = new ClientStats(
          7,
          new StatsConfig(
              2.0,
              Duration.ofSeconds(60),
              Duration.ofSeconds(60),
              Duration.ofSeconds(60),
              0.9,
              ownClock));
      ownClock.advance(Duration.ofSeconds(30));
      client.updateDrift(1 * SECOND);
      client.updateSpeed(1.5); // below the threshold of the client
      client.recordDroppedLines(100, 50, 0, 0);
      aggregator.addClient(client);

      AggregatedStats early = aggregator.aggregate();
      assertThat(early.clients().stalled()).isZero();
      assertThat(early.clients().highDrift()).isZero();
      assertThat(early.clients().degraded()).isEqualTo(1);
      assertThat(early.uptimes().max()).isEqualTo(Duration.ofSeconds(30));

      ownClock.advance(Duration.ofSeconds(61)); // the clock of the aggregator does not move
      client.updateDrift(1 * SECOND);
      AggregatedStats late = aggregator.aggregate();
      assertThat(late.clients().stalled()).isEqualTo(1);
      assertThat(late.clients().highDrift()).isEqualTo(1);
      assertThat(late.uptimes().max()).isEqualTo(Duration.ofSeconds(91));
      assertThat(late.elapsed()).isZero();
    }
  }

  @Nested
  class TotalsAndAverages {

    @Test
    void aggregate_noClients_givesZerosAndNeverNaN() {
      Rates none = new Rates(0.0, 0.0, 0.0);

      for (Duration elapsed : List.of(Duration.ZERO, Duration.ofSeconds(10))) {
        clock.setElapsed(elapsed);
        Lines lines = new Lines(0, 0);
        AggregatedStats snapshot = aggregator.newReader().aggregate();
        assertThat(snapshot)
            .isEqualTo(new AggregatedStats(
                aggregator.startTime(),
                clock.instant(),
                elapsed,
                new Clients(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new Requests(0, 0, 0, 0),
                0,
                0,
                0,
                new Errors(Collections.emptySortedMap(), 0, 0),
                new Playback(0.0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO),
                new Pipeline(lines, lines, 0.0, false),
                new Uptimes(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                LatencySnapshot.EMPTY,
                none,
                none,
                0));
        assertThat(snapshot.errorRate()).isEqualTo(0.0);
        assertThat(snapshot.pipeline().dropRate()).isEqualTo(0.0);
      }
    }

    @Test
    void aggregate_liveAndDepartedClients_addsUpAllAdditiveTotals() {
      for (int id = 1; id <= 3; id++) {
        ClientStats client = aggregator.addClient(id);
        repeat(id, ignored -> client.incrementManifestRequests());
        repeat(10 * id, ignored -> client.incrementSegmentRequests());
        repeat(100 * id, ignored -> client.incrementInitRequests());
        repeat(1000 * id, ignored -> client.incrementUnknownRequests());
        repeat(2 * id, ignored -> client.recordReconnection());
        repeat(3 * id, ignored -> client.recordTimeout());
        repeat(4 * id, ignored -> client.recordHttpError(404));
        repeat(5 * id, ignored -> client.recordHttpError(500 + client.clientId()));
        repeat(6 * id, ignored -> client.recordSegmentSize(-1));
        client.updateCurrentBytes(7L * id);
        repeat(id, bytes -> client.recordSegmentSize(1 + bytes));
        repeat(2 * id, ignored -> client.onProcessStart());
        client.recordDroppedLines(100L * id, id, 200L * id, 2L * id);
      }
      aggregator.removeClient(2);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.requests()).isEqualTo(new Requests(6, 60, 600, 6000));
      assertThat(snapshot.errors().reconnections()).isEqualTo(12);
      assertThat(snapshot.errors().timeouts()).isEqualTo(18);
      assertThat(snapshot.errors().http()).isEqualTo(Map.of(404, 24L, 501, 5L, 502, 10L, 503, 15L));
      assertThat(snapshot.errors().http().keySet()).containsExactly(404, 501, 502, 503);
      assertThat(snapshot.rejectedUpdates()).isEqualTo(36);
      assertThat(snapshot.totalBytes()).isEqualTo(42);
      assertThat(snapshot.downloadedBytes()).isEqualTo(1 + 3 + 6);
      assertThat(snapshot.processStarts()).isEqualTo(12);
      assertThat(snapshot.pipeline().progress()).isEqualTo(new Lines(600, 6));
      assertThat(snapshot.pipeline().stderr()).isEqualTo(new Lines(1200, 12));
    }

    private void repeat(int times, LongConsumer action) {
      LongStream.range(0, times).forEach(action);
    }

    @Test
    void aggregate_clientsWithAndWithoutHttpErrors_doesNotCarryCountsOver() {
      aggregator.addClient(1).recordHttpError(404);
      aggregator.addClient(2);
      aggregator.addClient(3).recordHttpError(404);
      aggregator.addClient(4);
      aggregator.removeClient(4);

      assertThat(aggregator.aggregate().errors().http()).isEqualTo(Map.of(404, 2L));
    }

    @Test
    void aggregate_greatestLongs_saturates() {
      for (int id = 1; id <= 3; id++) {
        ClientStats client = aggregator.addClient(id);
        client.updateCurrentBytes(Long.MAX_VALUE);
        client.recordSegmentSize(Long.MAX_VALUE);
        client.recordDroppedLines(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
      }
      aggregator.removeClient(1);
      clock.advance(Duration.ofNanos(1));
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.totalBytes()).isEqualTo(Long.MAX_VALUE);
      assertThat(snapshot.downloadedBytes()).isEqualTo(Long.MAX_VALUE);
      assertThat(snapshot.pipeline().progress())
          .isEqualTo(new Lines(Long.MAX_VALUE, Long.MAX_VALUE));
      assertThat(snapshot.pipeline().linesRead()).isEqualTo(Long.MAX_VALUE);
      assertThat(snapshot.pipeline().linesDropped()).isEqualTo(Long.MAX_VALUE);
      assertThat(snapshot.pipeline().dropRate()).isEqualTo(1.0);
      assertThat(snapshot.sinceStart().bytesPerSecond()).isFinite().isPositive();
    }

    @Test
    void peakDropRate_isTheHighestOfLiveAndDepartedClients() {
      aggregator.addClient(1).recordDroppedLines(10, 1, 0, 0);
      aggregator.addClient(2).recordDroppedLines(10, 5, 0, 0);
      assertThat(aggregator.peakDropRate()).isEqualTo(0.5);

      aggregator.removeClient(2);
      assertThat(aggregator.peakDropRate()).isEqualTo(0.5);
      assertThat(aggregator.aggregate().pipeline().peakDropRate()).isEqualTo(0.5);

      aggregator.addClient(3).recordDroppedLines(10, 6, 0, 0);
      assertThat(aggregator.peakDropRate()).isEqualTo(0.6);
      assertThat(aggregator.aggregate().pipeline().peakDropRate()).isEqualTo(0.6);
    }

    @Test
    void averageSpeed_isOverTheClientsWithAKnownSpeed() {
      aggregator.addClient(1).updateSpeed(0.5);
      aggregator.addClient(2).updateSpeed(2.0);
      aggregator.addClient(3).updateSpeed(Double.NaN);
      aggregator.addClient(4);

      assertThat(aggregator.aggregate().playback().averageSpeed()).isEqualTo(1.25);
    }

    @Test
    void averageSpeed_oneClient_isItsSpeed() {
      aggregator.addClient(1).updateSpeed(1.0 / 3);

      assertThat(aggregator.aggregate().playback().averageSpeed()).isEqualTo(1.0 / 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.1, Double.MIN_VALUE, Double.MAX_VALUE})
    void averageSpeed_manyClientsAtOneSpeed_isThatSpeed(double speed) {
      for (int id = 0; id < 1_000; id++) {
        aggregator.addClient(id).updateSpeed(speed);

        assertThat(aggregator.aggregate().playback().averageSpeed()).isEqualTo(speed);
      }
    }

    @Test
    void averageSpeed_sumBeyondTheRangeOfDouble_isTheMeanAllTheSame() {
      double[] speeds = {Double.MAX_VALUE, Double.MAX_VALUE, 1.0, 1.0};
      for (int id = 0; id < speeds.length; id++) {
        aggregator.addClient(id).updateSpeed(speeds[id]);
      }

      assertThat(aggregator.aggregate().playback().averageSpeed()).isEqualTo(Double.MAX_VALUE / 2);
    }

    @Test
    void averageDrift_isRoundedDownAlsoBelowZero() {
      ClientStats ahead = aggregator.addClient(1);
      ClientStats atRealTime = aggregator.addClient(2);
      clock.advance(Duration.ofNanos(999));
      ahead.updateDrift(1); // -1 ns
      clock.advance(Duration.ofNanos(1));
      atRealTime.updateDrift(1); // 0

      assertThat(aggregator.aggregate().playback().averageDrift()).isEqualTo(Duration.ofNanos(-1));
    }

    @Test
    void averageDrift_extremes_isExact() {
      ClientStats first = aggregator.addClient(1);
      ClientStats second = aggregator.addClient(2);
      ClientStats third = aggregator.addClient(3);
      first.updateDrift(Long.MAX_VALUE);
      second.updateDrift(Long.MAX_VALUE);
      third.updateDrift(Long.MAX_VALUE);
      assertThat(aggregator.aggregate().playback().averageDrift())
          .isEqualTo(Duration.ofNanos(-Long.MAX_VALUE));

      clock.advance(Duration.ofNanos(Long.MAX_VALUE));
      first.updateDrift(1);
      second.updateDrift(1);
      third.updateDrift(1);
      AggregatedStats late = aggregator.aggregate();
      assertThat(late.playback().averageDrift()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE - 1000));
      assertThat(late.playback().averageLag()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE - 1000));
      assertThat(late.uptimes().average()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @ForAnyClockOrigin
    void uptimes_areMinimumMaximumAndExactAverage(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      StatsAggregator subject = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
      subject.addClient(1);
      time.advance(Duration.ofSeconds(1));
      subject.addClient(2);
      time.advance(Duration.ofSeconds(1));
      subject.addClient(3);
      time.advance(Duration.ofNanos(1));
      assertThat(subject.aggregate().uptimes())
          .isEqualTo(new Uptimes(
              Duration.ofNanos(1),
              Duration.ofSeconds(2).plusNanos(1),
              Duration.ofSeconds(1).plusNanos(1)));

      subject.removeClient(1);
      assertThat(subject.aggregate().uptimes()) // the average of 1.000000001 s and 1 ns
          .isEqualTo(new Uptimes(
              Duration.ofNanos(1),
              Duration.ofSeconds(1).plusNanos(1),
              Duration.ofMillis(500).plusNanos(1)));
    }

    @Test
    void uptimes_average_isRoundedDown() {
      aggregator.addClient(1);
      clock.advance(Duration.ofNanos(1));
      aggregator.addClient(2);

      assertThat(aggregator.aggregate().uptimes().average()).isZero(); // 0.5 ns
    }

    @Test
    void snapshot_laterChanges_doNotChangeIt() {
      ClientStats client = aggregator.addClient(7);
      client.recordHttpError(404);
      aggregator.recordSegmentWallTime(5);
      AggregatedStats early = aggregator.aggregate();
      client.recordHttpError(404);
      client.recordHttpError(500);
      client.updateCurrentBytes(10);
      aggregator.recordSegmentWallTime(6);
      aggregator.removeClient(7);

      assertThat(early.errors().http()).isEqualTo(Map.of(404, 1L));
      assertThat(early.totalBytes()).isZero();
      assertThat(early.clients().active()).isEqualTo(1);
      assertThat(early.segmentWallTimes().count()).isEqualTo(1);
    }

    @Test
    void snapshot_errorMap_cannotBeModified() {
      aggregator.addClient(7).recordHttpError(404);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThatThrownBy(() -> snapshot.errors().http().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Nested
  class WallTimes {

    @Test
    void recordSegmentWallTime_showsInTheSnapshot() {
      aggregator.recordSegmentWallTime(0);
      aggregator.recordSegmentWallTime(1_000_000);
      aggregator.recordSegmentWallTime(Long.MAX_VALUE);
      LatencySnapshot wallTimes = aggregator.aggregate().segmentWallTimes();

      assertThat(wallTimes.count()).isEqualTo(3);
      assertThat(wallTimes.min()).isZero();
      assertThat(wallTimes.percentileBounds(0.5))
          .satisfies(
              bounds -> assertThat(Duration.ofMillis(1)).isBetween(bounds.lower(), bounds.upper()));
      assertThat(wallTimes.max()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void recordSegmentWallTime_negative_isRejectedAndCounted(long nanos) {
      aggregator.addClient(7).updateCurrentBytes(-1);
      aggregator.recordSegmentWallTime(nanos);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.segmentWallTimes().isEmpty()).isTrue();
      assertThat(snapshot.rejectedUpdates()).isEqualTo(2);
    }

    /** A wall time belongs to the swarm. A request belongs to its client. */
    @Test
    void recordSegmentWallTime_afterTheRemovalOfTheClient_isRecordedAlthoughTheRequestIsRejected() {
      ClientStats client = aggregator.addClient(7);
      client.incrementSegmentRequests();
      aggregator.removeClient(7);
      client.incrementSegmentRequests();
      aggregator.recordSegmentWallTime(1_000);
      aggregator.recordSegmentWallTime(2_000);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.requests().segment()).isEqualTo(1);
      assertThat(snapshot.segmentWallTimes().count()).isEqualTo(2);
      assertThat(snapshot.rejectedUpdates()).isZero();
      assertThat(client.rejectedUpdates()).isEqualTo(1);
    }
  }

  @Nested
  class Time {

    @ForAnyClockOrigin
    void elapsed_isTheTimeSinceConstruction(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      StatsAggregator subject = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
      assertThat(subject.elapsed()).isZero();
      time.advance(Duration.ofSeconds(3).plusNanos(1));

      assertThat(subject.elapsed()).isEqualTo(Duration.ofSeconds(3).plusNanos(1));
      assertThat(subject.aggregate().elapsed()).isEqualTo(Duration.ofSeconds(3).plusNanos(1));
      assertThat(subject.aggregate().timestamp())
          .isEqualTo(Instant.parse("1970-01-01T00:00:03.000000001Z"));
      assertThat(subject.startTime()).isEqualTo(Instant.parse("1970-01-01T00:00:00Z"));
    }

    @Test
    void elapsed_clockWentBack_isZero() {
      clock.setElapsed(Duration.ofSeconds(-5));
      aggregator.addClient(1);

      assertThat(aggregator.elapsed()).isZero();
      assertThat(aggregator.aggregate().elapsed()).isZero();
      assertThat(aggregator.aggregate().sinceStart()).isEqualTo(new Rates(0.0, 0.0, 0.0));
    }

    @Test
    void constructor_withoutConfig_usesSystemTime() {
      StatsAggregator subject = new StatsAggregator();

      assertThat(subject.startTime()).isBeforeOrEqualTo(Instant.now());
      assertThat(subject.elapsed()).isBetween(Duration.ZERO, Duration.ofDays(1));
      assertThat(subject.addClient(1).isClosed()).isFalse();
    }
  }

  @Nested
  class Reset {

    @Test
    void reset_isLikeANewAggregator() {
      aggregator.addClient(Rejections.busyClient(clock));
      aggregator.addClient(8).updateCurrentBytes(100);
      aggregator.removeClient(8);
      aggregator.recordSegmentWallTime(5);
      aggregator.recordSegmentWallTime(-5);
      aggregator.aggregate();
      aggregator.reset();

      assertThat(aggregator.aggregate()).isEqualTo(new StatsAggregator(config).aggregate());
      assertThat(aggregator.clientCount()).isZero();
      assertThat(aggregator.client(7)).isEmpty();
      assertThat(aggregator.clientSummaries()).isEmpty();
      assertThat(aggregator.peakDropRate()).isEqualTo(0.0);
    }

    @ForAnyClockOrigin
    void reset_startsTimeAnew(long origin) {
      ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
      StatsAggregator subject = new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
      time.advance(Duration.ofSeconds(3));
      subject.reset();
      assertThat(subject.elapsed()).isZero();
      assertThat(subject.startTime()).isEqualTo(Instant.parse("1970-01-01T00:00:03Z"));
      time.advance(Duration.ofSeconds(2));

      assertThat(subject.elapsed()).isEqualTo(Duration.ofSeconds(2));
      assertThat(subject.aggregate().elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    /** The start time tells to which epoch a snapshot belongs, even if the clock stands still. */
    @Test
    void reset_clockStandsStill_givesEachEpochItsOwnStartTime() {
      Set<Instant> starts = new HashSet<>();
      for (int epoch = 0; epoch < 10; epoch++) {
        starts.add(aggregator.aggregate().startTime());
        assertThat(aggregator.aggregate().startTime()).isEqualTo(aggregator.startTime());
        aggregator.reset();
      }

      assertThat(starts).hasSize(10);
    }

    /** A correction of the machine's time moves the wall clock alone. */
    @Test
    void reset_wallClockGoesBack_startTimesStillRise() {
      ManualTimeSource wallClock = new ManualTimeSource();
      StatsAggregator subject = new StatsAggregator(config.withTimeSource(new TimeSource() {
        @Override
        public long nanoTime() {
          return clock.nanoTime();
        }

        @Override
        public Instant instant() {
          return wallClock.instant();
        }
      }));
      AggregatedStats before = subject.aggregate();
      for (int epoch = 0; epoch < 10; epoch++) {
        wallClock.advance(Duration.ofHours(-1));
        clock.advance(Duration.ofSeconds(1));
        subject.reset();
        subject.recordSegmentWallTime(epoch);
        AggregatedStats after = subject.aggregate();

        assertThat(after.startTime()).isAfter(before.startTime());
        assertThat(after.since(before).segmentWallTimes().count()).isEqualTo(1);
        before = after;
      }
    }

    @Test
    void reset_snapshotOfTheOldEpoch_isNoPartOfTheInterval() {
      ClientStats client = aggregator.addClient(1);
      client.incrementSegmentRequests();
      aggregator.recordSegmentWallTime(5);
      AggregatedStats old = aggregator.aggregate();
      aggregator.reset();
      aggregator.recordSegmentWallTime(7);
      Interval interval = aggregator.aggregate().since(old);

      assertThat(interval.requests().total()).isZero();
      assertThat(interval.segmentWallTimes().max()).isEqualTo(Duration.ofNanos(7));
      assertThat(interval.segmentWallTimes().count()).isEqualTo(1);
      assertThat(interval.from()).isEqualTo(aggregator.startTime());
    }

    @Test
    void reset_closesNoClient() {
      ClientStats client = aggregator.addClient(7);
      aggregator.reset();
      client.updateCurrentBytes(100);

      assertThat(client.isClosed()).isFalse();
      assertThat(client.totalBytes()).isEqualTo(100);
      assertThat(aggregator.aggregate().totalBytes()).isZero();
    }

    @Test
    void reset_clientAddedAgain_bringsAllThatItRecorded() {
      ClientStats client = aggregator.addClient(7);
      client.updateCurrentBytes(100);
      clock.advance(Duration.ofSeconds(3));
      aggregator.reset();
      aggregator.addClient(client);
      AggregatedStats snapshot = aggregator.aggregate();

      assertThat(snapshot.totalBytes()).isEqualTo(100);
      assertThat(snapshot.uptimes().max()).isEqualTo(Duration.ofSeconds(3));
      assertThat(snapshot.clients().everAdded()).isEqualTo(1);
      assertThat(snapshot.clients().peakActive()).isEqualTo(1);
    }

    @Test
    void reset_removeClientOfTheOldEpoch_isEmptyAndDoesNotCloseIt() {
      ClientStats client = aggregator.addClient(7);
      aggregator.reset();

      assertThat(aggregator.removeClient(7)).isEmpty();
      assertThat(client.isClosed()).isFalse();
    }

    @Test
    void reset_newClientUnderAnOldId_doesNotCloseTheOldOne() {
      ClientStats old = aggregator.addClient(7);
      aggregator.reset();
      aggregator.addClient(7);

      assertThat(old.isClosed()).isFalse();
    }

    @Test
    void reset_oftenInARow_isOneMoreEmptyEpochEachTime() {
      for (int i = 0; i < 10; i++) {
        aggregator.addClient(i).updateCurrentBytes(100);
        clock.advance(Duration.ofSeconds(1));
        assertThat(aggregator.aggregate().instantaneous().bytesPerSecond()).isEqualTo(100.0);
        aggregator.reset();
      }

      assertThat(aggregator.aggregate().clients().everAdded()).isZero();
    }
  }
}
