package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * Apart from its clock read, what does {@link ClientStats#updateDrift(long)} cost, with a new
 * maximum and without?
 *
 * <p>The library raises the maximum before it stores the drift, so no reader sees a drift above its
 * maximum. The plain atomics use the opposite order. If the plain atomics are faster, the library's
 * order has a price.
 */
public class DriftBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // microseconds, like out_time

  private final ManualTimeSource clock = new ManualTimeSource();

  /** Reports the same drift again. After the first call there is nothing to raise. */
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

  /** Reports a new maximum with each call. The clock does not advance, so the media time falls. */
  @Benchmark
  @Threads(1)
  public void updateDrift_rising_alone(Rising drift) {
    client.updateDrift(HOUR - drift.next());
  }

  /** Two threads report new maxima with each call. */
  @Benchmark
  @Threads(2)
  public void updateDrift_rising_contended(Rising drift) {
    client.updateDrift(HOUR - drift.next());
  }

  /** Advances the clock by an hour, because a drift below 0 never raises the maximum. */
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
