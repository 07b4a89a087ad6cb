package io.swarmstats.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.swarmstats.LatencyDigest;
import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(classes = {ShippedFull.class, ShippedOneSlotLeft.class})
  void samples_intoABuffer_areLinearizable(Class<?> state) {
    ThreeThreads.options()
        .addGuarantee(
            forClasses("io.swarmstats.LatencyDigest.Buffer").methods("take").ignore())
        .addGuarantee(forClasses("io.swarmstats.lincheck.WallTimesLincheckTest")
            .methods("digest")
            .ignore())
        .check(state);
  }

  @Test
  void bufferThatIsHandedOverOpen_isFound() {
    ThreeThreads.refute(WeakenedHandOver.class);
  }

  @Test
  void stripeThatIsStored_isFound() {
    ThreeThreads.refute(WeakenedHead.class);
  }

  static LatencyDigest digest(int samples) {
    LatencyDigest digest = new LatencyDigest();
    for (int i = 0; i < samples; i++) {
      digest.record(1);
    }
    return digest;
  }

  /** The next sample finds the buffer full. */
  public static class ShippedFull {
    private final LatencyDigest digest = digest(256);

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

  /** The next sample fills the buffer, and may come to its slot once it was handed over. */
  public static class ShippedOneSlotLeft {
    private final LatencyDigest digest = digest(255);

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

  /**
   * What was handed over is left open. A buffer is one slot, which holds a number of samples; each
   * count hands it over and takes it.
   */
  public static class WeakenedHandOver {
    private final AtomicReference<long[]> current = new AtomicReference<>(new long[1]);
    private long merged;

    public WeakenedHandOver() {}

    @Operation
    public void record() {
      Cells.increment(current.get(), 0);
    }

    @Operation(nonParallelGroup = "lock")
    public long count() {
      merged += Cells.getAndSet(current.getAndSet(new long[1]), 0, 0);
      return merged;
    }
  }

  /** A new buffer is stored in the stripe, whatever stands there by now. */
  public static class WeakenedHead {
    private record Buffer(@Nullable Buffer older) {}

    private final AtomicReference<@Nullable Buffer> head = new AtomicReference<>();

    public WeakenedHead() {}

    @Operation
    public void record() {
      head.set(new Buffer(head.get()));
    }

    @Operation
    public long count() {
      long samples = 0;
      for (Buffer buffer = head.get(); buffer != null; buffer = buffer.older) {
        samples++;
      }
      return samples;
    }
  }
}
