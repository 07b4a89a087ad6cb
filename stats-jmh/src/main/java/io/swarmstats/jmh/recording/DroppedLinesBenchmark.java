package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * What does {@link ClientStats#recordDroppedLines} cost in the usual case, in which lines are read
 * and none is dropped?
 *
 * <p>Two of the four counts rise, and the peak drop rate stays. The library computes the rate from
 * the numbers of one call. The rivals store all four numbers, load them again, and can mix two
 * calls. If the rivals are clearly faster with one thread, counts that only rise are too expensive.
 */
public class DroppedLinesBenchmark extends RecordingBenchmark {

  private static final long DROPPED = 1; // the first call reports the highest rate

  @Benchmark
  @Threads(1)
  public void recordDroppedLines_alone(Rising lines) {
    long read = lines.next();
    client.recordDroppedLines(read, DROPPED, read, DROPPED);
  }

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
