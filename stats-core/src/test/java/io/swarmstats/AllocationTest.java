package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.snapshot.AggregatedStats;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recording allocates nothing once a client's rows exist (promise G15). A snapshot allocates the
 * same for any number of clients.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int CALLS = 100_000;
  private static final int ATTEMPTS = 10;

  /**
   * One call of a recording method. The call gets a client, a run of this client, and a number that
   * changes from call to call.
   */
  private interface Recording {
    void call(ClientStats client, ProcessRun run, int i);
  }

  private record Case(String name, Recording recording) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> everyRecordingMethod() {
    return Stream.of(
        new Case(
            "incrementManifestRequests", (client, run, i) -> client.incrementManifestRequests()),
        new Case("incrementSegmentRequests", (client, run, i) -> client.incrementSegmentRequests()),
        new Case("incrementInitRequests", (client, run, i) -> client.incrementInitRequests()),
        new Case("incrementUnknownRequests", (client, run, i) -> client.incrementUnknownRequests()),
        new Case("recordHttpError", (client, run, i) -> client.recordHttpError(i % 700)),
        new Case("recordReconnection", (client, run, i) -> client.recordReconnection()),
        new Case("recordTimeout", (client, run, i) -> client.recordTimeout()),
        new Case("recordSegmentSize", (client, run, i) -> client.recordSegmentSize(i)),
        new Case("updateCurrentBytes", (client, run, i) -> client.updateCurrentBytes(i)),
        new Case("updateDrift", (client, run, i) -> client.updateDrift(i)),
        new Case("updateSpeed", (client, run, i) -> client.updateSpeed(i % 3 * 0.6)),
        new Case(
            "recordDroppedLines",
            (client, run, i) -> client.recordDroppedLines(i, i / 2, i, i / 3)),
        new Case("onProgress", (client, run, i) -> client.onProgress(i, i, i % 3 * 0.6)),
        new Case(
            "onProgress, nothing reported",
            (client, run, i) -> client.onProgress(-1, -1, Double.NaN)),
        new Case("currentRun", (client, run, i) -> client.currentRun().updateBytes(i)),
        new Case("run.updateBytes", (client, run, i) -> run.updateBytes(i)),
        new Case("run.updateDrift", (client, run, i) -> run.updateDrift(i)),
        new Case("run.updateSpeed", (client, run, i) -> run.updateSpeed(i % 3 * 0.6)),
        new Case(
            "run.recordDroppedLines",
            (client, run, i) -> run.recordDroppedLines(i, i / 2, i, i / 3)),
        new Case("run.onProgress", (client, run, i) -> run.onProgress(i, i, i % 3 * 0.6)),
        new Case("rejected updates", (client, run, i) -> {
          client.updateCurrentBytes(-1);
          client.recordSegmentSize(0);
          client.recordDroppedLines(0, 1, 0, 0);
        }));
  }

  /** An action, repeated. */
  private interface Repeated {
    void call(int i);
  }

  /**
   * Returns the bytes that this thread allocates for all calls. The result is the minimum of
   * several attempts, because the first attempts run cold code.
   */
  private static long bytesAllocatedBy(Repeated action) {
    long fewest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        action.call(i);
      }
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }

  @ParameterizedTest
  @MethodSource("everyRecordingMethod")
  void recording_allocates_nothing(Case recorded) {
    ClientStats client = new ClientStats(1);
    ProcessRun run = client.onProcessStart();

    long bytes = bytesAllocatedBy(i -> recorded.recording().call(client, run, i));

    assertThat(bytes).isZero();
  }

  @ParameterizedTest
  @MethodSource("everyRecordingMethod")
  void recording_through_a_run_that_ended_allocates_nothing(Case recorded) {
    ClientStats client = new ClientStats(1);
    ProcessRun ended = client.onProcessStart();
    client.onProcessStart();

    long bytes = bytesAllocatedBy(i -> recorded.recording().call(client, ended, i));

    assertThat(bytes).isZero();
  }

  @ParameterizedTest
  @MethodSource("everyRecordingMethod")
  void recording_on_a_closed_client_allocates_nothing(Case recorded) {
    StatsAggregator aggregator = new StatsAggregator();
    ClientStats closed = aggregator.addClient(1);
    ProcessRun run = closed.onProcessStart();
    // gives the client its own rows: otherwise shared sealed rows would reject the updates
    closed.recordHttpError(404);
    closed.recordSegmentSize(1);
    aggregator.removeClient(1);

    long bytes = bytesAllocatedBy(i -> recorded.recording().call(closed, run, i));

    assertThat(bytes).isZero();
  }

  /** Each latency is a new maximum. A negative one is rejected. */
  @Test
  void wall_time_after_the_first_allocates_nothing() {
    StatsAggregator aggregator = new StatsAggregator();
    LatencyHistogram histogram = new LatencyHistogram();
    aggregator.recordSegmentWallTime(1_000);
    histogram.record(1_000);

    assertThat(bytesAllocatedBy(i -> aggregator.recordSegmentWallTime(1_000L + i)))
        .isZero();
    assertThat(bytesAllocatedBy(i -> histogram.record((1_000L + i) << 30))).isZero();
    assertThat(bytesAllocatedBy(i -> histogram.record(-1L - i))).isZero();
  }

  @Test
  void measurement_sees_an_allocation() {
    ClientStats client = new ClientStats(1);

    // one handle and two rows for each call
    assertThat(bytesAllocatedBy(i -> client.onProcessStart())).isGreaterThan(100L * CALLS);
  }

  @Test
  void aggregate_allocates_as_much_for_ten_thousand_clients_as_for_a_hundred() {
    long bytesFor100 = bytesAllocatedByAggregateOf(100);
    long bytesFor10_000 = bytesAllocatedByAggregateOf(10_000);

    // one byte per client would add 9,900 bytes; the compiler removes a varying number of objects
    assertThat(bytesFor10_000).isCloseTo(bytesFor100, within(2_000L));
  }

  private static long bytesAllocatedByAggregateOf(int clients) {
    StatsAggregator aggregator = new StatsAggregator();
    for (int id = 0; id < clients; id++) {
      ClientStats client = aggregator.addClient(id);
      client.recordHttpError(404);
      client.recordSegmentSize(1_000);
      client.onProgress(1_000, 1_000, 0.5);
    }
    aggregator.recordSegmentWallTime(1_000);
    StatsReader reader = aggregator.newReader();
    long fewest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 200; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      AggregatedStats stats = reader.aggregate();
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
      assertThat(stats.clients().active()).isEqualTo(clients);
    }
    return fewest;
  }
}
