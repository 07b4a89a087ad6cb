package io.swarmstats.latency;

import io.swarmstats.snapshot.AggregatedStats;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Breaks the rules for this package, to prove that {@code ArchitectureTest} finds such a class. */
public final class RuleBreakers {
  private RuleBreakers() {}

  public static final class UpwardDependency {
    private UpwardDependency() {}

    public static LatencySnapshot wallTimesOf(AggregatedStats stats) {
      return stats.segmentWallTimes();
    }
  }

  public static final class WaitsForALock {
    private WaitsForALock() {}

    public static void lock(ReentrantLock lock) {
      lock.lock();
    }
  }

  public static final class WaitsForALockWithATimeLimit {
    private WaitsForALockWithATimeLimit() {}

    public static boolean lock(ReentrantLock lock) throws InterruptedException {
      return lock.tryLock(1, TimeUnit.SECONDS);
    }
  }
}
