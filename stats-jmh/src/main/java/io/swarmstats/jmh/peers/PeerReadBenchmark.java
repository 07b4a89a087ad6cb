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
 * What do the totals of a swarm cost, thirteen counters a client, against the metrics libraries
 * that a program may already have?
 *
 * <p>The peers are read both ways: by the handles that the program holds for recording, which is
 * the fastest, and by their registry, which is how an exporter gets at them. OpenTelemetry has the
 * second way only, and so has the library. Handles cost the same to read whether they were used or
 * not; the library's rows of errors do not, see {@link PeerLibrary}.
 *
 * <p>A peer whose handles are faster to read than a snapshot would show what the snapshot's order
 * of reads, and all that it brings besides the counters, cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class PeerReadBenchmark {

  /** Who is read, and how. */
  @Param
  public Reading reading;

  /** How many clients there are. */
  @Param({"100", "1000", "10000"})
  public int clients;

  private Peer peer;

  /** Reads all counters of all clients. */
  @Benchmark
  @Threads(1)
  public long[] read_quiet() {
    return reading.totalsOf(peer);
  }

  /** Creates the clients and counts on each of their counters. */
  @Setup(Level.Trial)
  public void newSwarm() {
    peer = reading.library.createFilled(clients);
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Trial)
  public void assertRead() {
    long[] totals = read_quiet();
    if (!Arrays.equals(totals, reading.library.filledTotals(clients))) {
      throw new IllegalStateException(reading + " read " + Arrays.toString(totals));
    }
  }

  /** The library and its peers, by each way that they have. */
  public enum Reading {
    SWARM_STATS(PeerLibrary.SWARM_STATS, Way.REGISTRY),
    SWARM_STATS_NO_ERRORS(PeerLibrary.SWARM_STATS_NO_ERRORS, Way.REGISTRY),
    MICROMETER_HANDLES(PeerLibrary.MICROMETER, Way.HANDLES),
    MICROMETER_REGISTRY(PeerLibrary.MICROMETER, Way.REGISTRY),
    DROPWIZARD_HANDLES(PeerLibrary.DROPWIZARD, Way.HANDLES),
    DROPWIZARD_REGISTRY(PeerLibrary.DROPWIZARD, Way.REGISTRY),
    PROMETHEUS_HANDLES(PeerLibrary.PROMETHEUS, Way.HANDLES),
    PROMETHEUS_REGISTRY(PeerLibrary.PROMETHEUS, Way.REGISTRY),
    OPEN_TELEMETRY(PeerLibrary.OPEN_TELEMETRY, Way.REGISTRY);

    private final PeerLibrary library;
    private final Way way;

    Reading(PeerLibrary library, Way way) {
      this.library = library;
      this.way = way;
    }

    long[] totalsOf(Peer peer) {
      return way == Way.HANDLES ? peer.totals() : peer.totalsByRegistry();
    }

    private enum Way {
      HANDLES,
      REGISTRY
    }
  }
}
