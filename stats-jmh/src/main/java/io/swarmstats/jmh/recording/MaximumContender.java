package io.swarmstats.jmh.recording;

import io.swarmstats.internal.Cells;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAccumulator;
import org.openjdk.jmh.infra.Blackhole;

/** What keeps a maximum: the library's cell, the documents' atomic, and the JDK's accumulators. */
public enum MaximumContender {
  CELL {
    @Override
    Maximum newMaximum() {
      return new CellMaximum();
    }
  },
  /** The documents' loop, which the library's differs from in its seal alone. */
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
   * For the peak of a rate. The others keep the bits, which for numbers of 0 or more is as good.
   */
  DOUBLE_ACCUMULATOR {
    @Override
    Maximum newMaximum() {
      return new DoubleAccumulatorMaximum(new DoubleAccumulator(Double::max, 0));
    }
  },
  /** The least that a rejection needs: it reads, and rejects every offer. */
  VOLATILE_READ {
    @Override
    Maximum newMaximum() {
      return new VolatileReadMaximum(new AtomicLong(LOWEST));
    }
  };

  /** The bits of 1.0: whether taken as a long or as a double, the next number is a little more. */
  static final long LOWEST = Double.doubleToRawLongBits(1.0);

  abstract Maximum newMaximum();

  /** A fork sees one implementation only, so the call costs nothing. */
  interface Maximum {

    /**
     * Raises the maximum to the candidate if that is higher; the result keeps the compiler honest.
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
