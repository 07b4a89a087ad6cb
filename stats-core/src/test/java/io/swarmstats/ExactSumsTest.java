package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Errors;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No recorded update is lost or counted twice, with any number of threads: promises G1, G8 and G14.
 */
class ExactSumsTest {
  private static final int THREADS = 4;
  private static final int UPDATES = 25_000;
  private static final long PRIME =
      7919; // multiples of the prime, modulo the count, are all numbers

  /** A counter of a client: the method that records it, and the figures that show it. */
  private record Counter(
      String name,
      Consumer<ClientStats> recorder,
      ToLongFunction<ClientStats> ofClient,
      ToLongFunction<ClientSummary> ofSummary,
      ToLongFunction<AggregatedStats> ofAggregate) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Counter> everyCounter() {
    return Stream.of(
        new Counter(
            "manifest",
            ClientStats::incrementManifestRequests,
            ClientStats::manifestRequests,
            s -> s.requests().manifest(),
            a -> a.requests().manifest()),
        new Counter(
            "segment",
            ClientStats::incrementSegmentRequests,
            ClientStats::segmentRequests,
            s -> s.requests().segment(),
            a -> a.requests().segment()),
        new Counter(
            "init",
            ClientStats::incrementInitRequests,
            ClientStats::initRequests,
            s -> s.requests().init(),
            a -> a.requests().init()),
        new Counter(
            "unknown",
            ClientStats::incrementUnknownRequests,
            ClientStats::unknownRequests,
            s -> s.requests().unknown(),
            a -> a.requests().unknown()),
        new Counter(
            "reconnection",
            ClientStats::recordReconnection,
            ClientStats::reconnections,
            s -> s.errors().reconnections(),
            a -> a.errors().reconnections()),
        new Counter(
            "timeout",
            ClientStats::recordTimeout,
            ClientStats::timeouts,
            s -> s.errors().timeouts(),
            a -> a.errors().timeouts()),
        new Counter(
            "http error",
            client -> client.recordHttpError(404),
            client -> client.httpErrors().getOrDefault(404, 0L),
            s -> s.errors().http().getOrDefault(404, 0L),
            a -> a.errors().http().getOrDefault(404, 0L)),
        new Counter(
            "other http error",
            client -> client.recordHttpError(302),
            client -> client.httpErrors().getOrDefault(Errors.OTHER, 0L),
            s -> s.errors().httpTotal(),
            a -> a.errors().httpTotal()),
        new Counter(
            "downloaded byte",
            client -> client.recordSegmentSize(1),
            ClientStats::downloadedBytes,
            ClientSummary::downloadedBytes,
            AggregatedStats::downloadedBytes),
        new Counter(
            "process start",
            ClientStats::onProcessStart,
            ClientStats::processStarts,
            ClientSummary::processStarts,
            AggregatedStats::processStarts),
        new Counter(
            "rejected bytes",
            client -> client.updateCurrentBytes(-1),
            ClientStats::rejectedUpdates,
            ClientSummary::rejectedUpdates,
            AggregatedStats::rejectedUpdates),
        new Counter(
            "rejected lines",
            client -> client.recordDroppedLines(1, 2, 0, 0),
            ClientStats::rejectedUpdates,
            ClientSummary::rejectedUpdates,
            AggregatedStats::rejectedUpdates),
        new Counter(
            "rejected size",
            client -> client.recordSegmentSize(0),
            ClientStats::rejectedUpdates,
            ClientSummary::rejectedUpdates,
            AggregatedStats::rejectedUpdates));
  }

  @ParameterizedTest
  @MethodSource("everyCounter")
  void counter_after_n_threads_times_m_updates_is_n_times_m(Counter counter) {
    StatsAggregator aggregator = new StatsAggregator();
    ClientStats client = aggregator.addClient(1);

    Race.inThreads(THREADS, () -> {
      for (int i = 0; i < UPDATES; i++) {
        counter.recorder().accept(client);
      }
    });

    long expected = (long) THREADS * UPDATES;
    assertThat(counter.ofClient().applyAsLong(client)).isEqualTo(expected);
    assertThat(counter.ofSummary().applyAsLong(client.summary())).isEqualTo(expected);
    assertThat(counter.ofAggregate().applyAsLong(aggregator.aggregate())).isEqualTo(expected);
  }

  @Test
  void http_errors_on_many_codes_are_counted_each_under_its_own() {
    ClientStats client = new ClientStats(1);
    int rounds = 100;

    Race.inThreads(THREADS, () -> {
      for (int i = 0; i < rounds; i++) {
        for (int code = 399; code <= 600; code++) {
          client.recordHttpError(code);
        }
      }
    });

    long each = (long) THREADS * rounds;
    assertThat(client.httpErrors()).hasSize(201).containsEntry(Errors.OTHER, 2 * each);
    assertThat(client.httpErrors().tailMap(400).values()).containsOnly(each);
  }

  /**
   * The first error creates the row of the error counters. Several concurrent first errors must all
   * find the same row.
   */
  @Test
  void first_http_errors_of_several_threads_are_all_counted() {
    AtomicReference<ClientStats> client = new AtomicReference<>(new ClientStats(1));
    Race.Action firstError = () -> client.get().recordHttpError(503);

    Race.inRounds(
        5_000,
        () -> {
          assertThat(client.get().httpErrors()).containsEntry(503, 2L);
          client.set(new ClientStats(1));
        },
        firstError,
        firstError);
  }

  @Test
  void a_hundred_concurrent_sizes_are_all_in_the_average() {
    AtomicReference<ClientStats> client = new AtomicReference<>(new ClientStats(1));
    // symmetric about a mean that no size equals: losing any size changes the average
    long unit = 1_000_003;
    long exact = 101 * unit / 2;
    List<Race.Action> writers = new ArrayList<>();
    for (int first : new int[] {1, 26, 51, 76}) {
      writers.add(() -> {
        for (int size = first; size < first + 25; size++) {
          client.get().recordSegmentSize(size * unit);
        }
      });
    }

    Race.inRounds(
        1_000,
        () -> {
          assertThat(client.get().averageSegmentSize()).isEqualTo(exact);
          assertThat(client.get().downloadedBytes()).isEqualTo(5_050 * unit);
          client.set(new ClientStats(1));
        },
        writers);
  }

  /** A torn size would show in the average, because the halves of the two sizes differ. */
  @Test
  void sizes_are_never_torn() {
    ClientStats client = new ClientStats(1);
    long low = 0x0000_0001_0000_0002L;
    long high = 0x7000_0003_7000_0004L;

    Race.observed(
        () -> assertThat(client.averageSegmentSize())
            .satisfiesAnyOf(
                average -> assertThat(average).isZero(),
                average -> assertThat(average).isBetween(low, high)),
        () -> recordSizes(client, low),
        () -> recordSizes(client, high));

    // the last hundred sizes are a mix of both
    BigInteger sum =
        BigInteger.valueOf(client.averageSegmentSize()).multiply(BigInteger.valueOf(100));
    boolean whole = IntStream.rangeClosed(0, 100).anyMatch(n -> {
      BigInteger exact = BigInteger.valueOf(low)
          .multiply(BigInteger.valueOf(n))
          .add(BigInteger.valueOf(high).multiply(BigInteger.valueOf(100 - n)));
      BigInteger remainder = exact.subtract(sum);
      return remainder.signum() >= 0 && remainder.compareTo(BigInteger.valueOf(100)) < 0;
    });
    assertThat(whole).isTrue();
  }

  private static void recordSizes(ClientStats client, long size) {
    for (int i = 0; i < UPDATES; i++) {
      client.recordSegmentSize(size);
    }
  }

  @Test
  void wall_times_of_many_threads_have_exact_count_min_max_and_mean() {
    StatsAggregator aggregator = new StatsAggregator();
    AtomicLong begun = new AtomicLong();
    AtomicLong ended = new AtomicLong();
    AtomicLong lastCount = new AtomicLong();
    long count = (long) THREADS * UPDATES; // the wall times are 1 to count, in no order
    List<Race.Action> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int offset = thread;
      writers.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          begun.incrementAndGet();
          aggregator.recordSegmentWallTime(1 + (offset + (long) THREADS * i) * PRIME % count);
          ended.incrementAndGet();
        }
      });
    }

    Race.observed(
        () -> {
          long atLeast = Math.max(ended.get(), lastCount.get());
          LatencySnapshot snapshot = aggregator.aggregate().segmentWallTimes();
          assertThat(snapshot.count()).isBetween(atLeast, begun.get());
          assertPercentilesInOrder(snapshot);
          lastCount.set(snapshot.count());
        },
        writers);

    LatencySnapshot all = aggregator.aggregate().segmentWallTimes();
    assertThat(all.count()).isEqualTo(count);
    assertThat(all.min()).isEqualTo(Duration.ofNanos(1));
    assertThat(all.max()).isEqualTo(Duration.ofNanos(count));
    assertThat(all.mean()).isEqualTo(Duration.ofNanos((count + 1) / 2));
    assertThat((double) all.p50().toNanos()).isBetween(0.495 * count, 0.505 * count);
    assertThat((double) all.p99().toNanos()).isBetween(0.985 * count, 0.995 * count);
  }

  private static void assertPercentilesInOrder(LatencySnapshot snapshot) {
    Duration last = snapshot.min();
    for (int percent = 0; percent <= 100; percent++) {
      Duration next = snapshot.percentile(percent / 100.0);
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
    assertThat(snapshot.max()).isGreaterThanOrEqualTo(last);
  }

  @Test
  void rejected_wall_times_are_all_counted_and_none_is_recorded() {
    StatsAggregator aggregator = new StatsAggregator();

    Race.inThreads(THREADS, () -> {
      for (int i = 0; i < UPDATES; i++) {
        aggregator.recordSegmentWallTime(-1);
      }
    });

    AggregatedStats stats = aggregator.aggregate();
    assertThat(stats.rejectedUpdates()).isEqualTo((long) THREADS * UPDATES);
    assertThat(stats.segmentWallTimes().isEmpty()).isTrue();
  }
}
