package io.swarmstats.latency;

import io.swarmstats.snapshot.AggregatedStats;

/** Breaks the rules for this package, to prove that {@code ArchitectureTest} finds such a class. */
public final class RuleBreakers {
  private RuleBreakers() {}

  public static final class UpwardDependency {
    private UpwardDependency() {}

    public static LatencySnapshot wallTimesOf(AggregatedStats stats) {
      return stats.segmentWallTimes();
    }
  }
}
