package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.TimeSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does a report of FFmpeg cost, with its bytes, drift and speed, on the system clock and on a
 * cached clock?
 *
 * <p>The budget of {@link ClientStats#onProgress} is one read of the system clock
 * ({@link ClockBenchmark}) plus 15 ns, and no allocation ({@code -prof gc}). A rival takes a report
 * in three calls. If the mutex is not slower with one thread, speed is no reason to replace the
 * mutex. The Go documents name speed as the reason.
 */
public class ProgressEventBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // microseconds, like out_time
  private static final double REAL_TIME = 1.0;
  private static final double SLOW = 0.5; // below the stall threshold

  @Param
  public Clock clock;

  /**
   * The client is ahead of real time. The bytes and the media rise, and the maximum drift stays.
   */
  @Benchmark
  @Threads(1)
  public void onProgress_keepsUp_alone(Rising rising) {
    keepUp(rising);
  }

  /** Two threads report, as if a replaced process still wrote output. */
  @Benchmark
  @Threads(2)
  public void onProgress_keepsUp_contended(Rising rising) {
    keepUp(rising);
  }

  private void keepUp(Rising rising) {
    long next = rising.next();
    client.onProgress(next, HOUR + next, REAL_TIME);
  }

  /**
   * The client is slow, and its media time does not advance. With the system clock this is the most
   * work, because each report raises the bytes and the maximum drift, and adds a wait. A cached
   * clock does not advance between its ticks, so the maximum and the wait stay.
   */
  @Benchmark
  @Threads(1)
  public void onProgress_fallsBehind_alone(Rising rising) {
    client.onProgress(rising.next(), 1, SLOW);
  }

  @Override
  TimeSource newTimeSource() {
    return clock.create();
  }

  @Override
  boolean isRecorded() {
    return client.totalBytes() > 0
        && client.speed() > 0
        && !client.currentDrift().isZero();
  }
}
