package io.swarmstats.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** Lincheck's options and checks for the tests of this package. */
final class ThreeThreads {

  /** A configuration whose clock never moves, because time plays no part in these protocols. */
  static final StatsConfig STILL = StatsConfig.defaults().withTimeSource(new ManualTimeSource());

  private ThreeThreads() {}

  /**
   * Returns the options: three threads with two operations each, and one operation afterwards that
   * sees the final state. No operation runs before the threads, because its records could hide a
   * fault.
   *
   * <p>Lincheck draws the operations with a fixed seed and orders the interleavings of each draw by
   * their number of thread switches. Every run is therefore the same.
   *
   * <p>The guarantees keep the number of interleavings small. A step of {@code Cells} is atomic, as
   * other tests prove. All other classes with a guarantee play no part. The clock stands still,
   * trees, snapshots and buckets are immutable, and no test records errors or sizes.
   */
  static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .iterations(20)
        .invocationsPerIteration(200)
        .minimizeFailedScenario(false) // seven operations are few enough for a reader
        .addGuarantee(forClasses("io.swarmstats.internal.Cells").allMethods().treatAsAtomic())
        .addGuarantee(forClasses("io.swarmstats.internal.IdTree")
            .methods("get", "with", "without")
            .ignore())
        .addGuarantee(
            forClasses("io.swarmstats.Aggregation").methods("toSnapshot").ignore())
        .addGuarantee(forClasses(
                "io.swarmstats.ManualTimeSource",
                "io.swarmstats.HttpErrorCounts",
                "io.swarmstats.SegmentSizeRow",
                "io.swarmstats.latency.Buckets",
                "io.swarmstats.latency.LatencySnapshot")
            .allMethods()
            .ignore());
  }

  /** Fails unless each execution returns the results of some sequential order of its operations. */
  static void check(Class<?> state) {
    options()
        .addGuarantee(
            forClasses("io.swarmstats.latency.LatencyHistogram").allMethods().treatAsAtomic())
        .check(state);
  }

  /** Fails unless {@link #check} rejects an execution. */
  static void refute(Class<?> weakened) {
    assertThatThrownBy(() -> check(weakened))
        .hasMessageFindingMatch("Invalid execution results|Validation function");
  }
}
