package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Option C of the plan (phase 1, 1.2): the index is moved by compare-and-set. What the plan says of
 * it, that the index and the slot change at once, no compare-and-set on the index can do: the slot
 * is written after it.
 *
 * <p>Faults kept: of F1 the plain slot, which may tear or be seen late. No sample is lost.
 */
public final class CasIndexSegmentSizes implements SegmentSizes {

  private final long[] slots = new long[LENGTH];
  private final AtomicLong index = new AtomicLong();

  @Override
  public void record(long bytes) {
    long seen;
    long next;
    do {
      seen = index.get();
      next = (seen + 1) % LENGTH;
    } while (!index.compareAndSet(seen, next));
    slots[(int) next] = bytes;
  }

  @Override
  public long average() {
    return SlotAverage.of(slots);
  }
}
