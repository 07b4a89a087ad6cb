package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.TimeSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does a whole progress event cost: bytes, drift and speed of one report of FFmpeg, with the
 * clock and with a cached clock?
 *
 * <p>The budget of {@link ClientStats#onProgress} is one clock read, 15 ns above that of
 * {@link ClockBenchmark}, and no allocation ({@code -prof gc}). A rival takes an event as three
 * calls. Should the mutex be no slower with one thread, then what is gained is not speed, and the
 * documents' reason to leave it does not hold.
 */
public class ProgressEventBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // in the unit of out_time, microseconds
  private static final double REAL_TIME = 1.0;
  private static final double SLOW = 0.5; // below the stall threshold

  /** Which clock the client has. */
  @Param
  public Clock clock;

  /** A client ahead of real time: new bytes, but no new maximum of the drift. */
  @Benchmark
  @Threads(1)
  public void onProgress_keepsUp_alone(Rising bytes) {
    client.onProgress(bytes.next(), HOUR, REAL_TIME);
  }

  /** The same from two threads, as while a process that was replaced is still heard of. */
  @Benchmark
  @Threads(2)
  public void onProgress_keepsUp_contended(Rising bytes) {
    client.onProgress(bytes.next(), HOUR, REAL_TIME);
  }

  /**
   * A slow client whose media stands still. By the system clock it is the most work: each event
   * raises the bytes and the maximum of the drift. A cached clock stands still too, as it does
   * between its ticks, and the maximum with it.
   */
  @Benchmark
  @Threads(1)
  public void onProgress_fallsBehind_alone(Rising bytes) {
    client.onProgress(bytes.next(), 1, SLOW);
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
