package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two consumers of one swarm with separate windows. */
class ReadersTest {

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  @Test
  void readers_haveSeparateWindows() {
    ClientStats client = swarm.addClient(1);
    StatsReader dashboard = swarm.newReader(); // looks every second
    StatsReader log = swarm.newReader(); // looks every ten seconds

    for (int second = 1; second <= 10; second++) {
      for (int i = 0; i < second; i++) {
        client.incrementSegmentRequests();
      }
      clock.advance(Duration.ofSeconds(1));
      assertThat(dashboard.aggregate().instantaneous().segmentPerSecond()).isEqualTo(second);
    }
    AggregatedStats logged = log.aggregate();
    assertThat(logged.instantaneous().segmentPerSecond()).isEqualTo(5.5);
    assertThat(logged.requests().segment()).isEqualTo(55);
  }
}
