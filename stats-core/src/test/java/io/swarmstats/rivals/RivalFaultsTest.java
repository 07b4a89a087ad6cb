package io.swarmstats.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.CallbackClock;
import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of the originals that one thread can show in the rivals, every time. Where a fault needs
 * two interleaved operations, the clock runs the second operation when the first operation reads
 * the time.
 *
 * <p>{@link IntendedDifferencesTest} shows A3, H1, H3 and H8. The stress tests show A1, A2, B1, C2,
 * C3, C5, D1, E1 and F1. {@code FaultsOfTheOriginalsTest} shows that the library has none of these
 * faults.
 */
class RivalFaultsTest {

  private final CallbackClock clock = new CallbackClock();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);

  static Stream<Arguments> aggregators() {
    return EnumSet.complementOf(EnumSet.of(AggregatorContender.SHIPPED)).stream()
        .flatMap(aggregator -> Arrays.stream(RateBaseline.Form.values())
            .map(baseline -> Arguments.of(aggregator, baseline)));
  }

  /**
   * Returns the aggregators whose reset does not wait for a running aggregate. A reset with a lock
   * waits.
   */
  static Stream<Arguments> aggregatorsWithoutLock() {
    return aggregators().filter(of -> of.get()[0] != AggregatorContender.RW_LOCK);
  }

  private Aggregator create(AggregatorContender contender, RateBaseline.Form baseline) {
    return contender.create(config, ClientContender.MUTEX, baseline);
  }

  /**
   * Runs the action in the middle of the next aggregate, after the aggregate has read its only
   * client.
   */
  private void afterTheClientWasRead(Runnable action) {
    clock.duringNextReading(() ->
        clock.duringNextReading(action)); // first reading: the time; second reading: the uptime
  }

  @Test
  void c1_client_that_is_slow_from_the_start_is_never_stalled() {
    Client client = ClientContender.PLAIN_ATOMICS.create(1, config);
    client.updateSpeed(0.5);
    clock.advance(Duration.ofHours(1));
    client.updateSpeed(0.4);
    clock.advance(Duration.ofHours(1));

    assertThat(client.isStalled()).isFalse();
  }

  @Test
  void c1_client_that_is_slow_after_an_unknown_speed_is_never_stalled() {
    Client client = ClientContender.PLAIN_ATOMICS.create(1, config);
    client.updateSpeed(1.0);
    client.updateSpeed(0); // N/A
    client.updateSpeed(0.5);
    clock.advance(Duration.ofHours(1));

    assertThat(client.isStalled()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("aggregators")
  void h2_aggregate_that_another_overtakes_has_a_window_that_ends_before_it_starts(
      AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = create(contender, baseline);
    Client client = aggregator.addClient(1);
    clock.advance(Duration.ofSeconds(1));
    clock.duringNextReading(() -> {
      clock.advance(Duration.ofSeconds(1));
      aggregator.aggregate();
      client.updateCurrentBytes(50);
    });

    assertThat(aggregator.aggregate().instantaneous().bytesPerSecond()).isEqualTo(-50);
  }

  @ParameterizedTest
  @MethodSource("aggregators")
  void h2_window_after_an_aggregate_that_another_overtook_counts_bytes_again(
      AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = create(contender, baseline);
    Client client = aggregator.addClient(1);
    clock.advance(Duration.ofSeconds(1));
    afterTheClientWasRead(() -> {
      client.updateCurrentBytes(1_000);
      clock.advance(Duration.ofSeconds(1));
      assertThat(aggregator.aggregate().instantaneous().bytesPerSecond()).isEqualTo(500);
    });
    aggregator.aggregate();
    clock.advance(Duration.ofSeconds(1));

    assertThat(aggregator.aggregate().instantaneous().bytesPerSecond()).isEqualTo(500); // not 0
  }

  @ParameterizedTest
  @MethodSource("aggregatorsWithoutLock")
  void h7_aggregate_that_began_before_a_reset_brings_the_old_baseline_and_peak_back(
      AggregatorContender contender, RateBaseline.Form baseline) {
    Aggregator aggregator = create(contender, baseline);
    Client client = aggregator.addClient(1);
    client.updateCurrentBytes(1_000_000);
    client.recordDroppedLines(10, 5, 0, 0);
    clock.advance(Duration.ofSeconds(1));
    afterTheClientWasRead(aggregator::reset);
    aggregator.aggregate();
    clock.advance(Duration.ofSeconds(1));

    assertThat(clock.hasCalledBack()).isTrue();
    assertThat(aggregator.aggregate().instantaneous().bytesPerSecond()).isEqualTo(-1_000_000);
    assertThat(aggregator.peakDropRate()).isEqualTo(0.5);
  }

  @Test
  void percentile_that_is_the_largest_of_the_clients_is_that_of_the_slowest_client() {
    Latencies all = new MutexLatencyDigest();
    Latencies library = new ShippedLatencyHistogram();
    List<Duration> medians = new ArrayList<>();
    for (int client = 1; client <= 300; client++) {
      Latencies own = new MutexLatencyDigest();
      for (int i = 0; i < 100; i++) {
        long nanos = Duration.ofMillis(client == 300 ? 10_000 : 50).plusNanos(i).toNanos();
        List.of(own, all, library).forEach(latencies -> latencies.record(nanos));
      }
      medians.add(own.percentile(0.5));
    }

    assertThat(Collections.max(medians)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(all.percentile(0.5)).isLessThan(Duration.ofMillis(51));
    assertThat(library.percentile(0.5)).isLessThan(Duration.ofMillis(51));
  }
}
