package io.swarmstats.jmh.recording;

import io.swarmstats.rivals.Client;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do the threads of one client cost each other if no two of them write the same figure?
 *
 * <p>A client has two writers, one for requests and one for progress reports, and an occasional
 * reader. In the library no thread waits for another. But if the cells of two threads share a cache
 * line, the threads slow each other down. A collection moves the cells, so the client is also
 * measured after a collection. The budget of a writer beside the other writer is 1.3 times its cost
 * alone. Two busy cores can slow each other down without a shared line, so two writers on two
 * clients are measured too. The cells need another place if, at any {@link #age}, a writer on the
 * same client exceeds the budget and also costs more than a writer on another client.
 *
 * <p>Two cores run at most two of the three threads at a time. Each group is therefore a pair: two
 * writers, or a writer and the reader. With three or more cores all three threads can run:
 * {@code TopologyBenchmark.writers -tg 1,1,1}. The reader never pauses, which is the worst case: a
 * program reads a swarm a few times a second.
 */
public class TopologyBenchmark extends RecordingBenchmark {

  private static final long HOUR = 3_600_000_000L; // microseconds, like out_time
  private static final double REAL_TIME = 1.0;
  private static final int NEIGHBOURS = 16;

  /** What the client has survived. */
  public enum Age {
    /** The client is new: its objects are where the constructor made them. */
    FRESH,
    /** A young collection has copied the client. */
    YOUNG,
    /** A young collection has copied the client, and a full collection has moved it. */
    FULL
  }

  @Param
  public Age age;

  /** Clients next to the measured client, as in a swarm. */
  private final Client[] neighbours = new Client[NEIGHBOURS];

  private boolean requestsAreWritten;
  private boolean progressIsWritten;

  /** The writer of the requests, alone. */
  @Benchmark
  @Threads(1)
  public void alone_requests() {
    client.incrementSegmentRequests();
  }

  /** The writer of the progress reports, alone. */
  @Benchmark
  @Threads(1)
  public void alone_progress(Rising rising) {
    report(rising);
  }

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

  /** The writer of the progress reports, while the other writer writes to another client. */
  @Benchmark
  @Group("apart")
  @GroupThreads(1)
  public void apart_progress(Rising rising) {
    report(rising);
  }

  /** The writer of the requests, to another client. */
  @Benchmark
  @Group("apart")
  @GroupThreads(1)
  public void apart_requests() {
    neighbours[NEIGHBOURS / 2].incrementSegmentRequests();
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

  @Setup(Level.Trial)
  public void lookAtName(BenchmarkParams params) {
    String name = params.getBenchmark();
    requestsAreWritten = name.endsWith(".writers") || name.endsWith(".alone_requests");
    progressIsWritten = !name.endsWith(".alone_requests");
  }

  /**
   * Creates the neighbours of the new client, and brings all of them to their age. JMH calls this
   * method after that of the superclass, which creates the client.
   */
  @Setup(Level.Iteration)
  public void collect(Blackhole sink) {
    for (int i = 0; i < NEIGHBOURS; i++) {
      neighbours[i] = newClient(2 + i);
    }
    if (age == Age.FRESH) {
      return;
    }
    long before = collections();
    while (collections() == before) {
      sink.consume(new byte[1 << 16]);
    }
    if (age == Age.FULL) {
      System.gc();
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
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
    return (client.totalBytes() > 0) == progressIsWritten
        && (client.segmentRequests() > 0) == requestsAreWritten;
  }
}
