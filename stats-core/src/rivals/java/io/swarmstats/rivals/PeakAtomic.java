package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Analysis 1.7: the maximum of a double, kept as bits in an atomic and raised by compare-and-set.
 */
final class PeakAtomic {

  private final AtomicLong bits = new AtomicLong();

  void update(double rate) {
    long seen = bits.get();
    while (rate > Double.longBitsToDouble(seen)
        && !bits.compareAndSet(seen, Double.doubleToRawLongBits(rate))) {
      seen = bits.get();
    }
  }

  double get() {
    return Double.longBitsToDouble(bits.get());
  }

  void reset() {
    bits.set(0);
  }
}
