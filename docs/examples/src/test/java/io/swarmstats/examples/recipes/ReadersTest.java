package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.TimeSource;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two consumers of one swarm, each with rates over windows of its own. */
class ReadersTest {

  private final AtomicLong nanos = new AtomicLong();
  private final TimeSource clock = new TimeSource() {
    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  };
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  @Test
  void readers_haveWindowsOfTheirOwn() {
    ClientStats client = swarm.addClient(1);
    // recipe:begin
    StatsReader dashboard = swarm.newReader(); // looks every second
    StatsReader log = swarm.newReader(); // looks every ten seconds
    // recipe:end

    for (int second = 1; second <= 10; second++) {
      for (int i = 0; i < second; i++) {
        client.incrementSegmentRequests();
      }
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(dashboard.aggregate().instantaneous().segmentPerSecond()).isEqualTo(second);
    }
    AggregatedStats logged = log.aggregate();
    assertThat(logged.instantaneous().segmentPerSecond()).isEqualTo(5.5);
    assertThat(logged.requests().segment()).isEqualTo(55);
  }
}
