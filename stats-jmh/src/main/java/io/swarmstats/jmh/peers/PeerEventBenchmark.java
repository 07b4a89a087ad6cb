package io.swarmstats.jmh.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to record a fetched segment, compared with metrics libraries?
 *
 * <p>An event updates two counters: requests and bytes. As in a swarm, each event belongs to a
 * different client from the event before. The score therefore includes the search for the counters
 * of a client.
 *
 * <p>The benchmark has one thread, because one thread reads the output of a client's process. All
 * peers count with the JDK's adders. {@link io.swarmstats.jmh.recording.IncrementBenchmark}
 * measures an adder with two threads.
 *
 * <p>Suppose that a peer is clearly cheaper here and reads just as fast. Then this peer is the
 * better choice for a swarm whose totals need not agree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class PeerEventBenchmark {

  private static final int STRIDE = 617; // a prime: steps reach every client, never a neighbour
  private static final long SEGMENT_BYTES = 1_000_000;

  @Param({"SWARM_STATS", "MICROMETER", "DROPWIZARD", "PROMETHEUS", "OPEN_TELEMETRY"})
  public PeerLibrary library;

  @Param({"100", "1000", "10000"})
  public int clients;

  private Peer peer;
  private long[] totalBytes; // by client, as FFmpeg would report them
  private int stride;
  private int next;

  /** Records one event of the next client. */
  @Benchmark
  @Threads(1)
  public void event_alone() {
    int client = next;
    next = client + stride < clients ? client + stride : client + stride - clients;
    totalBytes[client] += SEGMENT_BYTES;
    peer.recordSegment(client, SEGMENT_BYTES, totalBytes[client]);
  }

  @Setup(Level.Trial)
  public void newSwarm() {
    peer = library.create(clients);
    totalBytes = new long[clients];
    stride = STRIDE % clients;
    next = 0;
  }

  /** Fails if the totals are wrong, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void assertRecorded() {
    long bytes = Arrays.stream(totalBytes).sum();
    long[] expected = new long[CounterKind.COUNT];
    expected[CounterKind.SEGMENT_REQUESTS.index()] = bytes / SEGMENT_BYTES;
    expected[CounterKind.BYTES.index()] = bytes;
    if (bytes == 0 || !Arrays.equals(peer.totals(), expected)) {
      throw new IllegalStateException(library + " counted " + Arrays.toString(peer.totals())
          + " instead of " + Arrays.toString(expected));
    }
  }
}
