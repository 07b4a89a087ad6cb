package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#updateSpeed(double)} cost for a healthy client, and for one below
 * the stall threshold?
 *
 * <p>The budget of a healthy client is 3 times the {@code AtomicLong} of {@link IncrementBenchmark}
 * and no clock read, which the teardown checks. The library stores in volatile mode and looks
 * again, so that the speed and the stall clock agree in the end; the plain atomics do not, and need
 * not agree. Should the mutex be faster, it would be the better choice for this concern.
 */
public class SpeedBenchmark extends RecordingBenchmark {

  private static final double HEALTHY = 1.0;
  private static final double BELOW = 0.5;

  private final CountingClock clock = new CountingClock();

  /** One call at a time. */
  @Benchmark
  @Threads(1)
  public void updateSpeed_healthy_alone() {
    client.updateSpeed(HEALTHY);
  }

  /** Two threads on one client. */
  @Benchmark
  @Threads(2)
  public void updateSpeed_healthy_contended() {
    client.updateSpeed(HEALTHY);
  }

  /** Below since the first call: the stall clock runs and need not be read again. */
  @Benchmark
  @Threads(1)
  public void updateSpeed_below_alone() {
    client.updateSpeed(BELOW);
  }

  /** Two threads, both below. */
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

  /** Advances by a nanosecond with each read. */
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
