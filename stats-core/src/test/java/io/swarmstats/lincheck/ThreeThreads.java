package io.swarmstats.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How the states of this package are checked. */
final class ThreeThreads {

  /** Time has no part in these protocols: it stands still. */
  static final StatsConfig STILL = StatsConfig.defaults().withTimeSource(new TimeSource() {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  });

  private ThreeThreads() {}

  /**
   * Returns the options for three threads of two operations each, and one operation after them that
   * sees what they left. None before: they would hide a fault behind what they recorded.
   *
   * <p>Lincheck draws the operations with a fixed seed, and takes the interleavings of each draw
   * from few switches of threads to many: every run is the same.
   *
   * <p>The guarantees keep the number of interleavings small. A step of {@code Cells} is atomic,
   * which other tests show. The rest has no part here: trees are immutable, nothing records errors
   * or sizes, and what has left the buffer of a stripe is guarded by its lock.
   */
  static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .iterations(20)
        .invocationsPerIteration(200)
        .minimizeFailedScenario(false) // seven operations are few enough to read
        .addGuarantee(forClasses("io.swarmstats.internal.Cells").allMethods().treatAsAtomic())
        .addGuarantee(forClasses("io.swarmstats.internal.IdTree")
            .methods("get", "with", "without")
            .ignore())
        .addGuarantee(
            forClasses("io.swarmstats.Aggregation").methods("toSnapshot").ignore())
        .addGuarantee(forClasses(
                "io.swarmstats.HttpErrorRow",
                "io.swarmstats.SegmentSizeRow",
                "io.swarmstats.latency.LatencySnapshot")
            .allMethods()
            .ignore())
        .addGuarantee(forClasses("io.swarmstats.latency.LatencyStripe")
            .methods("<init>", "drain", "merge", "merged")
            .ignore());
  }

  /** Fails unless each execution gives what its operations give one after the other. */
  static void check(Class<?> state) {
    options()
        .addGuarantee(
            forClasses("io.swarmstats.latency.LatencyDigest").allMethods().treatAsAtomic())
        .check(state);
  }

  /** Fails unless an execution is found that {@link #check} rejects. */
  static void refute(Class<?> weakened) {
    assertThatThrownBy(() -> check(weakened))
        .hasMessageFindingMatch("Invalid execution results|Validation function");
  }
}
