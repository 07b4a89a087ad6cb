package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does it cost to restart a client's process, after one report of it?
 *
 * <p>For the library {@link ClientStats#onProcessStart()} seals the ended run and makes an object
 * and a row for the next ({@code -prof gc}); a rival adds up one number, and lets late updates of
 * the ended process into the new one. A client restarts now and then, and reports all the time:
 * should a restart cost more than a thousand reports ({@link ProgressEventBenchmark}), runs would
 * have to be used again.
 */
public class RestartBenchmark extends RecordingBenchmark {

  private static final long BYTES = 1 << 20;
  private static final long HOUR = 3_600_000_000L; // in the unit of out_time, microseconds
  private static final double REAL_TIME = 1.0;

  /** A report, so that there is something to add up, and the restart. */
  @Benchmark
  @Threads(1)
  public void onProcessStart_reported_alone() {
    client.onProgress(BYTES, HOUR, REAL_TIME);
    client.onProcessStart();
  }

  /** The bytes of several runs, each of them whole. */
  @Override
  boolean isRecorded() {
    return client.totalBytes() > BYTES && client.totalBytes() % BYTES == 0;
  }
}
