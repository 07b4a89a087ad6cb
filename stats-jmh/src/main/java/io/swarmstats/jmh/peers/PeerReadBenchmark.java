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
 * What does it cost to read thirteen counters of each client, added up over the swarm, compared
 * with metrics libraries?
 *
 * <p>The benchmark reads most peers in two ways. The fastest way is through the handles that the
 * program keeps for recording. An exporter uses the other way, through the registry. OpenTelemetry
 * and SwarmStats have only the registry.
 *
 * <p>A handle costs the same to read whether the counter was used or not. The library's rows of
 * errors do not: see {@link PeerLibrary}.
 *
 * <p>If the handles of a peer are faster to read than a snapshot, the difference is the price of
 * the snapshot: its order of reads, and its figures beside the counters.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class PeerReadBenchmark {

  /** The library, and the way to read it. */
  @Param
  public Reading reading;

  @Param({"100", "1000", "10000"})
  public int clients;

  private Peer peer;

  @Benchmark
  @Threads(1)
  public long[] read_quiet() {
    return reading.totalsOf(peer);
  }

  @Setup(Level.Trial)
  public void newSwarm() {
    peer = reading.library.createFilled(clients);
  }

  /** Fails if the totals are wrong, because the times would then mean nothing. */
  @TearDown(Level.Trial)
  public void assertRead() {
    long[] totals = read_quiet();
    if (!Arrays.equals(totals, reading.library.filledTotals(clients))) {
      throw new IllegalStateException(reading + " read " + Arrays.toString(totals));
    }
  }

  /** SwarmStats and its peers, each in every way that the library has. */
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
