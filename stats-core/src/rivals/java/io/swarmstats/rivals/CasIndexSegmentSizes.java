package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Plan, phase 1, 1.2, option C: a compare-and-set moves the index. The plan says that index and
 * slot change at once. No compare-and-set on the index can do that, because the slot is written
 * afterwards.
 *
 * <p>Faults: of F1 only the plain slot, which can tear or be seen late. No sample is lost.
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
