package io.swarmstats.jmh.snapshot;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.FleetStats;
import io.swarmstats.snapshot.NodeStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to show a fleet: to merge one snapshot of each node, and to find the latest
 * snapshot of each node first?
 *
 * <p>The budget is 5 ms for 1,000 snapshots. A time that does not grow in proportion to the nodes
 * would mean that a step copies what it already has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(1)
public class FleetMergeBenchmark {

  private static final int WALL_TIMES = 1_000; // of each node
  private static final int[] CODES = {404, 429, 500, 503, 0};

  @Param({"3", "100", "1000", "10000"})
  public int nodes;

  private List<AggregatedStats> snapshots;
  private List<NodeStats> states;

  /** Adds up one snapshot of each node. */
  @Benchmark
  public AggregatedStats merge() {
    return AggregatedStats.merge(snapshots);
  }

  /** Joins one snapshot of each node, and adds up the result. */
  @Benchmark
  public AggregatedStats join_merge() {
    return FleetStats.of(states).aggregate(node -> true);
  }

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    snapshots = new ArrayList<>();
    states = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      AggregatedStats snapshot = snapshot(random);
      snapshots.add(snapshot);
      states.add(new NodeStats("node" + node, snapshot));
    }
    if (merge().segmentWallTimes().count() != (long) nodes * WALL_TIMES
        || join_merge().clients().active() != nodes) {
      throw new IllegalStateException("wall times or nodes are missing");
    }
  }

  private static AggregatedStats snapshot(Random random) {
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(1);
    client.onProgress(1_000_000, 1_000_000, 1.5);
    for (int code : CODES) {
      client.recordHttpError(code);
    }
    for (int i = 0; i < WALL_TIMES; i++) {
      swarm.recordSegmentWallTime((long) Math.exp(18 + random.nextGaussian()));
    }
    return swarm.aggregate();
  }
}
