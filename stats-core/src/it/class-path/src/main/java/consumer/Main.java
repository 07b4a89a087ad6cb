package consumer;

import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.ClientStats;
import io.swarmstats.snapshot.ExitSummary;
import io.swarmstats.StatsAggregator;

/** Uses the library as a user does, and fails on a wrong figure. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(7);
    client.incrementSegmentRequests();
    client.onProcessStart().onProgress(1_000_000, 4_000_000, 1.02);
    swarm.recordSegmentWallTime(180_000_000);

    AggregatedStats now = swarm.aggregate();
    if (now.requests().total() != 1
        || now.totalBytes() != 1_000_000
        || now.segmentWallTimes().p95().toMillis() != 180
        || !ExitSummary.of(now).contains("Segment")) {
      throw new AssertionError(now);
    }
    Module library = StatsAggregator.class.getModule();
    System.out.println((library.isNamed() ? library.getName() : "class path") + " on Java "
        + Runtime.version().feature());
  }
}
