package io.swarmstats.jcstress;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client with a time of its own, for {@link Stalls}. The viewer of the client begins to play at
 * time 0. The stall duration is five seconds.
 */
final class TimedViewer {
  private static final ThreadLocal<@Nullable Long> OWN_TIME = new ThreadLocal<>();

  private final AtomicLong nanos = new AtomicLong();
  private volatile long tickNanos;
  private final ClientStats stats = new ClientStats(1, Configs.at(new TimeSource() {
    @Override
    public long nanoTime() {
      Long own = OWN_TIME.get();
      return own == null ? nanos.getAndAdd(tickNanos) : own;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  }));
  private final ProcessRun run = stats.currentRun();

  private TimedViewer() {}

  /** Creates a client with media up to the given time. */
  static TimedViewer playing(long mediaSeconds) {
    TimedViewer viewer = new TimedViewer();
    viewer.report(mediaSeconds);
    viewer.report(mediaSeconds);
    return viewer;
  }

  /** Creates a client whose media ran out at 10 s. The time is 30 s, and no report has come. */
  static TimedViewer waiting() {
    TimedViewer viewer = playing(10);
    viewer.goTo(30);
    return viewer;
  }

  /** Creates a client whose clock has run since 10 s. The time is 30 s, and one report has come. */
  static TimedViewer slow() {
    TimedViewer viewer = waiting();
    viewer.report(10);
    return viewer;
  }

  ClientStats stats() {
    return stats;
  }

  void goTo(long seconds) {
    nanos.set(seconds * 1_000_000_000);
  }

  /** From now on the time advances by one second at each read. */
  void tick() {
    tickNanos = 1_000_000_000;
  }

  void report(long mediaSeconds) {
    run.onProgress(-1, mediaSeconds * 1_000_000, 1.0);
  }

  /** Records a report whose thread stopped after it had read the time. */
  void reportAt(long seconds, long mediaSeconds, double speed) {
    OWN_TIME.set(seconds * 1_000_000_000);
    run.onProgress(-1, mediaSeconds * 1_000_000, speed);
    OWN_TIME.remove();
  }

  long waitedSeconds() {
    return stats.stalledTime().toSeconds();
  }

  /** Returns whether the client is stalled at the given time. */
  boolean isStalledAt(long seconds) {
    goTo(seconds);
    return stats.isStalled();
  }
}
