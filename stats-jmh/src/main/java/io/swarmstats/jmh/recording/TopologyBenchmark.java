package io.swarmstats.jmh.recording;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do the threads of one client cost each other if no two of them write the same figure?
 *
 * <p>A client has two writers, one for requests and one for progress reports, and an occasional
 * reader. In the library no thread waits for another, but the threads share cache lines. If a
 * writer is much slower here than alone ({@link IncrementBenchmark}, {@link ProgressEventBenchmark}
 * with the cached clock), the rows need more space between them.
 *
 * <p>Two cores run at most two of the three threads at a time. Each group is therefore a pair: two
 * writers, or a writer and the reader. With three or more cores all three threads can run:
 * {@code TopologyBenchmark.writers -tg 1,1,1}. The reader never pauses, which is the worst case: a
 * program reads a swarm a few times a second.
 */
public class TopologyBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // microseconds, like out_time
  private static final double REAL_TIME = 1.0;

  private boolean requestsAreWritten;

  /** The writer of the progress reports, beside the writer of the requests. */
  @Benchmark
  @Group("writers")
  @GroupThreads(1)
  public void writers_progress(Rising rising) {
    report(rising);
  }

  /** The reader. Runs only if {@code -tg} gives the reader a thread. */
  @Benchmark
  @Group("writers")
  @GroupThreads(0)
  public void writers_reader(Blackhole figures) {
    read(figures);
  }

  /** The writer of the requests, beside the writer of the progress reports. */
  @Benchmark
  @Group("writers")
  @GroupThreads(1)
  public void writers_requests() {
    client.incrementSegmentRequests();
  }

  /** The writer of the progress reports, beside the reader. */
  @Benchmark
  @Group("reading")
  @GroupThreads(1)
  public void reading_progress(Rising rising) {
    report(rising);
  }

  /** The reader, beside the writer of the progress reports. */
  @Benchmark
  @Group("reading")
  @GroupThreads(1)
  public void reading_reader(Blackhole figures) {
    read(figures);
  }

  /** Only one of the two groups has a writer of requests. */
  @Setup(Level.Trial)
  public void lookAtGroup(BenchmarkParams group) {
    requestsAreWritten = group.getBenchmark().endsWith(".writers");
  }

  private void report(Rising rising) {
    long next = rising.next();
    client.onProgress(next, HOUR + next, REAL_TIME);
  }

  private void read(Blackhole figures) {
    figures.consume(client.segmentRequests());
    figures.consume(client.reconnections());
    figures.consume(client.timeouts());
    figures.consume(client.totalBytes());
    figures.consume(client.speed());
    figures.consume(client.isStalled());
    figures.consume(client.currentDrift());
    figures.consume(client.maxDrift());
    figures.consume(client.currentDropRate());
    figures.consume(client.peakDropRate());
  }

  @Override
  boolean isRecorded() {
    return client.totalBytes() > 0 && (client.segmentRequests() > 0) == requestsAreWritten;
  }
}
