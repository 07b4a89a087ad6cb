package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Clients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients come and go while other threads record and take snapshots: promises G10 and G11. */
class MembershipRaceTest {
  private static final int CHANGES = 5_000;
  private static final int UPDATES = 50_000;
  private static final int IDS = 4;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final StatsAggregator aggregator = new StatsAggregator(config);
  private final Queue<ClientStats> everAdded = new ConcurrentLinkedQueue<>();

  private ClientStats addClient(int id) {
    ClientStats client = aggregator.addClient(id);
    everAdded.add(client);
    return client;
  }

  /** Each update is offered to one client once. The client accepts or rejects the update. */
  @Test
  void totals_never_fall_and_are_exactly_what_was_accepted() {
    AtomicLong offered = new AtomicLong();
    AtomicLong restarts = new AtomicLong();
    List<Race.Action> actions = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      actions.add(() -> {
        ClientStats client = addClient(0);
        for (int i = 0; i < UPDATES; i++) {
          if (i % 4 == 0) { // otherwise keeps a client that may be closed
            client = aggregator.client(random.nextInt(IDS)).orElse(client);
          }
          record(client, random.nextInt(7));
          offered.incrementAndGet();
        }
      });
    }
    for (int seed = 3; seed <= 4; seed++) {
      Random random = new Random(seed);
      actions.add(() -> {
        for (int i = 0; i < CHANGES; i++) {
          int id = random.nextInt(IDS);
          switch (random.nextInt(3)) {
            case 0 -> aggregator.removeClient(id);
            case 1 -> {
              aggregator.client(id).ifPresent(this::restartAfterStall);
              restarts.incrementAndGet();
            }
            default -> addClient(id);
          }
        }
      });
    }
    AtomicReference<@Nullable AggregatedStats> last = new AtomicReference<>();

    Race.observed(
        () -> {
          AggregatedStats next = aggregator.aggregate();
          AggregatedStats before = last.getAndSet(next);
          if (before != null) {
            assertNoTotalFell(before, next);
          }
        },
        actions);

    AggregatedStats stats = aggregator.aggregate();
    assertThat(stats.clients().everAdded()).isEqualTo(everAdded.size());
    assertThat(stats.requests().manifest()).isEqualTo(sum(ClientStats::manifestRequests));
    assertThat(stats.requests().segment()).isEqualTo(sum(ClientStats::segmentRequests));
    assertThat(stats.requests().init()).isEqualTo(sum(ClientStats::initRequests));
    assertThat(stats.requests().unknown()).isEqualTo(sum(ClientStats::unknownRequests));
    assertThat(stats.errors().reconnections()).isEqualTo(sum(ClientStats::reconnections));
    assertThat(stats.errors().timeouts()).isEqualTo(sum(ClientStats::timeouts));
    assertThat(stats.errors().httpTotal())
        .isEqualTo(sum(client -> client.httpErrors().getOrDefault(404, 0L)));
    assertThat(stats.playback().stalls()).isEqualTo(sum(ClientStats::stalls)).isPositive();
    assertThat(stats.playback().stalledTime().toNanos())
        .isEqualTo(sum(client -> client.stalledTime().toNanos()))
        .isPositive();
    long accepted =
        stats.requests().total() + stats.errors().total() + stats.errors().reconnections();
    // a closed client rejects a restart and its two reports too
    long rejected = sum(ClientStats::rejectedUpdates);
    assertThat(accepted + rejected).isBetween(offered.get(), offered.get() + 3 * restarts.get());
    assertThat(stats.rejectedUpdates()).isLessThanOrEqualTo(rejected);
  }

  /** Restarts a client that has waited for media for longer than the stall duration. */
  private void restartAfterStall(ClientStats client) {
    client.onProgress(-1, 1, Double.NaN);
    client.onProgress(-1, 1, Double.NaN); // the viewer begins to play
    clock.advance(config.stallDuration().plusSeconds(1));
    client.onProcessStart();
  }

  private static void record(ClientStats client, int what) {
    switch (what) {
      case 0 -> client.incrementManifestRequests();
      case 1 -> client.incrementSegmentRequests();
      case 2 -> client.incrementInitRequests();
      case 3 -> client.incrementUnknownRequests();
      case 4 -> client.recordReconnection();
      case 5 -> client.recordTimeout();
      default -> client.recordHttpError(404);
    }
  }

  private long sum(ToLongFunction<ClientStats> figure) {
    return everAdded.stream().mapToLong(figure).sum();
  }

  static void assertNoTotalFell(AggregatedStats before, AggregatedStats after) {
    assertThat(totals(after).toList())
        .zipSatisfy(
            totals(before).toList(), (next, seen) -> assertThat(next).isGreaterThanOrEqualTo(seen));
    before
        .errors()
        .http()
        .forEach((code, count) ->
            assertThat(after.errors().http().getOrDefault(code, 0L)).isGreaterThanOrEqualTo(count));
    assertThat(after.playback().maxDrift())
        .isGreaterThanOrEqualTo(before.playback().maxDrift());
    assertThat(after.pipeline().peakDropRate())
        .isGreaterThanOrEqualTo(before.pipeline().peakDropRate());
  }

  private static Stream<Long> totals(AggregatedStats stats) {
    return Stream.of(
        stats.clients().everAdded(),
        stats.clients().peakActive(),
        stats.requests().manifest(),
        stats.requests().segment(),
        stats.requests().init(),
        stats.requests().unknown(),
        stats.totalBytes(),
        stats.downloadedBytes(),
        stats.processStarts(),
        stats.playback().stalls(),
        stats.playback().stalledTime().toNanos(),
        stats.errors().httpTotal(),
        stats.errors().reconnections(),
        stats.errors().timeouts(),
        stats.pipeline().progress().read(),
        stats.pipeline().progress().dropped(),
        stats.pipeline().stderr().read(),
        stats.pipeline().stderr().dropped(),
        stats.segmentWallTimes().count(),
        stats.rejectedUpdates());
  }

  /**
   * Each client brings a thousand of everything. A client counted twice or not at all would change
   * a total by a thousand.
   */
  @Test
  void client_is_live_or_departed_in_every_snapshot() {
    int each = 1_000;
    AtomicLong begun = new AtomicLong();
    AtomicLong ended = new AtomicLong();
    List<Race.Action> churners = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      int own = thread;
      churners.add(() -> {
        for (int i = 0; i < CHANGES; i++) {
          int id = own + 3 * (i % 5); // the same id again after five turns: replaces a client
          ClientStats client = new ClientStats(id, config);
          client.updateCurrentBytes(each);
          client.recordDroppedLines(each, each, each, each);
          begun.incrementAndGet();
          aggregator.addClient(client);
          ended.incrementAndGet();
          if (i % 3 == 0) {
            aggregator.removeClient(id);
          }
        }
      });
    }

    Race.observed(
        () -> {
          long atLeast = ended.get();
          AggregatedStats stats = aggregator.aggregate();
          long atMost = begun.get();
          assertThat(stats.totalBytes()).isEqualTo(each * stats.clients().everAdded());
          assertThat(stats.pipeline().linesRead()).isEqualTo(2 * stats.totalBytes());
          assertThat(stats.pipeline().linesDropped()).isEqualTo(2 * stats.totalBytes());
          assertThat(stats.clients().everAdded()).isBetween(atLeast, atMost);
        },
        churners);

    assertThat(aggregator.aggregate().totalBytes()).isEqualTo(3L * CHANGES * each);
  }

  @Test
  void only_one_of_two_removing_threads_gets_the_summary() {
    AtomicInteger summaries = new AtomicInteger();
    AtomicInteger rounds = new AtomicInteger();
    aggregator.addClient(1).updateCurrentBytes(1_000);
    Race.Action remove = () -> {
      Optional<ClientSummary> summary = aggregator.removeClient(1);
      summary.ifPresent(last -> {
        assertThat(last.totalBytes()).isEqualTo(1_000);
        summaries.incrementAndGet();
      });
    };

    Race.inRounds(
        5_000,
        () -> {
          int round = rounds.incrementAndGet();
          assertThat(summaries).hasValue(round);
          assertThat(aggregator.clientCount()).isZero();
          assertThat(aggregator.aggregate().totalBytes()).isEqualTo(1_000L * round);
          aggregator.addClient(1).updateCurrentBytes(1_000);
        },
        remove,
        remove);
  }

  @Test
  void same_client_added_by_two_threads_is_added_once() {
    AtomicReference<ClientStats> client = new AtomicReference<>(new ClientStats(0, config));
    AtomicInteger rounds = new AtomicInteger();
    Race.Action add = () -> aggregator.addClient(client.get());

    Race.inRounds(
        5_000,
        () -> {
          int round = rounds.incrementAndGet();
          assertThat(aggregator.clientCount()).isEqualTo(round);
          assertThat(aggregator.aggregate().clients().everAdded()).isEqualTo(round);
          client.set(new ClientStats(round, config));
          if (round % 100 == 0) { // keeps the walk short
            rounds.set(0);
            client.set(new ClientStats(0, config));
            aggregator.reset();
          }
        },
        add,
        add);
  }

  /**
   * One client is live. The other client was replaced: it is closed, and its bytes stay in the
   * total.
   */
  @Test
  void two_clients_added_under_one_id_at_once_are_one_live_and_one_departed() {
    AtomicReference<List<ClientStats>> pair = new AtomicReference<>(pairOfClients());
    AtomicInteger rounds = new AtomicInteger();

    Race.inRounds(
        5_000,
        () -> {
          int round = rounds.incrementAndGet();
          assertThat(pair.get()).extracting(ClientStats::isClosed).containsOnlyOnce(true);
          ClientStats live = aggregator.client(1).orElseThrow();
          assertThat(pair.get()).contains(live);
          assertThat(live.isClosed()).isFalse();
          assertThat(aggregator.clientCount()).isEqualTo(1);
          assertThat(aggregator.aggregate().totalBytes()).isEqualTo(2_000L * round);
          pair.set(pairOfClients());
        },
        () -> aggregator.addClient(pair.get().get(0)),
        () -> aggregator.addClient(pair.get().get(1)));
  }

  private List<ClientStats> pairOfClients() {
    List<ClientStats> pair = List.of(new ClientStats(1, config), new ClientStats(1, config));
    pair.forEach(client -> client.updateCurrentBytes(1_000));
    return pair;
  }

  /**
   * A recorder races a removal. Each update is either rejected, or contained in the last summary
   * and in the totals.
   */
  @Test
  void updates_against_a_removal_count_or_are_rejected() {
    AtomicReference<ClientStats> client = new AtomicReference<>(aggregator.addClient(1));
    AtomicReference<@Nullable ClientSummary> last = new AtomicReference<>();
    AtomicLong accepted = new AtomicLong();
    int updates = 20; // of each kind

    Race.inRounds(
        3_000,
        () -> {
          ClientStats closed = client.get();
          long counted = closed.segmentRequests()
              + closed.httpErrors().getOrDefault(404, 0L)
              + closed.totalBytes();
          assertThat(counted + closed.rejectedUpdates()).isEqualTo(3L * updates);
          assertThat(last.get()).satisfies(summary -> {
            assertThat(summary.requests().segment()).isEqualTo(closed.segmentRequests());
            assertThat(summary.errors().http()).isEqualTo(closed.httpErrors());
            assertThat(summary.totalBytes()).isEqualTo(closed.totalBytes());
          });
          AggregatedStats stats = aggregator.aggregate();
          assertThat(stats.requests().segment() + stats.errors().total() + stats.totalBytes())
              .isEqualTo(accepted.addAndGet(counted));
          client.set(aggregator.addClient(1));
        },
        () -> last.set(aggregator.removeClient(1).orElseThrow()),
        () -> {
          ClientStats current = client.get();
          for (int i = 1; i <= updates; i++) {
            current.incrementSegmentRequests();
            current.recordHttpError(404);
            current.updateCurrentBytes(i);
          }
        });
  }

  /**
   * The peak is a maximum over moments. Two clients come and go, so the peak is 1 or 2. The peak is
   * 2 if both were ever live together.
   */
  @Test
  void active_and_peak_fit_together_in_every_snapshot() {
    Race.observed(
        () -> {
          Clients clients = aggregator.aggregate().clients();
          assertThat(clients.active())
              .isBetween(0L, clients.peakActive())
              .isEqualTo(
                  clients.aboveRealtime() + clients.belowRealtime() + clients.unknownSpeed());
          assertThat(clients.peakActive()).isLessThanOrEqualTo(3);
        },
        comeAndGo(1),
        comeAndGo(2),
        comeAndGo(3));

    assertThat(aggregator.clientCount()).isZero();
  }

  private Race.Action comeAndGo(int id) {
    return () -> {
      for (int i = 0; i < CHANGES; i++) {
        aggregator.addClient(id);
        aggregator.addClient(id); // replaces a client: the number of live clients stays
        aggregator.removeClient(id);
      }
    };
  }
}
