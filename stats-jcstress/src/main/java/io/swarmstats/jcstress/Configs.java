package io.swarmstats.jcstress;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Creates the configurations of the stress tests: default thresholds and a clock per test. */
final class Configs {

  /** Time stands still, for tests that do not depend on time. */
  static final StatsConfig STILL = at(new ManualTimeSource());

  private static final long TICK_NANOS = 1_000_000_000L;

  private Configs() {}

  static StatsConfig at(TimeSource time) {
    return StatsConfig.defaults().withTimeSource(time);
  }

  /** Returns a configuration whose clock advances by one second at each read. */
  static StatsConfig ticking() {
    AtomicLong nanos = new AtomicLong();
    return at(new TimeSource() {
      @Override
      public long nanoTime() {
        return nanos.getAndAdd(TICK_NANOS);
      }

      @Override
      public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get());
      }
    });
  }
}
