package io.swarmstats.jmh.recording;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do the threads of one client cost each other, where each has a concern of its own?
 *
 * <p>A client has two writers, that of the requests and that of the progress reports, and a reader
 * that comes by. In the library none waits for another, but they share cache lines. Should a writer
 * be much slower here than alone ({@link IncrementBenchmark}, {@link ProgressEventBenchmark} with
 * the cached clock), the rows would want more room between them.
 *
 * <p>Of three threads two cores run no more than two at a time, so what meets is one of the pairs:
 * two writers, or a writer and the reader. With three cores or more all three can run:
 * {@code TopologyBenchmark.writers -tg 1,1,1}. The reader here never pauses, which is the worst
 * case: a swarm is read a few times a second.
 */
public class TopologyBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // in the unit of out_time, microseconds
  private static final double REAL_TIME = 1.0;

  private boolean requestsAreWritten;

  /** The writer of the progress reports, beside that of the requests. */
  @Benchmark
  @Group("writers")
  @GroupThreads(1)
  public void writers_progress(Rising bytes) {
    report(bytes);
  }

  /** Only if the thread counts of the group are given. */
  @Benchmark
  @Group("writers")
  @GroupThreads(0)
  public void writers_reader(Blackhole figures) {
    read(figures);
  }

  /** The writer of the requests, beside that of the progress reports. */
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
  public void reading_progress(Rising bytes) {
    report(bytes);
  }

  /** The reader, beside the writer of the progress reports. */
  @Benchmark
  @Group("reading")
  @GroupThreads(1)
  public void reading_reader(Blackhole figures) {
    read(figures);
  }

  /** Of the two groups one has a writer of the requests. */
  @Setup(Level.Trial)
  public void lookAtGroup(BenchmarkParams group) {
    requestsAreWritten = group.getBenchmark().endsWith(".writers");
  }

  private void report(Rising bytes) {
    client.onProgress(bytes.next(), HOUR, REAL_TIME);
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
