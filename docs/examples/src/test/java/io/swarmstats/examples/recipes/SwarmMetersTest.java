package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.swarmstats.StatsAggregator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The percentiles of the meters cover the last interval, count and sum cover the epoch. */
class SwarmMetersTest {

  private final StatsAggregator swarm = new StatsAggregator();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private void record(int count, Duration wallTime) {
    for (int i = 0; i < count; i++) {
      swarm.recordSegmentWallTime(wallTime.toNanos());
    }
  }

  private double p99() {
    return registry
            .get("swarm.segment.wall_time.last")
            .tag("quantile", "0.99")
            .timeGauge()
            .value(TimeUnit.NANOSECONDS)
        / 1e9;
  }

  @Test
  void percentile_isOfTheLastInterval() {
    record(100, Duration.ofMillis(10)); // before the first interval
    SwarmMeters meters = new SwarmMeters(swarm.newReader()::aggregate, Map.of());
    meters.bindTo(registry);
    assertThat(p99()).isZero();

    record(1_000_000, Duration.ofMillis(100));
    meters.refresh();
    assertThat(p99()).isCloseTo(0.1, within(0.001));

    record(10, Duration.ofSeconds(5)); // the p99 of the epoch would still be 0.1 s
    meters.refresh();
    assertThat(p99()).isCloseTo(5, within(0.05));

    meters.refresh();
    assertThat(p99()).isZero();
  }

  @Test
  void countAndSum_areOfTheEpoch() {
    SwarmMeters meters = new SwarmMeters(swarm.newReader()::aggregate, Map.of());
    meters.bindTo(registry);
    record(3, Duration.ofMillis(100));
    meters.refresh();
    record(1, Duration.ofMillis(700));
    meters.refresh();

    FunctionTimer timer = registry.get("swarm.segment.wall_time").functionTimer();
    assertThat(timer.count()).isEqualTo(4);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isCloseTo(1, within(1e-9));
    assertThat(timer.mean(TimeUnit.SECONDS)).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void twoSwarmsInOneRegistry_areBothThere() {
    SwarmMeters live = new SwarmMeters(swarm.newReader()::aggregate, Map.of("swarm", "live"));
    live.bindTo(registry);
    StatsAggregator other = new StatsAggregator();
    other.addClient(1);
    SwarmMeters vod = new SwarmMeters(other.newReader()::aggregate, Map.of("swarm", "vod"));
    vod.bindTo(registry);

    assertThat(registry.get("swarm.clients").tag("swarm", "live").gauge().value())
        .isZero();
    assertThat(registry.get("swarm.clients").tag("swarm", "vod").gauge().value())
        .isEqualTo(1);
  }

  @Test
  void registryThatIsBoundLater_hasAllMeters() {
    SwarmMeters meters = new SwarmMeters(swarm.newReader()::aggregate, Map.of());
    swarm.addClient(1).recordHttpError(503);
    meters.refresh();
    meters.bindTo(registry);

    assertThat(registry
            .get("swarm.http.errors")
            .tag("status", "503")
            .functionCounter()
            .count())
        .isEqualTo(1);
  }
}
