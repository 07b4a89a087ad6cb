package io.swarmstats.rivals;

import java.util.concurrent.atomic.AtomicLong;

/** The documents' maximum of a double: its bits in an atomic, raised by compare-and-set (1.7). */
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
