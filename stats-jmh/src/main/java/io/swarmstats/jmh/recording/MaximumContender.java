package io.swarmstats.jmh.recording;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAccumulator;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The contenders that keep a maximum: the cell of the library, the atomic of the Go documents, and
 * the accumulators of the JDK.
 */
public enum MaximumContender {
  CELL {
    @Override
    Maximum newMaximum() {
      return new CellMaximum();
    }
  },
  /** The loop of the Go documents. The library's loop adds only the seal. */
  ATOMIC_LONG {
    @Override
    Maximum newMaximum() {
      return new AtomicLongMaximum(new AtomicLong());
    }
  },
  LONG_ACCUMULATOR {
    @Override
    Maximum newMaximum() {
      return new LongAccumulatorMaximum(new LongAccumulator(Long::max, 0));
    }
  },
  /**
   * Keeps the peak of a rate. The other contenders keep the bits of the rate, which have the same
   * order for numbers of 0 or more.
   */
  DOUBLE_ACCUMULATOR {
    @Override
    Maximum newMaximum() {
      return new DoubleAccumulatorMaximum(new DoubleAccumulator(Double::max, 0));
    }
  },
  /**
   * The least that an offer without effect needs: reads the maximum, and never raises the maximum.
   */
  VOLATILE_READ {
    @Override
    Maximum newMaximum() {
      return new VolatileReadMaximum(new AtomicLong(LOWEST));
    }
  };

  /** The bits of 1.0. The next number is slightly higher, both as a long and as a double. */
  static final long LOWEST = Double.doubleToRawLongBits(1.0);

  abstract Maximum newMaximum();

  /** A fork meets one implementation only, so the interface costs nothing. */
  interface Maximum {

    /**
     * Raises the maximum to the candidate if the candidate is higher. Consumes a result, so that
     * the compiler cannot remove the work.
     */
    void raise(long candidate, Blackhole result);

    long value();
  }

  private static final class CellMaximum implements Maximum {
    private final long[] row = new long[1];

    @Override
    public void raise(long candidate, Blackhole result) {
      result.consume(Cells.raise(row, 0, candidate));
    }

    @Override
    public long value() {
      return Cells.readCounterAcquire(row, 0);
    }
  }

  private record AtomicLongMaximum(AtomicLong maximum) implements Maximum {
    @Override
    public void raise(long candidate, Blackhole result) {
      long seen = maximum.get();
      while (candidate > seen && !maximum.compareAndSet(seen, candidate)) {
        seen = maximum.get();
      }
      result.consume(seen);
    }

    @Override
    public long value() {
      return maximum.get();
    }
  }

  private record LongAccumulatorMaximum(LongAccumulator maximum) implements Maximum {
    @Override
    public void raise(long candidate, Blackhole result) {
      maximum.accumulate(candidate);
    }

    @Override
    public long value() {
      return maximum.get();
    }
  }

  private record DoubleAccumulatorMaximum(DoubleAccumulator maximum) implements Maximum {
    @Override
    public void raise(long candidate, Blackhole result) {
      maximum.accumulate(Double.longBitsToDouble(candidate));
    }

    @Override
    public long value() {
      return Double.doubleToRawLongBits(maximum.get());
    }
  }

  private record VolatileReadMaximum(AtomicLong maximum) implements Maximum {
    @Override
    public void raise(long candidate, Blackhole result) {
      result.consume(maximum.get());
    }

    @Override
    public long value() {
      return maximum.get();
    }
  }
}
