package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#updateDrift(long)} cost without its clock read, where the drift is a
 * new maximum and where it is not?
 *
 * <p>The library raises the maximum before it stores the drift, so that no reader sees a drift
 * above its maximum. Should the plain atomics, which do it the other way round, be faster, that
 * order would have a price.
 */
public class DriftBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // in the unit of out_time, microseconds

  private final ManualTimeSource clock = new ManualTimeSource();

  /** The same drift again: nothing to raise after the first call. */
  @Benchmark
  @Threads(1)
  public void updateDrift_rejected_alone() {
    client.updateDrift(1);
  }

  /** Two threads report the same drift. */
  @Benchmark
  @Threads(2)
  public void updateDrift_rejected_contended() {
    client.updateDrift(1);
  }

  /** A new maximum each time: the media time falls, since the clock stands still. */
  @Benchmark
  @Threads(1)
  public void updateDrift_rising_alone(Rising drift) {
    client.updateDrift(HOUR - drift.next());
  }

  /** Two threads, each with new maxima. */
  @Benchmark
  @Threads(2)
  public void updateDrift_rising_contended(Rising drift) {
    client.updateDrift(HOUR - drift.next());
  }

  /** Lets the new client live an hour, as a drift below 0 is no maximum. */
  @Override
  public void newClient() {
    super.newClient();
    clock.advance(Duration.of(HOUR, ChronoUnit.MICROS));
  }

  @Override
  TimeSource newTimeSource() {
    return clock;
  }

  @Override
  boolean isRecorded() {
    return client.maxDrift().toNanos() > 0;
  }
}
