package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Plan, phase 1, 1.2, option B: each slot is an atomic, and the index is still loaded and stored.
 *
 * <p>Faults: F1 except the torn slot. Two writers take the same slot, or the index goes back.
 */
public final class AtomicSlotsSegmentSizes implements SegmentSizes {

  private final AtomicLongArray slots = new AtomicLongArray(LENGTH);
  private final AtomicLong index = new AtomicLong();

  @Override
  public void record(long bytes) {
    int next = (int) ((index.get() + 1) % LENGTH);
    index.set(next);
    slots.set(next, bytes);
  }

  @Override
  public long average() {
    return SlotAverage.of(slots);
  }
}
