package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Plan, phase 1, 1.2, option A, and analysis, "For ring buffers": plain slots, and an atomic index
 * that is loaded and stored.
 *
 * <p>Faults: F1, two writers take the same slot, the index goes back, and a slot can tear or be
 * seen late.
 */
public final class PlainSlotsSegmentSizes implements SegmentSizes {

  private final long[] slots = new long[LENGTH];
  private final AtomicLong index = new AtomicLong();

  @Override
  public void record(long bytes) {
    int next = (int) ((index.get() + 1) % LENGTH);
    index.set(next);
    slots[next] = bytes;
  }

  @Override
  public long average() {
    return SlotAverage.of(slots);
  }
}
