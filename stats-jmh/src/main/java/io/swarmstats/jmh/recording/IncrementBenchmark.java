package io.swarmstats.jmh.recording;

import io.swarmstats.ClientStats;
import io.swarmstats.rivals.FetchAddCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does {@link ClientStats#incrementSegmentRequests()} cost against
 * {@link AtomicLong#incrementAndGet()}, {@link LongAdder#increment()} and a counter behind a lock?
 *
 * <p>All counters of {@link ClientStats} work alike, except the counters of HTTP errors. All rivals
 * count with an {@code AtomicLong}, even the mutex rival, as the Go documents do. The two locks
 * show what the {@code AtomicLong} saves.
 *
 * <p>The budget is 1.5 times the {@code AtomicLong} and no allocation ({@code -prof gc}). If the
 * library costs more, alone or contended, the cell is wrong. A client has few writers. If
 * {@code LongAdder} is clearly faster with two threads, an adder may be worth its memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class IncrementBenchmark {

  /** The contender that counts. */
  @Param
  public Contender contender;

  private Counter counter;

  @Benchmark
  @Threads(1)
  public void increment_alone() {
    counter.increment();
  }

  /**
   * Two threads increment one counter: the most contention that a machine with two cores allows.
   */
  @Benchmark
  @Threads(2)
  public void increment_contended() {
    counter.increment();
  }

  /** Starts each iteration at zero, so that {@link #assertCounted} covers each iteration. */
  @Setup(Level.Iteration)
  public void newCounter() {
    counter = contender.newCounter();
  }

  /** Fails if nothing was counted, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertCounted() {
    if (counter.count() <= 0) {
      throw new IllegalStateException(contender + " counted nothing");
    }
  }

  /**
   * The library, the experiment with a fetch-and-add, two counters of the JDK, and a counter behind
   * each of two locks.
   */
  public enum Contender {
    SHIPPED {
      @Override
      Counter newCounter() {
        return new ShippedCounter(new ClientStats(1));
      }
    },
    FETCH_ADD {
      @Override
      Counter newCounter() {
        return new FetchAdd(new FetchAddCounter());
      }
    },
    ATOMIC_LONG {
      @Override
      Counter newCounter() {
        return new AtomicLongCounter(new AtomicLong());
      }
    },
    LONG_ADDER {
      @Override
      Counter newCounter() {
        return new LongAdderCounter(new LongAdder());
      }
    },
    MUTEX {
      @Override
      Counter newCounter() {
        return new MutexCounter();
      }
    },
    SYNCHRONIZED {
      @Override
      Counter newCounter() {
        return new SynchronizedCounter();
      }
    };

    abstract Counter newCounter();
  }

  /** A fork meets one implementation only, so the interface costs nothing. */
  private interface Counter {
    void increment();

    long count();
  }

  private record ShippedCounter(ClientStats stats) implements Counter {
    @Override
    public void increment() {
      stats.incrementSegmentRequests();
    }

    @Override
    public long count() {
      return stats.segmentRequests();
    }
  }

  private record FetchAdd(FetchAddCounter counter) implements Counter {
    @Override
    public void increment() {
      counter.increment();
    }

    @Override
    public long count() {
      return counter.count();
    }
  }

  private record AtomicLongCounter(AtomicLong value) implements Counter {
    @Override
    public void increment() {
      value.incrementAndGet();
    }

    @Override
    public long count() {
      return value.get();
    }
  }

  private record LongAdderCounter(LongAdder value) implements Counter {
    @Override
    public void increment() {
      value.increment();
    }

    @Override
    public long count() {
      return value.sum();
    }
  }

  private static final class MutexCounter implements Counter {
    private final ReentrantLock lock = new ReentrantLock();
    private long count;

    @Override
    public void increment() {
      lock.lock();
      try {
        count++;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long count() {
      lock.lock();
      try {
        return count;
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class SynchronizedCounter implements Counter {
    private long count;

    @Override
    public synchronized void increment() {
      count++;
    }

    @Override
    public synchronized long count() {
      return count;
    }
  }
}
