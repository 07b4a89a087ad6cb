package io.swarmstats.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.LatencyDigest;
import io.swarmstats.internal.Cells;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Samples into a full buffer, which is merged or handed over, and readers of the count (promise
 * G14).
 *
 * <p>Linearizable: the samples are alike, and of a count that rises one by one every value between
 * two moments was there.
 *
 * <p>Needs {@code -XX:ActiveProcessorCount=1}: with one stripe all threads share a buffer. Taking
 * the 256 samples of a buffer counts as one step, else its interleavings would drown those of the
 * hand-over; that no sample slips past the taking of its slot is for the stress test
 * {@code WallTimes}.
 */
@Tag("lincheck")
class WallTimesLincheckTest {

  @Test
  void samples_intoAFullBuffer_areLinearizable() {
    ThreeThreads.options()
        .addGuarantee(
            forClasses("io.swarmstats.LatencyDigest.Buffer").methods("take").ignore())
        .addGuarantee(forClasses("io.swarmstats.lincheck.WallTimesLincheckTest")
            .methods("full")
            .ignore())
        .check(Shipped.class);
  }

  @Test
  void slotThatIsReadAndThenCleared_isFound() {
    ThreeThreads.refute(WeakenedTake.class);
  }

  static LatencyDigest full() {
    LatencyDigest digest = new LatencyDigest();
    for (int i = 0; i < 256; i++) {
      digest.record(1);
    }
    return digest;
  }

  /** The next sample finds the buffer full. */
  public static class Shipped {
    private final LatencyDigest digest = full();

    public Shipped() {}

    @Operation
    public void record() {
      digest.record(1);
    }

    @Operation
    public long count() {
      return digest.snapshot().count();
    }
  }

  /** A buffer of one slot, which holds a number of samples, and no exchange. */
  public static class WeakenedTake {
    private final long[] slot = new long[1];
    private final long[] merged = new long[1];

    public WeakenedTake() {}

    @Operation
    public void record() {
      Cells.increment(slot, 0);
    }

    @Operation(nonParallelGroup = "lock")
    public long count() {
      long taken = Cells.getVolatile(slot, 0);
      Cells.setVolatile(slot, 0, 0);
      merged[0] += taken;
      return merged[0];
    }
  }
}
