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
 * What does it cost to record that a client fetched a segment, against the metrics libraries that a
 * program may already have?
 *
 * <p>An event is two counters: a request and its bytes. Each is of another client than the one
 * before, as in a swarm, so the figure holds what it takes to reach a client's counters too. One
 * thread only: a client has one reader of its process, and the peers all count with the JDK's
 * adders, whose contended cost is measured elsewhere.
 *
 * <p>Should a peer that also reads as fast be clearly cheaper here, a swarm whose totals need not
 * fit together would be better served by it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class PeerEventBenchmark {

  private static final int STRIDE = 617; // a prime: steps over all clients, never to a neighbour
  private static final long SEGMENT_BYTES = 1_000_000;

  /** Who records the event. */
  @Param({"SWARM_STATS", "MICROMETER", "DROPWIZARD", "PROMETHEUS", "OPEN_TELEMETRY"})
  public PeerLibrary library;

  /** How many clients there are. */
  @Param({"100", "1000", "10000"})
  public int clients;

  private Peer peer;
  private long[] totalBytes; // by client: what FFmpeg would report
  private int stride;
  private int next;

  /** One event of the next client. */
  @Benchmark
  @Threads(1)
  public void event_alone() {
    int client = next;
    next = client + stride < clients ? client + stride : client + stride - clients;
    totalBytes[client] += SEGMENT_BYTES;
    peer.recordSegment(client, SEGMENT_BYTES, totalBytes[client]);
  }

  /** Creates the clients, with all counters at zero. */
  @Setup(Level.Trial)
  public void newSwarm() {
    peer = library.create(clients);
    totalBytes = new long[clients];
    stride = STRIDE % clients;
    next = 0;
  }

  /** A time for work that was not done is no result. */
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
