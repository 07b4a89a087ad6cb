package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Relations that hold in every snapshot while the numbers change: promises G4 to G7 and G9. */
class RelationsRaceTest {
  private static final int THREADS = 3;
  private static final int UPDATES = 300_000;

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);

  /** Each sample is a new maximum. A reader that sees the drift must also see the maximum. */
  @Test
  void current_drift_is_at_most_the_maximum_in_every_snapshot() {
    StatsAggregator aggregator = new StatsAggregator(config);
    ClientStats client = aggregator.addClient(1);
    clock.advance(Duration.ofHours(1));

    Race.observed(
        () -> {
          // two reads in a row leave the maximum the least time to follow
          Duration current = client.currentDrift();
          Duration max = client.maxDrift();
          assertThat(current).isLessThanOrEqualTo(max);
          ClientSummary summary = client.summary();
          assertThat(summary.currentDrift()).isLessThanOrEqualTo(summary.maxDrift());
          Playback playback = aggregator.aggregate().playback();
          assertThat(playback.averageDrift()).isLessThanOrEqualTo(playback.maxDrift());
        },
        () -> offerDrifts(client, 0, 1, 10 * UPDATES));
  }

  @Test
  void max_drift_once_quiet_is_the_greatest_offered() {
    StatsAggregator aggregator = new StatsAggregator(config);
    ClientStats client = aggregator.addClient(1);
    clock.advance(Duration.ofHours(1));
    List<Race.Action> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int offset = thread;
      writers.add(() -> offerDrifts(client, offset, THREADS, UPDATES));
    }

    Race.of(writers);

    Duration greatest = Duration.ofNanos(1_000L * (THREADS * UPDATES + THREADS - 1));
    assertThat(client.maxDrift()).isEqualTo(greatest);
    assertThat(aggregator.aggregate().playback().maxDrift()).isEqualTo(greatest);
  }

  /** Offers rising drifts in microseconds, one hour after the start of the run. */
  private static void offerDrifts(ClientStats client, int offset, int step, int times) {
    long elapsedMicros = 3_600_000_000L;
    for (int i = 1; i <= times; i++) {
      client.updateDrift(elapsedMicros - (long) step * i - offset);
    }
  }

  /** Processes restart meanwhile. The maximum outlives the run that raised it. */
  @Test
  void max_drift_never_falls_over_restarts() {
    ClientStats client = new ClientStats(1, config);
    AtomicReference<Duration> seen = new AtomicReference<>(Duration.ZERO);

    Race.observed(
        () -> {
          ClientSummary summary = client.summary();
          assertThat(summary.maxDrift())
              .isGreaterThanOrEqualTo(seen.getAndSet(summary.maxDrift()))
              .isGreaterThanOrEqualTo(summary.currentDrift());
        },
        () -> {
          for (int i = 0; i < UPDATES; i++) {
            clock.advance(Duration.ofMillis(1));
            client.updateDrift(1);
          }
        },
        () -> {
          for (int i = 0; i < UPDATES / 30; i++) {
            client.onProcessStart();
          }
        });
  }

  /**
   * Each call drops lines of at most one stream. A mix of two calls would show a rate above all
   * offered rates.
   */
  @Test
  void peak_drop_rate_is_one_that_a_single_call_offered() {
    StatsAggregator aggregator = new StatsAggregator(config);
    ClientStats client = aggregator.addClient(1);
    long[][] reports = {{2, 0, 2, 0}, {1_000, 100, 1_000, 0}, {1_000, 0, 1_000, 100}};
    Set<Double> offered = new TreeSet<>(Set.of(0.0));
    List<Race.Action> writers = new ArrayList<>();
    for (long[] report : reports) {
      offered.add((double) (report[1] + report[3]) / (report[0] + report[2]));
      writers.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          client.recordDroppedLines(report[0], report[1], report[2], report[3]);
          if (i % 8 == 0) {
            client.onProcessStart(); // lets the levels rise again
          }
        }
      });
    }

    Race.observed(
        () -> {
          assertThat(client.peakDropRate()).isIn(offered);
          assertThat(client.summary().peakDropRate()).isIn(offered);
          assertThat(aggregator.aggregate().pipeline().peakDropRate()).isIn(offered);
        },
        writers);

    assertThat(client.peakDropRate()).isEqualTo(0.05);
    assertThat(aggregator.peakDropRate()).isEqualTo(0.05);
  }

  @Test
  void peak_drop_rate_once_quiet_is_the_greatest_offered() {
    ClientStats client = new ClientStats(1, config);
    List<Race.Action> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int offset = thread;
      writers.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          client.recordDroppedLines(1_000_000, (long) THREADS * i + offset, 0, 0);
        }
      });
    }

    Race.of(writers);

    assertThat(client.peakDropRate()).isEqualTo((THREADS * UPDATES - 1) / 1_000_000.0);
  }

  /** All lines are dropped, so the dropped lines equal their bound at all times. */
  @Test
  void dropped_lines_are_at_most_those_read_in_every_snapshot() {
    StatsAggregator aggregator = new StatsAggregator(config);
    ClientStats client = aggregator.addClient(1);
    List<Race.Action> actions = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int offset = thread;
      actions.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          long lines = (long) THREADS * i + offset;
          client.recordDroppedLines(lines, lines, lines, lines);
        }
      });
    }
    actions.add(() -> {
      for (int i = 0; i < UPDATES / 20; i++) {
        client.onProcessStart();
      }
    });

    Race.observed(
        () -> {
          assertThat(client.currentDropRate()).isLessThanOrEqualTo(1);
          assertThat(client.summary().dropRate()).isLessThanOrEqualTo(1);
          Pipeline pipeline = aggregator.aggregate().pipeline();
          assertThat(pipeline.progress().dropped())
              .isLessThanOrEqualTo(pipeline.progress().read());
          assertThat(pipeline.stderr().dropped())
              .isLessThanOrEqualTo(pipeline.stderr().read());
          assertThat(pipeline.linesDropped()).isLessThanOrEqualTo(pipeline.linesRead());
        },
        actions);
  }

  /**
   * The writers end with slow samples. At least the last observation therefore sees a stalled
   * client.
   */
  @Test
  void stalled_by_updateSpeed_implies_a_known_speed_below_the_threshold_in_every_summary() {
    StatsConfig atOnce = config.withStallDuration(Duration.ZERO);
    StatsAggregator aggregator = new StatsAggregator(atOnce);
    ClientStats client = aggregator.addClient(1);
    AtomicInteger seenStalled = new AtomicInteger();

    Race.observed(
        () -> {
          clock.advance(Duration.ofNanos(1));
          ClientSummary summary = client.summary();
          if (summary.stalled()) {
            assertThat(summary.speed()).isPositive().isLessThan(atOnce.stallThreshold());
            seenStalled.incrementAndGet();
          }
          Clients clients = aggregator.aggregate().clients();
          assertThat(clients.stalled()).isLessThanOrEqualTo(clients.belowRealtime());
        },
        () -> recordSpeeds(client, 1.2, 0.5),
        () -> recordSpeeds(client, Double.NaN, 0.7));

    assertThat(seenStalled).hasPositiveValue();
  }

  private static void recordSpeeds(ClientStats client, double first, double second) {
    for (int i = 0; i < UPDATES; i++) {
      client.updateSpeed(first);
      client.updateSpeed(second);
    }
  }

  @Test
  void stall_clock_of_a_slow_client_runs_once_quiet_whoever_wrote_last() {
    assertClockMatchesSpeedOnceQuiet(List.of(1.2, 0.5), List.of(1.0, 0.4));
  }

  @Test
  void stall_clock_of_a_fast_client_stands_once_quiet_whoever_wrote_last() {
    assertClockMatchesSpeedOnceQuiet(List.of(0.5, 1.2), List.of(0.4, 1.0));
  }

  @Test
  void stall_clock_matches_the_speed_once_quiet_when_one_is_slow_and_one_fast() {
    assertClockMatchesSpeedOnceQuiet(List.of(0.5), List.of(1.2));
  }

  /**
   * After each round the clock must run exactly if the speed is below the threshold. Time passes: a
   * running clock then shows a stall. A slow sample follows: a stopped clock starts with this
   * sample and shows no stall.
   */
  @SafeVarargs
  private void assertClockMatchesSpeedOnceQuiet(List<Double>... speedsOfThreads) {
    ClientStats client = new ClientStats(1, config);
    List<Race.Action> writers = new ArrayList<>();
    for (List<Double> speeds : speedsOfThreads) {
      writers.add(() -> speeds.forEach(client::updateSpeed));
    }

    Race.inRounds(
        20_000,
        () -> {
          boolean below = client.speed() < config.stallThreshold();
          clock.advance(config.stallDuration().plusNanos(1));
          assertThat(client.isStalled()).isEqualTo(below);
          assertThat(client.summary().stalled()).isEqualTo(below);
          client.updateSpeed(0.5);
          assertThat(client.isStalled()).isEqualTo(below);
        },
        writers);
  }

  /** Clients are replaced while other threads record on them. */
  @Test
  void errors_are_at_most_requests_in_every_snapshot() {
    StatsAggregator aggregator = new StatsAggregator(config);
    aggregator.addClient(1);
    Race.Action recorder = () -> {
      for (int i = 0; i < UPDATES; i++) {
        ClientStats client = aggregator.client(1).orElseThrow();
        client.incrementSegmentRequests();
        client.recordHttpError(404);
        client.incrementManifestRequests();
        client.recordTimeout();
      }
    };

    Race.observed(
        () -> {
          ClientSummary summary = aggregator.client(1).orElseThrow().summary();
          assertThat(summary.errors().total())
              .isLessThanOrEqualTo(summary.requests().total());
          assertThat(summary.errors().httpTotal())
              .isLessThanOrEqualTo(summary.requests().segment());
          assertThat(summary.errors().timeouts())
              .isLessThanOrEqualTo(summary.requests().manifest());
          AggregatedStats stats = aggregator.aggregate();
          assertThat(stats.errors().total())
              .isLessThanOrEqualTo(stats.requests().total());
          assertThat(stats.errors().httpTotal())
              .isLessThanOrEqualTo(stats.requests().segment());
          assertThat(stats.errors().timeouts())
              .isLessThanOrEqualTo(stats.requests().manifest());
        },
        recorder,
        recorder,
        () -> {
          for (int i = 0; i < UPDATES / 300; i++) {
            aggregator.addClient(1); // replaces
          }
        });
  }

  /** Each recorder counts a request before its segment size. All sizes are 1 byte. */
  @Test
  void segment_sizes_are_at_most_segment_requests_in_every_snapshot() {
    StatsAggregator aggregator = new StatsAggregator(config);
    aggregator.addClient(1);
    Race.Action recorder = () -> {
      for (int i = 0; i < UPDATES; i++) {
        ClientStats client = aggregator.client(1).orElseThrow();
        client.incrementSegmentRequests();
        client.recordSegmentSize(1);
      }
    };

    Race.observed(
        () -> {
          ClientSummary summary = aggregator.client(1).orElseThrow().summary();
          assertThat(summary.downloadedBytes())
              .isLessThanOrEqualTo(summary.requests().segment());
          AggregatedStats stats = aggregator.aggregate();
          assertThat(stats.downloadedBytes())
              .isLessThanOrEqualTo(stats.requests().segment());
        },
        recorder,
        recorder,
        () -> {
          for (int i = 0; i < UPDATES / 300; i++) {
            aggregator.addClient(1); // replaces
          }
        });
  }

  /**
   * Each recorder counts a request before its wall time. The clients stay live, and a client whose
   * process restarts keeps its requests.
   */
  @Test
  void wall_times_are_at_most_segment_requests_in_every_snapshot() {
    StatsAggregator aggregator = new StatsAggregator(config);
    List<Race.Action> actions = new ArrayList<>();
    for (int id = 0; id < THREADS; id++) {
      ClientStats client = aggregator.addClient(id);
      actions.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          client.incrementSegmentRequests();
          aggregator.recordSegmentWallTime(1_000 + i);
        }
      });
      actions.add(() -> {
        for (int i = 0; i < UPDATES / 300; i++) {
          client.onProcessStart();
        }
      });
    }

    Race.observed(
        () -> {
          AggregatedStats stats = aggregator.aggregate();
          assertThat(stats.segmentWallTimes().count())
              .isLessThanOrEqualTo(stats.requests().segment());
        },
        actions);

    AggregatedStats stats = aggregator.aggregate();
    assertThat(stats.segmentWallTimes().count()).isEqualTo((long) THREADS * UPDATES);
    assertThat(stats.requests().segment()).isEqualTo((long) THREADS * UPDATES);
  }
}
