package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots whose clients are read in the threads of a pool. */
class ParallelSnapshotTest {

  private static final int CLIENTS = 5_000; // more than one part
  private static final int UPDATES = 300_000;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final StatsAggregator aggregator = new StatsAggregator(config);
  private final ForkJoinPool pool = new ForkJoinPool(3);

  @AfterEach
  void shutDown() {
    pool.shutdown();
  }

  private record Swarm(String name, int clients, int threads, IntUnaryOperator idOf) {
    @Override
    public String toString() {
      return clients + " " + name + ", " + threads + " threads";
    }
  }

  static Stream<Swarm> swarms() {
    return Stream.of(0, 1, 1_024, 1_025, 10_000)
        .flatMap(clients -> Stream.of(1, 2, 3, 16)
            .flatMap(threads -> Stream.of(
                new Swarm("dense", clients, threads, i -> i),
                new Swarm("far apart", clients, threads, i -> i * 0x01000193))));
  }

  @ParameterizedTest
  @MethodSource("swarms")
  void allFigures_areThoseOfTheCallingThread(Swarm swarm) {
    Random random = new Random(swarm.clients);
    for (int i = 0; i < swarm.clients; i++) {
      ClientStats client =
          new ClientStats(swarm.idOf.applyAsInt(i), i % 5 == 0 ? otherConfig() : config);
      aggregator.addClient(client);
      record(client, random);
      if (i % 7 == 0) {
        client.onProcessStart();
        record(client, random);
      }
      if (i % 11 == 0) {
        aggregator.removeClient(client.clientId());
      }
    }
    clock.advance(Duration.ofSeconds(20));
    ForkJoinPool threads = new ForkJoinPool(swarm.threads);
    try {
      AggregatedStats alone = aggregator.newReader().aggregate();
      AggregatedStats inPool = aggregator.newReader().aggregate(threads);

      double speed = alone.playback().averageSpeed();
      assertThat(inPool.playback().averageSpeed())
          .isBetween(Math.nextDown(speed), Math.nextUp(speed));
      assertThat(inPool)
          .usingRecursiveComparison()
          .ignoringFields("playback.averageSpeed")
          .isEqualTo(alone);
    } finally {
      threads.shutdown();
    }
  }

  private StatsConfig otherConfig() {
    return config.withStallThreshold(0.5).withHighDriftThreshold(Duration.ofMillis(3));
  }

  private void record(ClientStats client, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      client.incrementManifestRequests();
      client.incrementSegmentRequests();
      client.incrementInitRequests();
      client.incrementUnknownRequests();
      client.recordHttpError(400 + random.nextInt(220));
      client.recordTimeout();
      client.recordReconnection();
      client.recordSegmentSize(random.nextLong());
      int dropped = random.nextInt(3);
      client.recordDroppedLines(dropped + random.nextInt(3), dropped, 9, random.nextInt(11));
      client.onProgress(random.nextInt(), random.nextInt(20_000_000), random.nextDouble() * 3);
      clock.advance(Duration.ofMillis(random.nextInt(9_000)));
    }
  }

  @Test
  void sums_saturateAsInTheCallingThread() {
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id).onProgress(Long.MAX_VALUE / 3, 1, Double.MAX_VALUE);
    }

    AggregatedStats snapshot = aggregator.aggregate(pool);

    assertThat(snapshot.totalBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(snapshot.playback().averageSpeed()).isEqualTo(Double.MAX_VALUE);
  }

  /** A clock that remembers who read it. */
  private record WatchedClock(TimeSource clock, Set<Thread> readers) implements TimeSource {
    @Override
    public long nanoTime() {
      readers.add(Thread.currentThread());
      return clock.nanoTime();
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }

  @Test
  void clients_areReadInThreadsOfThePoolAlone() {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    for (int id = 0; id < CLIENTS; id++) {
      StatsConfig watched = config.withTimeSource(new WatchedClock(clock, readers));
      aggregator.addClient(new ClientStats(id, watched));
    }
    readers.clear(); // the constructors read the clock too

    aggregator.aggregate(pool);

    assertThat(readers)
        .isNotEmpty()
        .allSatisfy(thread -> assertThat(thread)
            .isInstanceOfSatisfying(
                ForkJoinWorkerThread.class,
                worker -> assertThat(worker.getPool()).isSameAs(pool)));
  }

  @Test
  void aThreadOfThePool_mayTakeTheSnapshot() {
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id);
    }
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      AggregatedStats snapshot = one.submit(() -> aggregator.aggregate(one)).join();

      assertThat(snapshot.clients().active()).isEqualTo(CLIENTS);
      assertThat(snapshot.uptimes()).isEqualTo(aggregator.aggregate().uptimes());
    } finally {
      one.shutdown();
    }
  }

  /** A pool that may start no further thread rejects a task that waits for another one. */
  @Test
  void aPoolOfAFixedSize_isEnough() {
    for (int id = 0; id < 10 * CLIENTS; id++) {
      aggregator.addClient(id);
    }
    ForkJoinPool fixed = new ForkJoinPool(
        3,
        ForkJoinPool.defaultForkJoinWorkerThreadFactory,
        null,
        false,
        3,
        3,
        3,
        null,
        1,
        TimeUnit.MINUTES);
    try {
      for (int i = 0; i < 300; i++) {
        assertThat(aggregator.aggregate(fixed).clients().active()).isEqualTo(10 * CLIENTS);
      }
    } finally {
      fixed.shutdown();
    }
  }

  @Test
  void aPoolThatWasShutDown_isReported() {
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id);
    }
    pool.shutdown();

    assertThatThrownBy(() -> aggregator.aggregate(pool))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(aggregator.aggregate().clients().active()).isEqualTo(CLIENTS);
  }

  @Test
  void aPoolThatIsShutDownAtOnce_endsTheCall() {
    CallbackClock clockOfOne = new CallbackClock();
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id);
    }
    aggregator.addClient(new ClientStats(-1, config.withTimeSource(clockOfOne)));
    ForkJoinPool one = new ForkJoinPool(1);
    clockOfOne.duringNextReading(one::shutdownNow);

    assertThatThrownBy(() -> aggregator.aggregate(one))
        .isInstanceOfAny(CancellationException.class, RejectedExecutionException.class);
    assertThat(aggregator.aggregate(pool).clients().active()).isEqualTo(CLIENTS + 1);
  }

  @Test
  void aFailureInAThreadOfThePool_reachesTheCaller() {
    CallbackClock failing = new CallbackClock();
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id);
    }
    aggregator.addClient(new ClientStats(CLIENTS, config.withTimeSource(failing)));
    failing.duringNextReading(() -> {
      throw new IllegalStateException("broken clock");
    });

    assertThatThrownBy(() -> aggregator.aggregate(pool))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("broken clock");
    assertThat(aggregator.aggregate(pool).clients().active()).isEqualTo(CLIENTS + 1);
  }

  @Test
  void relationsAndTotals_hold_whileClientsRecordComeAndGo() {
    for (int id = 0; id < CLIENTS; id++) {
      aggregator.addClient(id);
    }
    AtomicInteger writing = new AtomicInteger(2);
    List<AggregatedStats> snapshots = new ArrayList<>();
    Race.of(
        () -> {
          Random random = new Random(1);
          for (int i = 0; i < UPDATES; i++) {
            ClientStats client = aggregator.client(random.nextInt(CLIENTS)).orElseThrow();
            client.incrementSegmentRequests();
            client.recordHttpError(404);
          }
          writing.decrementAndGet();
        },
        () -> {
          for (int i = 0; i < UPDATES / 10; i++) {
            ClientStats client = aggregator.addClient(CLIENTS + i % 100);
            client.incrementSegmentRequests();
            client.recordHttpError(503);
            client.updateCurrentBytes(7);
            aggregator.removeClient(client.clientId());
          }
          writing.decrementAndGet();
        },
        () -> {
          StatsReader reader = aggregator.newReader();
          do {
            snapshots.add(reader.aggregate(pool));
          } while (writing.get() > 0);
        });
    snapshots.add(aggregator.aggregate(pool));

    for (int i = 0; i < snapshots.size(); i++) {
      AggregatedStats snapshot = snapshots.get(i);
      assertThat(snapshot.errors().total())
          .isLessThanOrEqualTo(snapshot.requests().total());
      MembershipRaceTest.assertNoTotalFell(snapshots.get(Math.max(0, i - 1)), snapshot);
    }
    AggregatedStats last = snapshots.get(snapshots.size() - 1);
    assertThat(last.requests().segment()).isEqualTo(UPDATES + UPDATES / 10);
    assertThat(last.errors().http())
        .containsOnly(entry(404, (long) UPDATES), entry(503, UPDATES / 10L));
    assertThat(last.totalBytes()).isEqualTo(7L * (UPDATES / 10));
  }
}
