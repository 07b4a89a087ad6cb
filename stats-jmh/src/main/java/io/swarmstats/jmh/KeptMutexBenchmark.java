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
 * Where the documents keep a mutex, would the JDK's lock-free form be faster, with as little
 * contention as there is?
 *
 * <p>The documents keep it because the operation is rare, or because the lock is hardly ever
 * contended, or because the state is too complex. Should the lock-free form of a shape that each
 * event passes through ({@code DEBUG_EVENTS}, {@code PROGRESS_LINE}) cost less than half of the
 * lock's, alone or beside the reader, the first two reasons would not hold for it. What a lock-free
 * form gives up stands at each.
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

  /** What guards it. */
  @Param
  public Form form;

  private Kept kept;

  /** One writer, no reader. */
  @Benchmark
  @Threads(1)
  public void write_alone(Steps steps) {
    kept.write(steps.next++);
  }

  /** One writer, while a reader comes by. */
  @Benchmark
  @Group("paced")
  @GroupThreads(1)
  public void paced_write(Steps steps) {
    kept.write(steps.next++);
  }

  /** The reader. It comes a thousand times a second, and its figure is that of its pause. */
  @Benchmark
  @Group("paced")
  @GroupThreads(1)
  public Object paced_read() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    return kept.read();
  }

  /** To compare what does not do the same would be no result. */
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

  /** Starts each iteration with nothing written, so that the check below covers each of them. */
  @Setup(Level.Iteration)
  public void newKept() {
    kept = form.create(shape);
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Iteration)
  public void assertWritten() {
    if (kept.read().equals(shape.bare().read())) {
      throw new IllegalStateException(form + " " + shape + " has written nothing");
    }
  }

  /** The number of the writer's next step. */
  @State(Scope.Thread)
  public static class Steps {
    private long next;
  }

  /** What the four mutexes guard, by the sections of the analysis. */
  public enum Shape {
    /** 5.1, {@code debug_events.go}: called for each event, "too complex". */
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

    /** 8.1, {@code progress.go}: called for each line, "low contention". */
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

    /** 9.1, {@code collector.go}: called once a second, "very low frequency". */
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

    /** 10.1, {@code handler.go}: called for each line of the log, "not a bottleneck". */
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

    /** For one thread, or for a lock around it. */
    abstract Kept bare();

    abstract Kept lockFree();
  }

  /** Both locks of the JDK, and none. */
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

  /** One writes, another reads. A fork sees one implementation only, within a lock or without. */
  private interface Kept {
    void write(long step);

    /** Returns a copy of all, or what will not change. */
    Object read();
  }

  /** Each read is of one moment. A writer waits for a reader, however long that takes. */
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

  /** Promises the same. */
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

  /** A connection is made, over it a segment is asked for, the segment is there. */
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
   * Each map and each wall time is right, what they say together is not of one moment: a reader can
   * find a segment in neither map and not yet done, or done while the ring still has an older wall
   * time.
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

  /** One report of FFmpeg. It comes line by line, and is complete with the last. */
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
   * Gives up nothing as long as one thread parses, which is how it is: the lines are for that
   * thread alone, and what others see is immutable. Two parsers would mix their lines.
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

  /** Totals become increments of exported counters, which are safe by themselves. */
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
   * Each counter is exact, also if two scrapes overlap and the older ends last: the increments are
   * those of a maximum. What a reader sees can be of two scrapes, one counter ahead of another.
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

  /** Requests for manifests, segments and init segments. */
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
   * No line of the last hundred is lost while writers are fast enough, but a reader can miss the
   * newest, whose slot is taken and not yet filled, and can find newer lines before older ones. A
   * writer that sleeps for a whole round puts its old line in the place of a newer one.
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

  /** URLs, or lines of a log; made in advance. */
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
