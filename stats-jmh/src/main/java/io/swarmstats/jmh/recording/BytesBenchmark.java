package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#updateCurrentBytes(long)} cost, for a higher number and for the same
 * number again?
 *
 * <p>In the library, the bytes of a run only rise and belong to one run. The rivals store every
 * number. Suppose that this plain store is faster by more than the clock read of an event. Then the
 * two promises have a price that a user should know.
 */
public class BytesBenchmark extends RecordingBenchmark {

  private static final long BYTES = 1 << 20;

  /** Reports the same number again. After the first call there is nothing to raise. */
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

  /** Reports a higher number with each call. */
  @Benchmark
  @Threads(1)
  public void updateBytes_rising_alone(Rising bytes) {
    client.updateCurrentBytes(bytes.next());
  }

  /** Two threads report higher numbers with each call. */
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
