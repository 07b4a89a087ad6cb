package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#updateCurrentBytes(long)} cost, where the number is new and where it
 * is not?
 *
 * <p>The library's bytes only rise and belong to one run; the rivals store whatever comes. Should
 * the documents' plain store be faster by more than the clock read of an event, the two promises
 * would have a price that a user may want to know.
 */
public class BytesBenchmark extends RecordingBenchmark {

  private static final long BYTES = 1 << 20;

  /** The same number again: nothing to raise after the first call. */
  @Benchmark
  @Threads(1)
  public void updateBytes_rejected_alone() {
    client.updateCurrentBytes(BYTES);
  }

  /** Two threads report the same number. */
  @Benchmark
  @Threads(2)
  public void updateBytes_rejected_contended() {
    client.updateCurrentBytes(BYTES);
  }

  /** A higher number each time. */
  @Benchmark
  @Threads(1)
  public void updateBytes_rising_alone(Rising bytes) {
    client.updateCurrentBytes(bytes.next());
  }

  /** Two threads, each with higher numbers. */
  @Benchmark
  @Threads(2)
  public void updateBytes_rising_contended(Rising bytes) {
    client.updateCurrentBytes(bytes.next());
  }

  @Override
  boolean isRecorded() {
    return client.totalBytes() > 0;
  }
}
