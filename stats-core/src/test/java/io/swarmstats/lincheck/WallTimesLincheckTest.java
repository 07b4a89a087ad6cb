package io.swarmstats.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.internal.Cells;
import io.swarmstats.latency.LatencyDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples into a full buffer, which is merged, or goes round, and readers of the count (promise
 * G14).
 *
 * <p>Linearizable: the samples are alike, and of a count that rises one by one every value between
 * two moments was there.
 *
 * <p>Merging the 256 samples of a buffer counts as one step, else its interleavings would drown
 * those of the stripes; that no sample slips past the taking of its slot is for the stress test
 * {@code WallTimes}.
 */
@Tag("lincheck")
class WallTimesLincheckTest {

  @ParameterizedTest
  @ValueSource(classes = {ShippedEmpty.class, ShippedFull.class, ShippedOneSlotLeft.class})
  void samples_intoABuffer_areLinearizable(Class<?> state) {
    ThreeThreads.options()
        .addGuarantee(forClasses("io.swarmstats.lincheck.WallTimesLincheckTest")
            .methods("digest")
            .ignore())
        .check(state);
  }

  @Test
  void stripesThatAreStored_areFound() {
    ThreeThreads.refute(WeakenedStripes.class);
  }

  @Test
  void lastSnapshotOfTheSameCount_isFound() {
    ThreeThreads.refute(WeakenedLast.class);
  }

  static LatencyDigest digest(int samples) {
    LatencyDigest digest = new LatencyDigest();
    for (int i = 0; i < samples; i++) {
      digest.record(1);
    }
    return digest;
  }

  /** The next sample makes the first stripe. */
  public static class ShippedEmpty {
    private final LatencyDigest digest = digest(0);

    public ShippedEmpty() {}

    @Operation
    public void record() {
      digest.record(1);
    }

    @Operation
    public long count() {
      return digest.snapshot().count();
    }
  }

  /** The next sample finds the buffer full; the first one made the stripe. */
  public static class ShippedFull {
    private final LatencyDigest digest = digest(1 + 256);

    public ShippedFull() {}

    @Operation
    public void record() {
      digest.record(1);
    }

    @Operation
    public long count() {
      return digest.snapshot().count();
    }
  }

  /** The next sample fills the buffer, and the one after it finds it full. */
  public static class ShippedOneSlotLeft {
    private final LatencyDigest digest = digest(256);

    public ShippedOneSlotLeft() {}

    @Operation
    public void record() {
      digest.record(1);
    }

    @Operation
    public long count() {
      return digest.snapshot().count();
    }
  }

  /** A stripe is added by storing the longer array, whatever stands there by now. */
  public static class WeakenedStripes {
    private final AtomicReference<long[]> stripes = new AtomicReference<>(new long[0]);

    public WeakenedStripes() {}

    @Operation
    public void record() {
      long[] all = stripes.get();
      long[] more = Arrays.copyOf(all, all.length + 1);
      more[all.length] = 1;
      stripes.set(more);
    }

    @Operation
    public long count() {
      return Arrays.stream(stripes.get()).sum();
    }
  }

  /**
   * The last snapshot is returned again if its count is the same. There are two stripes; a snapshot
   * tells the samples of both, and whoever recorded in the first one looks for its own.
   */
  public static class WeakenedLast {
    private record Snapshot(long first, long second) {}

    private final long[] stripes = new long[2];
    private final AtomicReference<Snapshot> last = new AtomicReference<>(new Snapshot(0, 0));

    public WeakenedLast() {}

    @Operation
    public boolean recordInFirstAndLook() {
      long before = Cells.claim(stripes, 0);
      return snapshot().first > before;
    }

    @Operation
    public void recordInSecond() {
      Cells.increment(stripes, 1);
    }

    private Snapshot snapshot() {
      Snapshot next =
          new Snapshot(Cells.readCounterAcquire(stripes, 0), Cells.readCounterAcquire(stripes, 1));
      Snapshot known = last.get();
      if (known.first + known.second == next.first + next.second) {
        return known;
      }
      last.set(next);
      return next;
    }
  }
}
