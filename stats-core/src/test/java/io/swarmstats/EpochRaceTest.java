package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The windows of readers, and resets: promises G12 and G13. */
class EpochRaceTest {
  private static final int TICKS = 20_000;
  private static final int UPDATES = 100_000;
  private static final int CHURNERS = 3;
  private static final int RESETS = 100;
  private static final int STEPS_OF_LAST_WAVE = 20_000;
  private static final long BYTES_OF_EACH = 1_000;

  private final ManualTimeSource clock = new ManualTimeSource();

  /** All windows of a reader together contain every count exactly once. */
  @Test
  void windows_of_a_reader_that_threads_share_tile_time() {
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    ClientStats client = aggregator.addClient(1);
    StatsReader shared = aggregator.newReader();
    StatsReader other = aggregator.newReader();
    Queue<AggregatedStats> ofShared = new ConcurrentLinkedQueue<>();
    Queue<AggregatedStats> ofOther = new ConcurrentLinkedQueue<>();
    Race.Action recorder = () -> {
      for (int i = 1; i <= UPDATES; i++) {
        client.incrementManifestRequests();
        client.incrementSegmentRequests();
        client.incrementSegmentRequests();
        client.updateCurrentBytes(10L * i);
      }
    };
    Race.Action aggregation = () -> {
      for (int i = 0; i < TICKS / 10; i++) {
        ofShared.add(shared.aggregate());
      }
    };

    Race.observed(
        () -> ofOther.add(other.aggregate()), recorder, recorder, aggregation, aggregation, () -> {
          for (int i = 0; i < TICKS; i++) {
            clock.advance(Duration.ofMillis(1));
          }
        });
    clock.advance(Duration.ofMillis(1));
    ofShared.add(shared.aggregate());
    ofOther.add(other.aggregate());

    assertWindowsTileTime(ofShared);
    assertWindowsTileTime(ofOther);
  }

  private static void assertWindowsTileTime(Queue<AggregatedStats> snapshots) {
    List<AggregatedStats> inOrder = new ArrayList<>(snapshots);
    inOrder.sort(Comparator.comparing(AggregatedStats::elapsed));
    double manifest = 0;
    double segment = 0;
    double bytes = 0;
    Duration windowStart = Duration.ZERO;
    Duration windowEnd = Duration.ZERO;
    for (AggregatedStats snapshot : inOrder) {
      if (snapshot.elapsed().compareTo(windowEnd) > 0) {
        windowStart = windowEnd;
        windowEnd = snapshot.elapsed();
      }
      double seconds = windowEnd.minus(windowStart).toNanos() / 1e9;
      Rates rates = snapshot.instantaneous();
      for (double rate :
          List.of(rates.manifestPerSecond(), rates.segmentPerSecond(), rates.bytesPerSecond())) {
        assertThat(rate).isNotNegative().isFinite();
      }
      // of several snapshots at one time, only one has a window; the others have rates of 0
      manifest += rates.manifestPerSecond() * seconds;
      segment += rates.segmentPerSecond() * seconds;
      bytes += rates.bytesPerSecond() * seconds;
    }
    assertThat(manifest).isEqualTo(2.0 * UPDATES, within(0.01));
    assertThat(segment).isEqualTo(4.0 * UPDATES, within(0.01));
    assertThat(bytes).isEqualTo(10.0 * UPDATES, within(0.01));
  }

  /**
   * The clock of the machine runs, and resets happen. In every window, each rate is finite and not
   * negative.
   */
  @Test
  void rates_are_never_negative_nor_infinite() {
    StatsAggregator aggregator = new StatsAggregator();
    ClientStats client = aggregator.addClient(1);
    client.updateCurrentBytes(1_000_000_000);
    Race.Action aggregation = () -> {
      for (int i = 0; i < TICKS; i++) {
        AggregatedStats stats = aggregator.aggregate();
        for (Rates rates : List.of(stats.sinceStart(), stats.instantaneous())) {
          assertThat(rates.manifestPerSecond()).isNotNegative().isFinite();
          assertThat(rates.segmentPerSecond()).isNotNegative().isFinite();
          assertThat(rates.bytesPerSecond()).isNotNegative().isFinite();
        }
      }
    };

    Race.of(aggregation, aggregation, () -> {
      for (int i = 0; i < TICKS; i++) {
        client.incrementSegmentRequests();
        if (i % 16 == 0) {
          aggregator.reset();
          aggregator.addClient(client);
        }
      }
    });
  }

  /**
   * Each client brings a thousand bytes and one manifest request, and never records more of them.
   * In every snapshot, both totals must match the number of clients of the epoch. Between two
   * resets no total falls.
   */
  @Test
  void sums_are_exact_in_every_epoch_and_no_total_falls_within_one() {
    StatsAggregator aggregator = new StatsAggregator();
    AtomicInteger resetsBegun = new AtomicInteger();
    AtomicInteger resetsEnded = new AtomicInteger();
    AtomicInteger comparisons = new AtomicInteger();
    AtomicBoolean lastResetDone = new AtomicBoolean();
    AtomicReference<@Nullable AggregatedStats> last = new AtomicReference<>();
    AtomicInteger lastEpoch = new AtomicInteger(-1);
    List<Race.Action> actions = new ArrayList<>();
    for (int seed = 1; seed <= CHURNERS; seed++) {
      Random random = new Random(seed);
      actions.add(() -> {
        while (!lastResetDone.get()) {
          churn(aggregator, random, added -> {});
        }
      });
    }
    actions.add(() -> {
      try {
        for (int i = 0; i < RESETS; i++) {
          resetsBegun.incrementAndGet();
          aggregator.reset();
          int before = comparisons.get();
          resetsEnded.incrementAndGet();
          Race.await(() -> comparisons.get() > before); // the churners run meanwhile
        }
      } finally {
        lastResetDone.set(true);
      }
    });

    Race.observed(
        () -> {
          int epoch = resetsEnded.get();
          AggregatedStats next = aggregator.aggregate();
          boolean wholeInEpoch = resetsBegun.get() == epoch;
          assertExact(next);
          AggregatedStats before = last.get();
          if (wholeInEpoch && before != null && lastEpoch.get() == epoch) {
            MembershipRaceTest.assertNoTotalFell(before, next);
            comparisons.incrementAndGet();
          }
          last.set(wholeInEpoch ? next : null);
          lastEpoch.set(epoch);
        },
        actions);

    assertThat(comparisons).hasValueGreaterThanOrEqualTo(RESETS);
    aggregator.reset();
    assertLastWaveIsExact(aggregator);
  }

  /** One step of a thread: an addition, replacement, removal, restart, record or snapshot. */
  private static void churn(
      StatsAggregator aggregator, Random random, Consumer<ClientStats> added) {
    int id = random.nextInt(4);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        ClientStats client = new ClientStats(id);
        client.updateCurrentBytes(BYTES_OF_EACH);
        client.incrementManifestRequests();
        aggregator.addClient(client);
        added.accept(client);
      }
      case 2 -> aggregator.removeClient(id);
      case 3 -> aggregator.client(id).ifPresent(ClientStats::onProcessStart);
      case 4 -> assertExact(aggregator.aggregate());
      default ->
        aggregator.client(id).ifPresent(client -> {
          client.incrementSegmentRequests();
          client.recordHttpError(404);
        });
    }
    aggregator.recordSegmentWallTime(1_000);
  }

  private static void assertExact(AggregatedStats stats) {
    long everAdded = stats.clients().everAdded();
    assertThat(stats.totalBytes()).isEqualTo(BYTES_OF_EACH * everAdded);
    assertThat(stats.requests().manifest()).isEqualTo(everAdded);
    assertThat(stats.errors().total()).isLessThanOrEqualTo(stats.requests().segment());
  }

  /**
   * Runs the churners alone in a new epoch. The epoch must show nothing of the epochs before it.
   */
  private static void assertLastWaveIsExact(StatsAggregator aggregator) {
    Queue<ClientStats> added = new ConcurrentLinkedQueue<>();
    List<Race.Action> churners = new ArrayList<>();
    for (int seed = 1; seed <= CHURNERS; seed++) {
      Random random = new Random(-seed);
      churners.add(() -> {
        for (int i = 0; i < STEPS_OF_LAST_WAVE; i++) {
          churn(aggregator, random, added::add);
        }
      });
    }

    Race.of(churners);

    AggregatedStats stats = aggregator.aggregate();
    assertThat(stats.clients().everAdded()).isEqualTo(added.size());
    assertThat(stats.clients().active())
        .isEqualTo(added.stream().filter(client -> !client.isClosed()).count());
    assertExact(stats);
    assertThat(stats.requests().segment()).isEqualTo(sum(added, ClientStats::segmentRequests));
    assertThat(stats.errors().http().getOrDefault(404, 0L))
        .isEqualTo(sum(added, client -> client.httpErrors().getOrDefault(404, 0L)));
    assertThat(stats.segmentWallTimes().count()).isEqualTo(CHURNERS * STEPS_OF_LAST_WAVE);
  }

  private static long sum(Queue<ClientStats> clients, ToLongFunction<ClientStats> figure) {
    return clients.stream().mapToLong(figure).sum();
  }

  /**
   * Each sample is greater than all earlier samples. The minimum therefore tells when the first
   * sample of the epoch came.
   */
  @Test
  void wall_times_recorded_before_a_reset_do_not_show_after_it() {
    StatsAggregator aggregator = new StatsAggregator();
    AtomicLong recorded = new AtomicLong();
    AtomicInteger comparisons = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();

    Race.of(
        () -> {
          while (!done.get()) {
            long next = recorded.get() + 1;
            aggregator.recordSegmentWallTime(next);
            recorded.set(next);
          }
        },
        () -> {
          try {
            for (int i = 0; i < TICKS; i++) {
              long before = recorded.get();
              aggregator.reset();
              if (i % 1_000 == 0) { // until a sample has begun and ended since the reset
                long atReset = recorded.get();
                Race.await(() -> recorded.get() >= atReset + 2);
              }
              LatencySnapshot after = aggregator.aggregate().segmentWallTimes();
              if (!after.isEmpty()) {
                assertThat(after.min().toNanos()).isGreaterThan(before);
                comparisons.incrementAndGet();
              }
            }
          } finally {
            done.set(true);
          }
        });

    assertThat(comparisons).hasValueGreaterThanOrEqualTo(TICKS / 1_000);
  }

  private static void assertEmpty(AggregatedStats stats) {
    assertThat(stats.clients()).isEqualTo(new Clients(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(stats.requests().total()).isZero();
    assertThat(stats.totalBytes()).isZero();
    assertThat(stats.downloadedBytes()).isZero();
    assertThat(stats.processStarts()).isZero();
    assertThat(stats.playback().stalls()).isZero();
    assertThat(stats.playback().stalledTime()).isZero();
    assertThat(stats.errors().total()).isZero();
    assertThat(stats.pipeline().linesRead()).isZero();
    assertThat(stats.pipeline().peakDropRate()).isZero();
    assertThat(stats.playback().maxDrift()).isZero();
    assertThat(stats.segmentWallTimes().isEmpty()).isTrue();
    assertThat(stats.rejectedUpdates()).isZero();
    assertThat(stats.sinceStart()).isEqualTo(new Rates(0, 0, 0));
    assertThat(stats.instantaneous()).isEqualTo(new Rates(0, 0, 0));
  }

  @Test
  void reset_of_everything_leaves_nothing() {
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    ClientStats client = aggregator.addClient(1);
    client.incrementSegmentRequests();
    clock.advance(Duration.ofSeconds(10));
    client.onProgress(1_000, 1, 0.5);
    client.recordDroppedLines(10, 5, 10, 5);
    client.recordHttpError(404);
    client.recordTimeout();
    client.recordSegmentSize(-1);
    aggregator.addClient(2);
    aggregator.removeClient(2);
    aggregator.recordSegmentWallTime(5);
    aggregator.recordSegmentWallTime(-5);
    aggregator.aggregate();

    aggregator.reset();
    clock.advance(Duration.ofSeconds(1));

    assertThat(client.isClosed()).isFalse();
    assertThat(aggregator.clientCount()).isZero();
    assertEmpty(aggregator.aggregate());
  }
}
