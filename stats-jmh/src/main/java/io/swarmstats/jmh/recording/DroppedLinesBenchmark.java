package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#recordDroppedLines} cost on its usual way: lines are read all the
 * time and hardly ever dropped?
 *
 * <p>Two of the four counts rise, and the peak of the drop rate stays. The library works the rate
 * out from one call's numbers; the rivals store all four, load them again, and may mix two calls.
 * Should they be clearly faster alone, rejecting what is lower would cost too much.
 */
public class DroppedLinesBenchmark extends RecordingBenchmark {

  private static final long DROPPED = 1; // the first call has the highest rate

  /** One call at a time. */
  @Benchmark
  @Threads(1)
  public void recordDroppedLines_alone(Rising lines) {
    long read = lines.next();
    client.recordDroppedLines(read, DROPPED, read, DROPPED);
  }

  /** Two threads on one client. */
  @Benchmark
  @Threads(2)
  public void recordDroppedLines_contended(Rising lines) {
    long read = lines.next();
    client.recordDroppedLines(read, DROPPED, read, DROPPED);
  }

  @Override
  boolean isRecorded() {
    return client.peakDropRate() > 0 && client.currentDropRate() > 0;
  }
}
