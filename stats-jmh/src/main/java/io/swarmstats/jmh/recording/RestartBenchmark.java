package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does it cost to restart a client's process after one report?
 *
 * <p>In the library, {@link ClientStats#onProcessStart()} seals the ended run, and makes an object
 * and a row for the next run ({@code -prof gc}). A rival adds up one number, and lets late updates
 * of the ended process into the new process.
 *
 * <p>Restarts are rare, and reports are frequent. If a restart costs more than a thousand reports
 * ({@link ProgressEventBenchmark}), the library should reuse runs.
 */
public class RestartBenchmark extends RecordingBenchmark {

  private static final long BYTES = 1 << 20;
  private static final long HOUR = 3_600_000_000L; // microseconds, like out_time
  private static final double REAL_TIME = 1.0;

  /** Reports once, so that the restart has figures to add up. Then restarts. */
  @Benchmark
  @Threads(1)
  public void onProcessStart_reported_alone() {
    client.onProgress(BYTES, HOUR, REAL_TIME);
    client.onProcessStart();
  }

  /** Returns whether the total consists of several whole runs. */
  @Override
  boolean isRecorded() {
    return client.totalBytes() > BYTES && client.totalBytes() % BYTES == 0;
  }
}
