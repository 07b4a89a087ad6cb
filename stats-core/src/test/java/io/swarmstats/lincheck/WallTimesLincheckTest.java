package io.swarmstats.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.internal.Cells;
import io.swarmstats.latency.LatencyHistogram;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples that enter an empty, a full or a nearly full buffer, and readers of the count (promise
 * G14).
 *
 * <p>Linearizable: all samples are equal, and the count rises by one. Every count between two
 * moments was therefore true at some moment.
 *
 * <p>The merge of the 256 samples of a buffer counts as one step. Otherwise its interleavings would
 * outnumber the interleavings of the stripes. The stress test {@code WallTimes} checks that no
 * sample is lost while its slot is emptied.
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

  static LatencyHistogram digest(int samples) {
    LatencyHistogram digest = new LatencyHistogram();
    for (int i = 0; i < samples; i++) {
      digest.record(1);
    }
    return digest;
  }

  /** The next sample creates the first stripe. */
  public static class ShippedEmpty {
    private final LatencyHistogram digest = digest(0);

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

  /** The next sample finds the buffer full. The first sample created the stripe. */
  public static class ShippedFull {
    private final LatencyHistogram digest = digest(1 + 256);

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

  /** The next sample fills the buffer, and the sample after that finds the buffer full. */
  public static class ShippedOneSlotLeft {
    private final LatencyHistogram digest = digest(256);

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

  /** Twin: an addition that stores the longer array of stripes without comparing. */
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
   * Twin: a snapshot that returns the last snapshot again if only the total count is the same. A
   * snapshot contains the counts of two stripes. A thread that records in the first stripe must
   * find its own sample.
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
