package io.swarmstats.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/*
 * Run: .ci/jcstress 'LeastUptime\.'
 *
 *   test     samples  bad   verdict
 *   Shipped  417,811    0   held
 *
 * Seen in: .ci/jcstress . -m quick -time 100 -iters 2 -sc false -jvmArgs -XX:+UseSerialGC
 * JDK 25.0.3, 2 x AMD EPYC, 2026-11-28.
 */
/**
 * The least uptime in a snapshot is the least uptime of the clients that the snapshot counts, even
 * if it is zero.
 *
 * <p>The property rests on one choice: no uptime means "none yet". It would fail if zero meant
 * "none yet" and the youngest client came before an older client in the walk. No race is needed.
 *
 * <p>This class has no twins: every rival in {@link LeastUptimeRivals} has the fault and shows that
 * the test can fail.
 */
public final class LeastUptime {
  private LeastUptime() {}

  /**
   * Takes a snapshot while a client is added ten seconds after another. The results are the live
   * clients and the least uptime.
   */
  @JCStressTest
  @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "before the addition")
  @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "after the addition")
  @Outcome(id = "2, 10", expect = FORBIDDEN, desc = "the snapshot ignores the youngest client")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class Shipped {
    private final ManualTimeSource clock = new ManualTimeSource();
    private final StatsAggregator aggregator = new StatsAggregator(Configs.at(clock));

    /** Creates a client that is ten seconds old. */
    public Shipped() {
      aggregator.addClient(2);
      clock.advance(Duration.ofSeconds(10));
    }

    @Actor
    public void add() {
      aggregator.addClient(1);
    }

    @Actor
    public void read(IJ_Result result) {
      AggregatedStats snapshot = aggregator.aggregate();
      result.r1 = (int) snapshot.clients().active();
      result.r2 = snapshot.uptimes().min().toSeconds();
    }
  }
}
