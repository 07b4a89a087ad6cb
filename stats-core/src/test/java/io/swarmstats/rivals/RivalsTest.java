package io.swarmstats.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each contender, including the library, shows the recorded figures in simple cases. A wrong figure
 * in another test is therefore a fault of the documents, not of the rebuilt rival.
 */
class RivalsTest {

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);

  static Stream<Named<HttpErrors>> httpErrors() {
    return Stream.<HttpErrors>of(
            new MutexHttpErrors(),
            new SynchronizedHttpErrors(),
            new ConcurrentMapHttpErrors(),
            new EagerHttpErrors())
        .map(RivalsTest::named);
  }

  static Stream<Named<SegmentSizes>> segmentSizes() {
    return Stream.<SegmentSizes>of(
            new PlainSlotsSegmentSizes(), new AtomicSlotsSegmentSizes(), new CasIndexSegmentSizes())
        .map(RivalsTest::named);
  }

  static Stream<Named<Latencies>> latencies() {
    return Stream.<Latencies>of(new MutexLatencyDigest(), new ShippedLatencyHistogram())
        .map(RivalsTest::named);
  }

  private static <T> Named<T> named(T contender) {
    return Named.of(contender.getClass().getSimpleName(), contender);
  }

  static Stream<Arguments> aggregators() {
    return Arrays.stream(AggregatorContender.values())
        .flatMap(aggregator -> Arrays.stream(RateBaseline.Form.values())
            .map(baseline -> Arguments.of(aggregator, baseline)));
  }

  @ParameterizedTest
  @EnumSource
  void client_shows_the_recorded_figures(ClientContender contender) {
    Client client = contender.create(7, config);
    clock.advance(Duration.ofSeconds(10));
    client.incrementManifestRequests();
    repeat(2, client::incrementSegmentRequests);
    repeat(3, client::incrementInitRequests);
    repeat(4, client::incrementUnknownRequests);
    repeat(5, client::recordReconnection);
    repeat(6, client::recordTimeout);
    repeat(7, () -> client.recordHttpError(404));
    client.recordHttpError(503);
    client.updateDrift(3_000_000);
    client.updateDrift(4_000_000);
    client.recordDroppedLines(100, 10, 100, 30);
    client.recordDroppedLines(500, 10, 500, 30);
    client.recordSegmentSize(1_000);
    client.recordSegmentSize(2_001);

    assertThat(client.clientId()).isEqualTo(7);
    assertThat(client.uptime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(client.manifestRequests()).isEqualTo(1);
    assertThat(client.segmentRequests()).isEqualTo(2);
    assertThat(client.initRequests()).isEqualTo(3);
    assertThat(client.unknownRequests()).isEqualTo(4);
    assertThat(client.reconnections()).isEqualTo(5);
    assertThat(client.timeouts()).isEqualTo(6);
    assertThat(client.httpErrors()).isEqualTo(Map.of(404, 7L, 503, 1L));
    assertThat(client.currentDrift()).isEqualTo(Duration.ofSeconds(6));
    assertThat(client.maxDrift()).isEqualTo(Duration.ofSeconds(7));
    assertThat(client.hasHighDrift()).isTrue();
    assertThat(client.currentDropRate()).isEqualTo(0.04);
    assertThat(client.peakDropRate()).isEqualTo(0.2);
    assertThat(client.averageSegmentSize()).isEqualTo(1_500);
  }

  @ParameterizedTest
  @EnumSource
  void bytes_of_all_processes_add_up(ClientContender contender) {
    Client client = contender.create(7, config);
    client.updateCurrentBytes(600);
    client.updateCurrentBytes(1_000);
    assertThat(client.totalBytes()).isEqualTo(1_000);

    client.onProcessStart();
    assertThat(client.totalBytes()).isEqualTo(1_000);

    client.updateCurrentBytes(50);
    assertThat(client.totalBytes()).isEqualTo(1_050);
  }

  @ParameterizedTest
  @EnumSource
  void client_that_becomes_slow_is_stalled_after_the_stall_duration(ClientContender contender) {
    Client client = contender.create(7, config);
    client.updateSpeed(1.0);
    client.updateSpeed(0.5);
    clock.advance(config.stallDuration());
    client.updateSpeed(0.6);
    assertThat(client.isStalled()).isFalse();

    clock.advance(Duration.ofNanos(1));
    assertThat(client.isStalled()).isTrue();
    assertThat(client.speed()).isEqualTo(0.6);

    client.updateSpeed(0.9);
    assertThat(client.isStalled()).isFalse();
    client.updateSpeed(0.5);
    assertThat(client.isStalled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void client_averages_the_last_hundred_sizes(ClientContender contender) {
    Client client = contender.create(7, config);
    client.recordSegmentSize(1_000_000);
    for (int i = 1; i <= 100; i++) {
      client.recordSegmentSize(i * 10L);
    }

    assertThat(client.averageSegmentSize()).isEqualTo(505);
  }

  @ParameterizedTest
  @MethodSource("aggregators")
  void aggregate_shows_the_figures_of_its_clients(
      AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = contender.create(config, ClientContender.MUTEX, baseline);
    Client one = aggregator.addClient(1);
    clock.advance(Duration.ofSeconds(4));
    Client two = aggregator.addClient(2);
    two.updateDrift(2_000_000); // a drift of -2 s
    clock.advance(Duration.ofSeconds(6));
    one.updateDrift(1_000_000);
    for (Client each : List.of(one, two)) {
      repeat(10, each::incrementManifestRequests);
      repeat(20, each::incrementSegmentRequests);
      repeat(3, each::incrementInitRequests);
      repeat(7, each::incrementUnknownRequests);
      repeat(2, () -> each.recordHttpError(404));
      each.recordReconnection();
      repeat(2, each::recordTimeout);
      each.updateCurrentBytes(1_000);
    }
    one.updateSpeed(1.0);
    one.updateSpeed(0.5);
    two.updateSpeed(2.0);
    one.recordDroppedLines(100, 50, 100, 0);
    two.recordDroppedLines(300, 20, 500, 30);
    clock.advance(Duration.ofSeconds(6));

    assertThat(aggregator.aggregate())
        .isEqualTo(new Snapshot(
            Duration.ofSeconds(16),
            2,
            new Requests(20, 40, 6, 14),
            2_000,
            Map.of(404, 4L),
            2,
            4,
            0.1,
            1,
            1,
            1.25,
            Duration.ofSeconds(9),
            1_000,
            100,
            0.25,
            Duration.ofSeconds(12),
            Duration.ofSeconds(16),
            Duration.ofSeconds(14),
            new Rates(1.25, 2.5, 125)));
    assertThat(aggregator.peakDropRate()).isEqualTo(0.25);

    one.incrementSegmentRequests();
    clock.advance(Duration.ofSeconds(2));
    assertThat(aggregator.aggregate().instantaneous()).isEqualTo(new Rates(0, 0.5, 0));
  }

  @ParameterizedTest
  @MethodSource("aggregators")
  void clients_come_and_go(AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = contender.create(config, ClientContender.MUTEX, baseline);
    aggregator.addClient(1);
    aggregator.addClient(2);
    aggregator.addClient(2);
    assertThat(aggregator.clientCount()).isEqualTo(2);

    aggregator.removeClient(1);
    aggregator.removeClient(3);
    assertThat(aggregator.clientCount()).isEqualTo(1);
    assertThat(aggregator.aggregate().clients()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("aggregators")
  void reset_leaves_nothing(AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = contender.create(config, ClientContender.MUTEX, baseline);
    Client client = aggregator.addClient(1);
    client.updateCurrentBytes(1_000);
    client.recordDroppedLines(10, 5, 0, 0);
    clock.advance(Duration.ofSeconds(1));
    aggregator.aggregate();
    aggregator.reset();
    assertThat(aggregator.clientCount()).isZero();
    assertThat(aggregator.peakDropRate()).isZero();

    aggregator.addClient(1).updateCurrentBytes(100);
    clock.advance(Duration.ofSeconds(2));
    Snapshot after = aggregator.aggregate();
    assertThat(after.totalBytes()).isEqualTo(100);
    assertThat(after.instantaneous().bytesPerSecond()).isEqualTo(50);
  }

  @ParameterizedTest
  @MethodSource("httpErrors")
  void http_errors_are_counted_by_code(HttpErrors errors) {
    repeat(3, () -> errors.record(400));
    repeat(2, () -> errors.record(404));
    errors.record(599);

    assertThat(errors.counts()).isEqualTo(Map.of(400, 3L, 404, 2L, 599, 1L));
  }

  @ParameterizedTest
  @MethodSource("segmentSizes")
  void sizes_average_the_last_hundred(SegmentSizes sizes) {
    assertThat(sizes.average()).isZero();

    sizes.record(1_000_000);
    assertThat(sizes.average()).isEqualTo(1_000_000);

    for (int i = 1; i <= 100; i++) {
      sizes.record(i * 10L);
    }
    assertThat(sizes.average()).isEqualTo(505);
  }

  @ParameterizedTest
  @MethodSource("latencies")
  void latencies_show_the_percentiles_of_the_samples(Latencies latencies) {
    assertThat(latencies.count()).isZero();
    assertThat(latencies.percentile(0.5)).isZero();

    for (int i = 1; i <= 1_000; i++) {
      latencies.record(i * 1_000_000L);
    }
    assertThat(latencies.count()).isEqualTo(1_000);
    assertThat(latencies.percentile(0.5)).isBetween(Duration.ofMillis(490), Duration.ofMillis(510));
    assertThat(latencies.percentile(0.99))
        .isBetween(Duration.ofMillis(985), Duration.ofMillis(995));
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }
}
