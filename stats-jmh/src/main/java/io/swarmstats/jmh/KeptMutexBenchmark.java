package io.swarmstats.jmh;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
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
 * If the Go documents keep a mutex, is the JDK's lock-free form faster at the low contention of
 * their program?
 *
 * <p>The documents keep each mutex for one of three reasons. The operation is rare, the lock is
 * seldom contended, or the state is too complex. Every event passes through two of the shapes:
 * {@code DEBUG_EVENTS} and {@code PROGRESS_LINE}. Suppose that the lock-free form of such a shape
 * costs less than half of the lock, alone or beside the reader. Then the first two reasons do not
 * hold for this shape. The Javadoc of each lock-free class says what the class gives up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class KeptMutexBenchmark {

  private static final int RING = 100;
  private static final int AGREEING_STEPS = 10_000;

  /** What the mutex guards. */
  @Param
  public Shape shape;

  /** What guards the shape. */
  @Param
  public Form form;

  private Kept kept;

  /** One writer without a reader. */
  @Benchmark
  @Threads(1)
  public void write_alone(Steps steps) {
    kept.write(steps.next++);
  }

  /** One writer beside a reader that reads a thousand times a second. */
  @Benchmark
  @Group("paced")
  @GroupThreads(1)
  public void paced_write(Steps steps) {
    kept.write(steps.next++);
  }

  /** The reader pauses for a millisecond before each read. Its score is the time of the pause. */
  @Benchmark
  @Group("paced")
  @GroupThreads(1)
  public Object paced_read() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    return kept.read();
  }

  /**
   * Fails unless the guarded form does the same work as the bare form. Otherwise the comparison
   * would mean nothing.
   */
  @Setup(Level.Trial)
  public void assertAgreement() {
    Kept bare = shape.bare();
    Kept guarded = form.create(shape);
    for (long step = 0; step < AGREEING_STEPS; step++) {
      bare.write(step);
      guarded.write(step);
    }
    if (!bare.read().equals(guarded.read())) {
      throw new IllegalStateException(bare.read() + " is not " + guarded.read());
    }
  }

  /** Starts each iteration without writes, so that {@link #assertWritten} covers each iteration. */
  @Setup(Level.Iteration)
  public void newKept() {
    kept = form.create(shape);
  }

  /** Fails if nothing was written, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertWritten() {
    if (kept.read().equals(shape.bare().read())) {
      throw new IllegalStateException(form + " " + shape + " has written nothing");
    }
  }

  @State(Scope.Thread)
  public static class Steps {
    private long next;
  }

  /**
   * What the four mutexes guard, with the sections of the analysis and its reasons to keep the
   * mutex.
   */
  public enum Shape {
    /**
     * Section 5.1, {@code debug_events.go}: the program calls this code for each event. The reason
     * is "too complex".
     */
    DEBUG_EVENTS {
      @Override
      Kept bare() {
        return new DebugEvents();
      }

      @Override
      Kept lockFree() {
        return new LockFreeDebugEvents();
      }
    },

    /**
     * Section 8.1, {@code progress.go}: the program calls this code for each line. The reason is
     * "low contention".
     */
    PROGRESS_LINE {
      @Override
      Kept bare() {
        return new ProgressLines();
      }

      @Override
      Kept lockFree() {
        return new LockFreeProgressLines();
      }
    },

    /**
     * Section 9.1, {@code collector.go}: the program calls this code once a second. The reason is
     * "very low frequency".
     */
    COLLECTOR {
      @Override
      Kept bare() {
        return new Collector();
      }

      @Override
      Kept lockFree() {
        return new LockFreeCollector();
      }
    },

    /**
     * Section 10.1, {@code handler.go}: the program calls this code for each line of the log. The
     * reason is "not a bottleneck".
     */
    LOG_RING {
      @Override
      Kept bare() {
        return new LogRing();
      }

      @Override
      Kept lockFree() {
        return new LockFreeLogRing();
      }
    };

    /** Makes the form without a guard, for one thread or for use behind a lock. */
    abstract Kept bare();

    abstract Kept lockFree();
  }

  /** The two locks of the JDK, and the lock-free form. */
  public enum Form {
    REENTRANT_LOCK,
    SYNCHRONIZED,
    LOCK_FREE;

    Kept create(Shape shape) {
      return switch (this) {
        case REENTRANT_LOCK -> new ReentrantLocked(shape.bare());
        case SYNCHRONIZED -> new Synchronized(shape.bare());
        case LOCK_FREE -> shape.lockFree();
      };
    }
  }

  /**
   * State that one thread writes and another thread reads.
   *
   * <p>In one fork each call site meets one implementation only, so the interface costs nothing.
   */
  private interface Kept {
    void write(long step);

    /** Returns a copy of the state, or an immutable object. */
    Object read();
  }

  /** A read shows one moment. A writer waits as long as a reader holds the lock. */
  private static final class ReentrantLocked implements Kept {
    private final ReentrantLock lock = new ReentrantLock();
    private final Kept bare;

    ReentrantLocked(Kept bare) {
      this.bare = bare;
    }

    @Override
    public void write(long step) {
      lock.lock();
      try {
        bare.write(step);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Object read() {
      lock.lock();
      try {
        return bare.read();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Has the promises of {@link ReentrantLocked}. */
  private static final class Synchronized implements Kept {
    private final Kept bare;

    Synchronized(Kept bare) {
      this.bare = bare;
    }

    @Override
    public synchronized void write(long step) {
      bare.write(step);
    }

    @Override
    public synchronized Object read() {
      return bare.read();
    }
  }

  /** The state of the requests. A request connects, then downloads, then is done. */
  private record DebugStats(int connecting, int downloading, long done, List<Long> wallTimes) {}

  private static final class DebugEvents implements Kept {
    private final Map<String, Long> connecting = new HashMap<>();
    private final Map<String, Long> downloading = new HashMap<>();
    private final long[] wallTimes = new long[RING];
    private long done;

    @Override
    public void write(long step) {
      String url = Texts.at(step / 3);
      switch ((int) (step % 3)) {
        case 0 -> connecting.put(url, step);
        case 1 -> {
          connecting.remove(url);
          downloading.put(url, step);
        }
        default -> {
          Long start = downloading.remove(url);
          if (start != null) {
            wallTimes[(int) (done++ % RING)] = step - start;
          }
        }
      }
    }

    @Override
    public DebugStats read() {
      return new DebugStats(
          connecting.size(),
          downloading.size(),
          done,
          LongStream.of(wallTimes).boxed().toList());
    }
  }

  /**
   * Each map and each wall time is correct, but together they do not show one moment. A reader can
   * find a segment in neither map before the segment is done. A reader can also find a done segment
   * while the ring still contains an older wall time.
   */
  private static final class LockFreeDebugEvents implements Kept {
    private final Map<String, Long> connecting = new ConcurrentHashMap<>();
    private final Map<String, Long> downloading = new ConcurrentHashMap<>();
    private final AtomicLongArray wallTimes = new AtomicLongArray(RING);
    private final AtomicLong done = new AtomicLong();

    @Override
    public void write(long step) {
      String url = Texts.at(step / 3);
      switch ((int) (step % 3)) {
        case 0 -> connecting.put(url, step);
        case 1 -> {
          connecting.remove(url);
          downloading.put(url, step);
        }
        default -> {
          Long start = downloading.remove(url);
          if (start != null) {
            wallTimes.setRelease((int) (done.getAndIncrement() % RING), step - start);
          }
        }
      }
    }

    @Override
    public DebugStats read() {
      return new DebugStats(
          connecting.size(),
          downloading.size(),
          done.get(),
          IntStream.range(0, RING).mapToObj(wallTimes::getAcquire).toList());
    }
  }

  /**
   * One report of FFmpeg. The report arrives line by line, and the last line completes the report.
   */
  private record Progress(long totalSize, long outTimeMicros, double speed) {
    static final Progress NONE = new Progress(-1, -1, Double.NaN);
  }

  private static final class ProgressLines implements Kept {
    private long totalSize;
    private long outTimeMicros;
    private double speed;
    private Progress current = Progress.NONE;

    @Override
    public void write(long step) {
      switch ((int) (step % 4)) {
        case 0 -> totalSize = step;
        case 1 -> outTimeMicros = step;
        case 2 -> speed = step;
        default -> current = new Progress(totalSize, outTimeMicros, speed);
      }
    }

    @Override
    public Progress read() {
      return current;
    }
  }

  /**
   * Gives up nothing as long as one thread parses, as in the Go program. Only this thread uses the
   * lines, and other threads see only immutable reports. Two parsers would mix their lines.
   */
  private static final class LockFreeProgressLines implements Kept {
    private long totalSize;
    private long outTimeMicros;
    private double speed;
    private volatile Progress current = Progress.NONE;

    @Override
    public void write(long step) {
      switch ((int) (step % 4)) {
        case 0 -> totalSize = step;
        case 1 -> outTimeMicros = step;
        case 2 -> speed = step;
        default -> current = new Progress(totalSize, outTimeMicros, speed);
      }
    }

    @Override
    public Progress read() {
      return current;
    }
  }

  /** Turns totals into increments of the exported counters, which need no lock. */
  private static final class Collector implements Kept {
    private final long[] previous = new long[Exported.COUNT];
    private final Exported exported = new Exported();

    @Override
    public void write(long step) {
      for (int i = 0; i < Exported.COUNT; i++) {
        long total = step + i;
        if (total > previous[i]) {
          exported.add(i, total - previous[i]);
          previous[i] = total;
        }
      }
    }

    @Override
    public List<Long> read() {
      return exported.read();
    }
  }

  /**
   * Each exported counter is exact, even if two scrapes overlap and the older scrape ends last. The
   * previous totals are maxima, so no increment counts twice. A reader can see the counters of two
   * scrapes, one counter ahead of another.
   */
  private static final class LockFreeCollector implements Kept {
    private final List<AtomicLong> previous =
        Stream.generate(AtomicLong::new).limit(Exported.COUNT).toList();
    private final Exported exported = new Exported();

    @Override
    public void write(long step) {
      for (int i = 0; i < Exported.COUNT; i++) {
        long total = step + i;
        long seen = previous.get(i).getAndAccumulate(total, Math::max);
        if (total > seen) {
          exported.add(i, total - seen);
        }
      }
    }

    @Override
    public List<Long> read() {
      return exported.read();
    }
  }

  /** The exported counters: requests for manifests, segments and init segments. */
  private static final class Exported {
    static final int COUNT = 3;

    private final List<LongAdder> counters =
        Stream.generate(LongAdder::new).limit(COUNT).toList();

    void add(int i, long increment) {
      counters.get(i).add(increment);
    }

    List<Long> read() {
      return counters.stream().map(LongAdder::sum).toList();
    }
  }

  private static final class LogRing implements Kept {
    private final @Nullable String[] lines = new String[RING];
    private int next;

    @Override
    public void write(long step) {
      lines[next] = Texts.at(step);
      next = (next + 1) % RING;
    }

    @Override
    public List<String> read() {
      return IntStream.range(0, RING)
          .mapToObj(i -> lines[(next + i) % RING])
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /**
   * While writers are fast enough, the ring loses none of the last hundred lines. A reader can miss
   * the newest line, because a writer takes the slot before it fills the slot. A reader can also
   * find newer lines before older lines. A writer that sleeps for a whole round overwrites a newer
   * line with its old line.
   */
  private static final class LockFreeLogRing implements Kept {
    private final AtomicReferenceArray<@Nullable String> lines = new AtomicReferenceArray<>(RING);
    private final AtomicLong next = new AtomicLong();

    @Override
    public void write(long step) {
      lines.setRelease((int) (next.getAndIncrement() % RING), Texts.at(step));
    }

    @Override
    public List<String> read() {
      long oldest = next.get();
      return IntStream.range(0, RING)
          .mapToObj(i -> lines.getAcquire((int) ((oldest + i) % RING)))
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /** Texts that serve as URLs or as lines of a log. They are made in advance. */
  private static final class Texts {
    private static final String[] ALL = new String[64];

    static {
      Arrays.setAll(ALL, i -> "https://origin.example/live/segment" + i + ".ts");
    }

    static String at(long i) {
      return ALL[(int) (i & (ALL.length - 1))];
    }
  }
}
