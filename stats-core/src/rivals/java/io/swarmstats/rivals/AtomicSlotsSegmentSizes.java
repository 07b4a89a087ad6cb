package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Option B of the plan (phase 1, 1.2): each slot is an atomic; the index is still loaded and
 * stored.
 *
 * <p>Faults kept: F1 but for the torn slot. Two writers take the same slot, and the index goes
 * back.
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
