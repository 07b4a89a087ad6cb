package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.snapshot.ClientSummary;
import io.swarmstats.snapshot.Pipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Several threads restart a process and update it at the same time: promises G2 and G3. */
class RestartRaceTest {
  private static final int RESTARTS = 5_000;
  private static final int UPDATES_PER_RUN = 8;

  /**
   * Each thread starts a process and reports one more byte with each update. The other threads end
   * this process meanwhile. Each accepted update therefore adds one byte, and each other update
   * adds one rejected update.
   */
  @Test
  void total_bytes_are_exactly_what_was_accepted_and_never_fall() {
    ClientStats client = new ClientStats(1);
    AtomicLong offered = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    Race.Action owner = () -> {
      for (int i = 0; i < RESTARTS; i++) {
        ProcessRun run = client.onProcessStart();
        for (int bytes = 1; bytes <= UPDATES_PER_RUN; bytes++) {
          offered.incrementAndGet();
          run.updateBytes(bytes);
        }
      }
    };

    Race.observed(
        () -> {
          long total = client.totalBytes();
          assertThat(total).isBetween(seen.get(), offered.get());
          seen.set(total);
        },
        Collections.nCopies(3, owner));

    assertThat(client.totalBytes()).isEqualTo(offered.get() - client.rejectedUpdates());
  }

  /**
   * The four line counts are levels of one run. All reports through one handle raise the four
   * levels together.
   */
  @Test
  void lines_are_exactly_the_accepted_lines() {
    StatsAggregator aggregator = new StatsAggregator();
    ClientStats client = aggregator.addClient(1);
    int owners = 3;
    // one writer reports 1 line, 2 lines, ...: each accepted report adds 1 to the last level
    Race.Action owner = () -> {
      for (int i = 0; i < RESTARTS; i++) {
        ProcessRun run = client.onProcessStart();
        for (int lines = 1; lines <= UPDATES_PER_RUN; lines++) {
          run.recordDroppedLines(lines, lines, lines, lines);
        }
      }
    };

    Race.inThreads(owners, owner);

    Pipeline pipeline = aggregator.aggregate().pipeline();
    long offered = (long) owners * RESTARTS * UPDATES_PER_RUN;
    long accepted = offered - client.rejectedUpdates();
    // a rejected update may have raised some levels, but never above the offered number
    assertThat(pipeline.stderr().dropped()).isEqualTo(accepted);
    assertThat(pipeline.progress().dropped()).isBetween(accepted, offered);
    assertThat(pipeline.stderr().read()).isBetween(accepted, offered);
    assertThat(pipeline.progress().read()).isBetween(accepted, offered);
  }

  /** Each restart gets its own run. The total contains the accepted bytes of both runs. */
  @Test
  void two_threads_that_restart_at_once_end_each_run_once() {
    ClientStats client = new ClientStats(1);
    AtomicLong runs = new AtomicLong();
    Race.Action restart = () -> client.onProcessStart().updateBytes(1_000);

    Race.inRounds(
        10_000,
        () -> {
          long accepted = runs.addAndGet(2) - client.rejectedUpdates();
          assertThat(client.totalBytes()).isEqualTo(1_000 * accepted);
        },
        restart,
        restart);
  }

  @Test
  void run_ended_by_two_threads_at_once_is_folded_once() {
    ClientStats client = new ClientStats(1);
    client.updateCurrentBytes(1_000);
    AtomicLong finished = new AtomicLong(1_000);
    Race.Action restart = client::onProcessStart;

    Race.inRounds(
        10_000,
        () -> {
          assertThat(client.totalBytes()).isEqualTo(finished.get());
          client.updateCurrentBytes(1_000);
          finished.addAndGet(1_000);
        },
        restart,
        restart);

    assertThat(client.rejectedUpdates()).isZero();
  }

  /**
   * Each update either comes before the end of the run and adds one byte, or comes later and is
   * rejected.
   */
  @Test
  void updates_against_a_restart_count_or_are_rejected() {
    ClientStats client = new ClientStats(1);
    AtomicReference<ProcessRun> run = new AtomicReference<>(client.currentRun());
    AtomicLong offered = new AtomicLong();
    int updates = 500; // enough for the restart to fall between them

    Race.inRounds(
        10_000,
        () -> {
          long accepted = offered.addAndGet(updates) - client.rejectedUpdates();
          assertThat(client.totalBytes()).isEqualTo(accepted);
          run.set(client.currentRun());
        },
        client::onProcessStart,
        () -> {
          ProcessRun current = run.get();
          for (int bytes = 1; bytes <= updates; bytes++) {
            current.updateBytes(bytes);
          }
        });
  }

  @Test
  void several_writers_of_one_run_leave_its_greatest_report() {
    ClientStats client = new ClientStats(1);
    ProcessRun run = client.onProcessStart();
    List<Race.Action> writers = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int offset = thread;
      writers.add(() -> {
        for (int i = 0; i < 50_000; i++) {
          run.updateBytes(4L * i + offset);
        }
      });
    }
    AtomicLong seen = new AtomicLong();

    Race.observed(
        () -> {
          long total = client.totalBytes();
          assertThat(total).isGreaterThanOrEqualTo(seen.getAndSet(total));
        },
        writers);

    assertThat(client.totalBytes()).isEqualTo(4L * 49_999 + 3);
    assertThat(client.rejectedUpdates()).isZero();
  }

  @Test
  void late_writer_of_an_ended_run_changes_nothing_but_the_rejected_updates() {
    ClientStats client = new ClientStats(1);
    ProcessRun ended = client.currentRun();
    ended.onProgress(1_000, 1_000, 1.5);
    client.onProcessStart();
    ClientSummary before = client.summary();
    int threads = 4;
    int updates = 5_000;

    Race.inThreads(threads, () -> {
      for (int i = 1; i <= updates; i++) {
        ended.updateBytes(1_000_000L + i);
        ended.updateDrift(1);
        ended.updateSpeed(0.1);
        ended.recordDroppedLines(i, i, i, i);
        ended.onProgress(2_000_000L + i, 1, 0.2);
      }
    });

    ClientSummary after = client.summary();
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("uptime", "rejectedUpdates")
        .isEqualTo(before);
    assertThat(after.rejectedUpdates()).isEqualTo(5L * threads * updates);
  }
}
