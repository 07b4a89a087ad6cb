package io.swarmstats.jcstress;

import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The time of one state: it stands still until it is advanced, or ticks each time it is read. */
final class ManualClock implements TimeSource {

  /** A configuration whose time stands still for ever, for the tests in which it has no part. */
  static final StatsConfig STILL = new ManualClock(Duration.ZERO).config();

  private final AtomicLong nanos = new AtomicLong();
  private final long tick;

  private ManualClock(Duration tick) {
    this.tick = tick.toNanos();
  }

  /** Returns a clock that moves only when it is advanced. */
  static ManualClock standing() {
    return new ManualClock(Duration.ZERO);
  }

  /** Returns a clock that is a second later each time it is read. */
  static ManualClock ticking() {
    return new ManualClock(Duration.ofSeconds(1));
  }

  StatsConfig config() {
    return StatsConfig.defaults().withTimeSource(this);
  }

  void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long nanoTime() {
    return tick == 0 ? nanos.get() : nanos.getAndAdd(tick);
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos.get());
  }
}
