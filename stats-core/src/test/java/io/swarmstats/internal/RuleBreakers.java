package io.swarmstats.internal;

import io.swarmstats.latency.LatencySnapshot;

/** Breaks the rules for this package, to prove that {@code ArchitectureTest} finds such a class. */
public final class RuleBreakers {
  private RuleBreakers() {}

  public static final class UpwardDependency {
    private UpwardDependency() {}

    public static long countOf(LatencySnapshot snapshot) {
      return snapshot.count();
    }
  }
}
