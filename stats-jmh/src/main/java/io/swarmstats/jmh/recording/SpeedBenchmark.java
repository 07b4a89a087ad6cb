package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#updateSpeed(double)} cost for a healthy client, and for a client
 * below the stall threshold?
 *
 * <p>The budget for a healthy client is 3 times the {@code AtomicLong} of
 * {@link IncrementBenchmark} and no clock read. The teardown checks the clock reads.
 *
 * <p>The library stores in volatile mode and loads the speed again, so that speed and stall clock
 * agree in the end. The plain atomics do not load again, so their speed and stall clock can
 * disagree. If the mutex is faster, the mutex is the better choice for the speed.
 */
public class SpeedBenchmark extends RecordingBenchmark {

  private static final double HEALTHY = 1.0;
  private static final double BELOW = 0.5;

  private final CountingClock clock = new CountingClock();

  @Benchmark
  @Threads(1)
  public void updateSpeed_healthy_alone() {
    client.updateSpeed(HEALTHY);
  }

  @Benchmark
  @Threads(2)
  public void updateSpeed_healthy_contended() {
    client.updateSpeed(HEALTHY);
  }

  /**
   * Each call reports a speed below the threshold. The first call starts the stall clock, and later
   * calls read no clock.
   */
  @Benchmark
  @Threads(1)
  public void updateSpeed_below_alone() {
    client.updateSpeed(BELOW);
  }

  /** Two threads report a speed below the threshold. */
  @Benchmark
  @Threads(2)
  public void updateSpeed_below_contended() {
    client.updateSpeed(BELOW);
  }

  @Override
  TimeSource newTimeSource() {
    clock.reads.set(0);
    return clock;
  }

  @Override
  boolean isRecorded() {
    return client.speed() == BELOW
        || (client.speed() == HEALTHY && clock.reads.get() == CountingClock.READS_OF_A_NEW_CLIENT);
  }

  /** A clock that advances by a nanosecond with each read. */
  private static final class CountingClock implements TimeSource {
    static final long READS_OF_A_NEW_CLIENT = 1;

    final AtomicLong reads = new AtomicLong();

    @Override
    public long nanoTime() {
      return reads.getAndIncrement();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  }
}
