package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLongArray;

/** The average of the written slots of a ring. */
final class SlotAverage {
  private long sum;
  private int count;

  private SlotAverage() {}

  static long of(long[] slots) {
    SlotAverage average = new SlotAverage();
    for (long slot : slots) {
      average.add(slot);
    }
    return average.result();
  }

  static long of(AtomicLongArray slots) {
    SlotAverage average = new SlotAverage();
    for (int i = 0; i < slots.length(); i++) {
      average.add(slots.get(i));
    }
    return average.result();
  }

  private void add(long slot) {
    if (slot > 0) {
      sum += slot;
      count++;
    }
  }

  private long result() {
    return count == 0 ? 0 : sum / count;
  }
}
