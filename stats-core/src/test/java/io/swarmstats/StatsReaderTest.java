package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsReaderTest {

  private static final Rates NONE = new Rates(0.0, 0.0, 0.0);

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator aggregator = aggregator(clock);
  private final ClientStats client = aggregator.addClient(7);
  private final StatsReader reader = aggregator.newReader();

  private static StatsAggregator aggregator(TimeSource time) {
    return new StatsAggregator(StatsConfig.defaults().withTimeSource(time));
  }

  private static void fetch(ClientStats client, int manifests, int segments, long totalBytes) {
    for (int i = 0; i < manifests; i++) {
      client.incrementManifestRequests();
    }
    for (int i = 0; i < segments; i++) {
      client.incrementSegmentRequests();
    }
    client.updateCurrentBytes(totalBytes);
  }

  private static Rates rates(double manifests, double segments, double bytes) {
    return new Rates(manifests, segments, bytes);
  }

  @ForAnyClockOrigin
  void aggregate_first_isTheRateSinceStart(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    StatsAggregator subject = aggregator(time);
    fetch(subject.addClient(1), 4, 6, 1000);
    time.advance(Duration.ofSeconds(2));
    AggregatedStats first = subject.newReader().aggregate();

    assertThat(first.sinceStart()).isEqualTo(rates(2, 3, 500));
    assertThat(first.instantaneous()).isEqualTo(first.sinceStart());
  }

  @ForAnyClockOrigin
  void aggregate_second_isTheRateSinceTheFirst(long origin) {
    ManualTimeSource time = new ManualTimeSource(Instant.EPOCH, origin);
    StatsAggregator subject = aggregator(time);
    StatsReader ownReader = subject.newReader();
    ClientStats recorder = subject.addClient(1);
    fetch(recorder, 4, 6, 1000);
    time.advance(Duration.ofSeconds(2));
    ownReader.aggregate();
    fetch(recorder, 1, 2, 1600);
    time.advance(Duration.ofMillis(500));
    AggregatedStats second = ownReader.aggregate();

    assertThat(second.instantaneous()).isEqualTo(rates(2, 4, 1200));
    assertThat(second.sinceStart()).isEqualTo(rates(2, 3.2, 640));
  }

  @Test
  void aggregate_noTimeSinceStart_isZeroAndTheIncrementsShowNext() {
    fetch(client, 1, 1, 100);
    assertThat(reader.aggregate().instantaneous()).isEqualTo(NONE);
    assertThat(reader.aggregate().sinceStart()).isEqualTo(NONE);
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(rates(1, 1, 100));
  }

  @Test
  void aggregate_noTimeSinceTheLast_isZeroAndTheIncrementsShowNext() {
    clock.advance(Duration.ofSeconds(1));
    reader.aggregate();
    fetch(client, 3, 5, 100);
    AggregatedStats sameTime = reader.aggregate();
    assertThat(sameTime.instantaneous()).isEqualTo(NONE);
    assertThat(sameTime.totalBytes()).isEqualTo(100);
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(rates(3, 5, 100));
  }

  @Test
  void aggregate_nothingHappened_isZero() {
    fetch(client, 3, 5, 100);
    clock.advance(Duration.ofSeconds(1));
    reader.aggregate();
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(NONE);
  }

  @Test
  void aggregate_clockWentBack_isZeroAndTheIncrementsShowOnceItIsAhead() {
    clock.setElapsed(Duration.ofSeconds(10));
    reader.aggregate();
    fetch(client, 1, 1, 100);
    clock.setElapsed(Duration.ofSeconds(5));
    assertThat(reader.aggregate().instantaneous()).isEqualTo(NONE);
    clock.setElapsed(Duration.ofSeconds(11));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(rates(1, 1, 100));
  }

  @Test
  void aggregate_clientRemoved_doesNotFallBelowZeroAndKeepsItsIncrements() {
    fetch(client, 0, 0, 1000);
    clock.advance(Duration.ofSeconds(1));
    reader.aggregate();
    client.updateCurrentBytes(1500);
    aggregator.removeClient(7);
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(rates(0, 0, 500));
  }

  @Test
  void aggregate_twoReaders_doNotDisturbEachOther() {
    StatsReader everySecond = aggregator.newReader();
    StatsReader everyFive = aggregator.newReader();
    for (int second = 1; second <= 20; second++) {
      client.updateCurrentBytes(second * 100L);
      clock.advance(Duration.ofSeconds(1));
      assertThat(everySecond.aggregate().instantaneous()).isEqualTo(rates(0, 0, 100));
      if (second % 5 == 0) {
        assertThat(everyFive.aggregate().instantaneous()).isEqualTo(rates(0, 0, 100));
      }
    }
  }

  @Test
  void aggregate_ofTheAggregator_isAReaderOfItsOwn() {
    fetch(client, 0, 0, 100);
    clock.advance(Duration.ofSeconds(1));
    aggregator.aggregate();
    fetch(client, 0, 0, 300);
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous())
        .isEqualTo(rates(0, 0, 150)); // the first window of this reader
    assertThat(aggregator.aggregate().instantaneous()).isEqualTo(rates(0, 0, 200));
  }

  @Test
  void newReader_returnsAnotherEachTime() {
    assertThat(aggregator.newReader()).isNotSameAs(aggregator.newReader());
  }

  @Test
  void newReader_createdLate_startsItsWindowWithTheEpoch() {
    fetch(client, 0, 0, 1000);
    clock.advance(Duration.ofSeconds(10));

    assertThat(aggregator.newReader().aggregate().instantaneous()).isEqualTo(rates(0, 0, 100));
  }

  @Test
  void aggregate_afterAReset_isTheRateSinceTheReset() {
    fetch(client, 10, 10, 1000);
    clock.advance(Duration.ofSeconds(10));
    reader.aggregate();
    aggregator.reset();
    fetch(aggregator.addClient(8), 2, 4, 50);
    clock.advance(Duration.ofSeconds(2));
    AggregatedStats after = reader.aggregate();

    assertThat(after.instantaneous()).isEqualTo(rates(1, 2, 25));
    assertThat(after.sinceStart()).isEqualTo(after.instantaneous());
  }

  @Test
  void aggregate_afterAResetAtTheSameTime_isZeroAndTheNextIsSinceTheReset() {
    fetch(client, 10, 10, 1000);
    clock.advance(Duration.ofSeconds(10));
    reader.aggregate();
    aggregator.reset();
    assertThat(reader.aggregate().instantaneous()).isEqualTo(NONE);
    fetch(aggregator.addClient(8), 0, 0, 50);
    clock.advance(Duration.ofSeconds(1));

    assertThat(reader.aggregate().instantaneous()).isEqualTo(rates(0, 0, 50));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aggregate_windowsTileTime(long seed) {
    Random random = new Random(seed);
    double bytes = 0;
    Duration end = Duration.ZERO;
    long reported = 0;
    for (int i = 0; i < 500; i++) {
      reported += random.nextInt(1000);
      client.updateCurrentBytes(reported);
      clock.advance(Duration.ofNanos(
          random.nextInt(3) * 250_000_000L)); // a third of the steps: no time passes
      AggregatedStats snapshot = reader.aggregate();
      double window = snapshot.elapsed().minus(end).toNanos() / 1e9;
      bytes += snapshot.instantaneous().bytesPerSecond() * window;
      end = snapshot.elapsed();
    }
    clock.advance(Duration.ofSeconds(1));
    bytes += reader.aggregate().instantaneous().bytesPerSecond();

    assertThat(bytes).isCloseTo((double) reported, within(1e-3));
  }

  @Test
  void aggregate_greatestBytesInOneNanosecond_isFinite() {
    fetch(client, 1, 1, Long.MAX_VALUE);
    clock.advance(Duration.ofNanos(1));

    assertThat(reader.aggregate().instantaneous().bytesPerSecond()).isFinite().isPositive();
  }

  // threads that share a reader

  @Test
  void aggregate_twoOthersMovedTheWindowMeanwhile_returnsTheSnapshotOfTheSecond() {
    CallbackClock time = new CallbackClock();
    StatsReader shared = aggregator(time).newReader();
    List<AggregatedStats> others = new ArrayList<>();
    time.advance(Duration.ofSeconds(1));
    time.duringNextReading(() -> {
      for (int i = 0; i < 2; i++) {
        time.advance(Duration.ofSeconds(1));
        others.add(shared.aggregate());
      }
    });

    assertThat(shared.aggregate()).isSameAs(others.get(1));
  }

  @Test
  void aggregate_anotherMovedTheWindowDuringEachOfItsWalks_takesNoThirdSnapshot() {
    CallbackClock time = new CallbackClock();
    StatsReader shared = aggregator(time).newReader();
    List<AggregatedStats> others = new ArrayList<>();
    Runnable other = () -> {
      time.advance(Duration.ofSeconds(1));
      others.add(shared.aggregate());
    };
    time.advance(Duration.ofSeconds(1));
    time.duringNextReading(() -> {
      other.run();
      time.advance(Duration.ofSeconds(1)); // a window of no time would not move
      time.duringNextReading(other);
    });

    assertThat(shared.aggregate()).isSameAs(others.get(1));
    assertThat(others).hasSize(2);
  }

  @Test
  void aggregate_oneOtherMovedTheWindowMeanwhile_takesANewSnapshot() {
    CallbackClock time = new CallbackClock();
    StatsAggregator swarm = aggregator(time);
    StatsReader shared = swarm.newReader();
    List<AggregatedStats> others = new ArrayList<>();
    time.advance(Duration.ofSeconds(1));
    time.duringNextReading(() -> {
      time.advance(Duration.ofSeconds(1));
      others.add(shared.aggregate());
      swarm.addClient(1); // after the snapshot of the other
      time.advance(Duration.ofSeconds(1));
    });
    AggregatedStats taken = shared.aggregate();

    assertThat(taken.elapsed()).isEqualTo(others.get(0).elapsed().plusSeconds(1));
    assertThat(taken.clients().active()).isEqualTo(1);
  }
}
