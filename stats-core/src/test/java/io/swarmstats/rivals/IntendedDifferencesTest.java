package io.swarmstats.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The intended differences between the library and the documents' mutex variants, in one thread.
 * Each test shows the result of the rival and the result of the library.
 * {@code docs/study/faults-of-the-originals.md} has the same list under "Intended differences".
 * {@link OracleTest} checks that library and mutex variants agree in all other respects. Labels
 * such as A3 are the faults on that page.
 */
class IntendedDifferencesTest {

  private static final long SECOND = 1_000_000L; // in the unit of out_time, microseconds

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final Client rival = ClientContender.MUTEX.create(1, config);
  private final ClientStats library = new ClientStats(1, config);
  private final Aggregator rivalSwarm =
      AggregatorContender.RW_LOCK.create(config, ClientContender.MUTEX, RateBaseline.Form.MUTEX);
  private final StatsAggregator librarySwarm = new StatsAggregator(config);

  private void bothClients(Consumer<Client> action) {
    action.accept(rival);
    action.accept(new ShippedClient(library));
  }

  /** Adds a client to each aggregator. */
  private void bothAdd(int clientId, Consumer<Client> action) {
    action.accept(rivalSwarm.addClient(clientId));
    action.accept(new ShippedClient(librarySwarm.addClient(clientId)));
  }

  private void bothRemove(int clientId) {
    rivalSwarm.removeClient(clientId);
    librarySwarm.removeClient(clientId);
  }

  // process runs

  @Test
  void drift_counts_from_the_start_of_the_run_not_of_the_client() {
    clock.advance(Duration.ofSeconds(60));
    bothClients(Client::onProcessStart);
    clock.advance(Duration.ofSeconds(3));
    bothClients(client -> client.updateDrift(2 * SECOND));

    assertThat(rival.currentDrift()).isEqualTo(Duration.ofSeconds(61));
    assertThat(library.currentDrift()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void new_run_has_no_drift() {
    clock.advance(Duration.ofSeconds(10));
    bothClients(client -> {
      client.updateDrift(1 * SECOND);
      client.onProcessStart();
    });

    assertThat(rival.currentDrift()).isEqualTo(Duration.ofSeconds(9));
    assertThat(rival.hasHighDrift()).isTrue();
    assertThat(library.currentDrift()).isZero();
    assertThat(library.hasHighDrift()).isFalse();
    assertThat(library.maxDrift()).isEqualTo(rival.maxDrift());
  }

  @Test
  void new_run_has_no_speed_and_no_stall_clock() {
    bothClients(client -> client.updateSpeed(0.5));
    clock.advance(Duration.ofSeconds(6));
    bothClients(Client::onProcessStart);
    assertThat(rival.speed()).isEqualTo(0.5);
    assertThat(rival.isStalled()).isTrue();
    assertThat(library.speed()).isZero();
    assertThat(library.isStalled()).isFalse();

    bothClients(client -> client.updateSpeed(0.5));
    assertThat(rival.isStalled()).isTrue();
    assertThat(library.isStalled()).isFalse();
  }

  @Test
  void process_that_does_not_begin_to_play_is_stalled() {
    bothClients(Client::onProcessStart);
    clock.advance(Duration.ofSeconds(6));

    assertThat(rival.isStalled()).isFalse();
    assertThat(library.isStalled()).isTrue();
  }

  @Test
  void drop_rate_is_that_of_all_runs() {
    bothClients(client -> {
      client.recordDroppedLines(100, 10, 0, 0);
      client.onProcessStart();
      client.recordDroppedLines(100, 0, 0, 0);
    });

    assertThat(rival.currentDropRate()).isZero();
    assertThat(library.currentDropRate()).isEqualTo(0.05);
  }

  @Test
  void lines_of_ended_runs_stay_in_the_totals() {
    bothAdd(1, client -> {
      client.recordDroppedLines(100, 10, 0, 0);
      client.onProcessStart();
      client.recordDroppedLines(50, 1, 0, 0);
    });

    assertThat(rivalSwarm.aggregate().linesRead()).isEqualTo(50);
    assertThat(rivalSwarm.aggregate().linesDropped()).isEqualTo(1);
    assertThat(librarySwarm.aggregate().pipeline().linesRead()).isEqualTo(150);
    assertThat(librarySwarm.aggregate().pipeline().linesDropped()).isEqualTo(11);
  }

  @Test
  void late_update_of_an_ended_process_is_rejected() { // A3
    ProcessRun ended = library.currentRun();
    rival.updateCurrentBytes(1_000);
    ended.updateBytes(1_000);
    bothClients(Client::onProcessStart);
    rival.updateCurrentBytes(1_100); // the rival has no handle per process
    ended.updateBytes(1_100);

    assertThat(rival.totalBytes()).isEqualTo(2_100);
    assertThat(library.totalBytes()).isEqualTo(1_000);
    assertThat(library.rejectedUpdates()).isEqualTo(1);

    bothClients(client -> client.updateCurrentBytes(50));
    assertThat(rival.totalBytes()).isEqualTo(1_050);
    assertThat(library.totalBytes()).isEqualTo(1_050);
  }

  // values

  @Test
  void lower_total_size_within_a_run_changes_nothing() {
    bothClients(client -> {
      client.updateCurrentBytes(1_000);
      client.updateCurrentBytes(900);
    });

    assertThat(rival.totalBytes()).isEqualTo(900);
    assertThat(library.totalBytes()).isEqualTo(1_000);
    assertThat(library.rejectedUpdates()).isZero();
  }

  @Test
  void lower_line_count_within_a_run_changes_nothing() {
    bothClients(client -> {
      client.recordDroppedLines(100, 10, 0, 0);
      client.recordDroppedLines(80, 0, 0, 0);
    });

    assertThat(rival.currentDropRate()).isZero();
    assertThat(library.currentDropRate()).isEqualTo(0.1);
    assertThat(library.rejectedUpdates()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -SECOND})
  void out_time_of_zero_or_below_changes_nothing(long outTimeMicros) {
    clock.advance(Duration.ofSeconds(10));
    bothClients(client -> client.updateDrift(outTimeMicros));

    assertThat(rival.maxDrift()).isEqualTo(Duration.ofSeconds(10 - outTimeMicros / SECOND));
    assertThat(library.maxDrift()).isZero();
    assertThat(library.rejectedUpdates()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void speed_that_is_no_speed_is_unknown(double speed) {
    bothClients(client -> client.updateSpeed(speed));

    // boxed: NaN then equals NaN, and -0.0 differs from 0.0
    assertThat(rival.speed()).isEqualTo(Double.valueOf(speed));
    assertThat(library.speed()).isEqualTo(Double.valueOf(0.0));
    assertThat(library.rejectedUpdates()).isZero();
  }

  @Test
  void infinite_speed_leaves_the_average_alone() {
    bothAdd(1, client -> client.updateSpeed(1.5));
    bothAdd(2, client -> client.updateSpeed(Double.POSITIVE_INFINITY));

    assertThat(rivalSwarm.aggregate().averageSpeed()).isInfinite();
    assertThat(librarySwarm.aggregate().playback().averageSpeed()).isEqualTo(1.5);
  }

  @Test
  void negative_total_size_is_rejected() {
    bothClients(client -> {
      client.updateCurrentBytes(1_000);
      client.updateCurrentBytes(-1);
    });

    assertThat(rival.totalBytes()).isEqualTo(-1);
    assertThat(library.totalBytes()).isEqualTo(1_000);
    assertThat(library.rejectedUpdates()).isEqualTo(1);
  }

  @Test
  void more_lines_dropped_than_read_are_rejected() {
    bothClients(client -> client.recordDroppedLines(10, 11, 0, 0));

    assertThat(rival.peakDropRate()).isEqualTo(1.1);
    assertThat(library.peakDropRate()).isZero();
    assertThat(library.rejectedUpdates()).isEqualTo(1);
  }

  @Test
  void negative_line_counts_are_rejected() {
    bothClients(client -> client.recordDroppedLines(10, -1, 0, 0));

    assertThat(rival.currentDropRate()).isEqualTo(-0.1);
    assertThat(library.currentDropRate()).isZero();
    assertThat(library.rejectedUpdates()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void segment_size_of_zero_or_below_is_rejected(long noSize) {
    bothClients(client -> {
      client.recordSegmentSize(1_000);
      for (int i = 0; i < SegmentSizes.LENGTH; i++) {
        client.recordSegmentSize(noSize);
      }
    });

    assertThat(rival.averageSegmentSize())
        .isZero(); // the size takes a slot but stays out of the average
    assertThat(library.averageSegmentSize()).isEqualTo(1_000);
    assertThat(library.rejectedUpdates()).isEqualTo(SegmentSizes.LENGTH);
  }

  @Test
  void other_status_codes_share_one_count() {
    HttpErrors array = new EagerHttpErrors();
    for (int code : new int[] {302, 404, 600, -1}) {
      bothClients(client -> client.recordHttpError(code));
      array.record(code);
    }

    assertThat(rival.httpErrors()).isEqualTo(Map.of(302, 1L, 404, 1L, 600, 1L, -1, 1L));
    assertThat(library.httpErrors())
        .isEqualTo(Map.of(404, 1L, Errors.OTHER, 3L))
        .isEqualTo(array.counts());
  }

  @Test
  void sums_and_products_do_not_overflow() {
    bothClients(client -> {
      client.recordSegmentSize(Long.MAX_VALUE);
      client.recordSegmentSize(Long.MAX_VALUE);
      client.updateDrift(Long.MAX_VALUE);
      client.updateCurrentBytes(Long.MAX_VALUE);
      client.onProcessStart();
      client.updateCurrentBytes(1);
    });
    assertThat(rival.averageSegmentSize()).isEqualTo(-1);
    assertThat(rival.maxDrift())
        .isEqualTo(Duration.ofNanos(1_000)); // the client is far ahead but seems to be behind
    assertThat(rival.totalBytes()).isEqualTo(Long.MIN_VALUE);
    assertThat(library.averageSegmentSize()).isEqualTo(Long.MAX_VALUE);
    assertThat(library.maxDrift()).isZero();
    assertThat(library.totalBytes()).isEqualTo(Long.MAX_VALUE);
  }

  // aggregator

  @Test
  void totals_of_a_removed_client_stay() { // H3
    for (int id = 1; id <= 2; id++) {
      bothAdd(id, client -> repeat(1_000, client::incrementSegmentRequests));
    }
    clock.advance(Duration.ofSeconds(1));
    rivalSwarm.aggregate();
    librarySwarm.aggregate();
    bothRemove(2);
    clock.advance(Duration.ofMillis(100));

    Snapshot rivalAfter = rivalSwarm.aggregate();
    assertThat(rivalAfter.requests().segment()).isEqualTo(1_000);
    assertThat(rivalAfter.instantaneous().segmentPerSecond()).isEqualTo(-10_000);
    AggregatedStats libraryAfter = librarySwarm.aggregate();
    assertThat(libraryAfter.requests().segment()).isEqualTo(2_000);
    assertThat(libraryAfter.instantaneous().segmentPerSecond()).isZero();
  }

  @Test
  void maxima_of_a_removed_client_stay() {
    bothAdd(1, client -> {
      clock.advance(Duration.ofSeconds(5)); // once for the library, once for the rival
      client.updateDrift(1 * SECOND);
      client.recordDroppedLines(10, 5, 0, 0);
    });
    bothRemove(1);

    assertThat(rivalSwarm.aggregate().maxDrift()).isZero();
    assertThat(rivalSwarm.aggregate().peakDropRate())
        .isZero(); // no snapshot was taken before the removal
    assertThat(librarySwarm.aggregate().playback().maxDrift()).isEqualTo(Duration.ofSeconds(4));
    assertThat(librarySwarm.aggregate().pipeline().peakDropRate()).isEqualTo(0.5);
  }

  @Test
  void removed_client_is_closed() {
    Client rivalClient = rivalSwarm.addClient(1);
    ClientStats libraryClient = librarySwarm.addClient(1);
    bothRemove(1);
    rivalClient.updateCurrentBytes(1_000);
    libraryClient.updateCurrentBytes(1_000);

    assertThat(rivalClient.totalBytes())
        .isEqualTo(1_000); // the removed client still counts, but no total contains the count
    assertThat(libraryClient.isClosed()).isTrue();
    assertThat(libraryClient.totalBytes()).isZero();
    assertThat(libraryClient.rejectedUpdates()).isEqualTo(1);
  }

  @Test
  void totals_of_a_replaced_client_stay() {
    bothAdd(1, client -> client.updateCurrentBytes(1_000));
    bothAdd(1, client -> client.updateCurrentBytes(50));

    assertThat(rivalSwarm.aggregate().totalBytes()).isEqualTo(50);
    assertThat(librarySwarm.aggregate().totalBytes()).isEqualTo(1_050);
  }

  @Test
  void two_readers_have_a_window_each() { // H1
    bothAdd(1, client -> client.updateCurrentBytes(1_000));
    StatsReader first = librarySwarm.newReader();
    StatsReader second = librarySwarm.newReader();
    clock.advance(Duration.ofMillis(997));
    assertThat(rivalSwarm.aggregate().instantaneous().bytesPerSecond()).isGreaterThan(1_000);
    assertThat(first.aggregate().instantaneous().bytesPerSecond()).isGreaterThan(1_000);

    clock.advance(Duration.ofMillis(3));
    assertThat(rivalSwarm.aggregate().instantaneous().bytesPerSecond()).isZero();
    assertThat(second.aggregate().instantaneous().bytesPerSecond()).isEqualTo(1_000);
  }

  @Test
  void snapshot_at_the_time_of_the_last_one_does_not_move_the_window() {
    Client rivalClient = rivalSwarm.addClient(1);
    ClientStats libraryClient = librarySwarm.addClient(1);
    clock.advance(Duration.ofSeconds(1));
    rivalSwarm.aggregate();
    librarySwarm.aggregate();
    rivalClient.updateCurrentBytes(1_000);
    libraryClient.updateCurrentBytes(1_000);
    rivalSwarm.aggregate();
    librarySwarm.aggregate();
    clock.advance(Duration.ofSeconds(1));

    assertThat(rivalSwarm.aggregate().instantaneous().bytesPerSecond()).isZero();
    assertThat(librarySwarm.aggregate().instantaneous().bytesPerSecond()).isEqualTo(1_000);
  }

  @Test
  void least_uptime_may_be_zero() { // H8
    rivalSwarm.addClient(2);
    librarySwarm.addClient(2);
    clock.advance(Duration.ofSeconds(10));
    rivalSwarm.addClient(1); // visited first
    librarySwarm.addClient(1);

    assertThat(rivalSwarm.aggregate().minUptime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(librarySwarm.aggregate().uptimes().min()).isZero();
  }

  @Test
  void error_rate_is_at_most_one() {
    bothAdd(1, client -> {
      client.incrementSegmentRequests();
      client.recordHttpError(503);
      client.recordTimeout();
    });

    assertThat(rivalSwarm.aggregate().errorRate()).isEqualTo(2);
    assertThat(librarySwarm.aggregate().errorRate()).isEqualTo(1);
  }

  @Test
  void error_rate_of_errors_without_requests_is_one() {
    bothAdd(1, client -> client.recordHttpError(503));

    assertThat(rivalSwarm.aggregate().errorRate()).isZero();
    assertThat(librarySwarm.aggregate().errorRate()).isEqualTo(1);
  }

  @Test
  void peak_drop_rate_is_known_before_an_aggregate_is_taken() {
    bothAdd(1, client -> client.recordDroppedLines(10, 5, 0, 0));

    assertThat(rivalSwarm.peakDropRate()).isZero();
    assertThat(librarySwarm.peakDropRate()).isEqualTo(0.5);
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
