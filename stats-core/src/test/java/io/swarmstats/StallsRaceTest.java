package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Two threads report for one process, or one of them ends its run: promise G18. */
class StallsRaceTest {
  private static final int ROUNDS = 3_000;
  private static final long MEDIA_MICROS = 10_000_000;
  private static final Duration ROUND = Duration.ofSeconds(20);

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private ClientStats client = new ClientStats(1, config);

  /** In each round one report adds the wait, and the other report stops the clock. */
  @Test
  void each_wait_and_each_stall_of_two_reporters_counts_once() {
    begin();

    race(() -> clock.advance(ROUND), this::report, this::report);

    assertThat(client.stalledTime()).isEqualTo(ROUND.multipliedBy(ROUNDS).minusSeconds(10));
    assertThat(client.stalls()).isEqualTo(ROUNDS);
  }

  /** In each round the report or the restart counts the wait of 10 s. */
  @Test
  void each_wait_and_each_stall_before_a_restart_counts_once() {
    race(
        () -> {
          begin();
          clock.advance(ROUND);
        },
        this::report,
        client::onProcessStart);

    assertThat(client.stalledTime()).isEqualTo(Duration.ofSeconds(10).multipliedBy(ROUNDS));
    assertThat(client.stalls()).isEqualTo(ROUNDS);
  }

  /** In each round the report or the removal counts the wait of 10 s. */
  @Test
  void each_wait_and_each_stall_before_a_removal_counts_once() {
    StatsAggregator aggregator = new StatsAggregator(config);

    race(
        () -> {
          client = aggregator.addClient(1);
          begin();
          clock.advance(ROUND);
        },
        this::report,
        () -> aggregator.removeClient(1));

    assertThat(aggregator.aggregate().playback().stalledTime())
        .isEqualTo(Duration.ofSeconds(10).multipliedBy(ROUNDS));
    assertThat(aggregator.aggregate().playback().stalls()).isEqualTo(ROUNDS);
  }

  /** Lets the viewer of the current run begin with 10 s of media. */
  private void begin() {
    client.onProgress(-1, MEDIA_MICROS, 1.0);
    client.onProgress(-1, MEDIA_MICROS, 1.0);
  }

  private void report() {
    client.onProgress(-1, MEDIA_MICROS, 1.0);
  }

  /** Runs the two actions at the same time, in each of many rounds. */
  private static void race(Runnable beforeEachRound, Runnable first, Runnable second) {
    CyclicBarrier start = new CyclicBarrier(2, beforeEachRound);
    CyclicBarrier end = new CyclicBarrier(2);
    Race.of(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            start.await();
            first.run();
            end.await();
          }
        },
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            start.await();
            second.run();
            end.await();
          }
        });
  }
}
