package io.swarmstats.jmh.latency;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.swarmstats.jmh.OpenTelemetryReader;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
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
 * What does it cost a reader to get the latencies since its last read?
 *
 * <p>The library takes a snapshot and subtracts the last one. Any number of readers can do so, each
 * with windows of its own. {@code HDR_ATOMIC} does the same in place. A {@code Recorder} hands out
 * its counters and serves one reader. OpenTelemetry's delta collection copies the counters and
 * clears them under a lock, once for each reader.
 *
 * <p>If a window of the library costs more than a few times a window of another contender, the
 * library should read and subtract in one pass.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Threads(1)
public class LatencyWindowBenchmark {

  private static final int FILL = 100_000;

  @Param
  public Contender contender;

  private Windows windows;

  /** Records one latency, and takes the window that contains it. */
  @Benchmark
  public Object window_next(LatencySamples samples) {
    windows.record(samples.next());
    return windows.next();
  }

  /** Starts each iteration with the same samples before the first window. */
  @Setup(Level.Iteration)
  public void fill() {
    windows = contender.create();
    LatencySamples samples = new LatencySamples();
    for (int i = 0; i < FILL; i++) {
      windows.record(samples.next());
    }
    windows.next();
  }

  /**
   * Fails if a window lacks its latency or has others, because the times would then mean nothing.
   */
  @TearDown(Level.Iteration)
  public void check() {
    if (windows.count() != 1) {
      throw new IllegalStateException("the last window has " + windows.count() + " latencies");
    }
  }

  /** The contenders that have windows. {@link LatencyContender} compares their promises. */
  public enum Contender {
    SHIPPED {
      @Override
      Windows create() {
        return new ShippedWindows();
      }
    },
    HDR_ATOMIC {
      @Override
      Windows create() {
        return new HdrAtomicWindows();
      }
    },
    HDR_RECORDER {
      @Override
      Windows create() {
        return new HdrRecorderWindows();
      }
    },
    OPEN_TELEMETRY {
      @Override
      Windows create() {
        return new OpenTelemetryWindows();
      }
    };

    abstract Windows create();
  }

  /** The windows of one reader. Each fork loads only one. */
  private interface Windows {
    void record(long nanos);

    /** Returns what was recorded since the last call. The next call may change the result. */
    Object next();

    /** Returns how many latencies are in the last window. */
    long count();
  }

  private static final class ShippedWindows implements Windows {
    private final LatencyHistogram histogram = new LatencyHistogram();
    private LatencySnapshot last = LatencySnapshot.EMPTY;
    private LatencySnapshot window = LatencySnapshot.EMPTY;

    @Override
    public void record(long nanos) {
      histogram.record(nanos);
    }

    @Override
    public Object next() {
      LatencySnapshot now = histogram.snapshot();
      window = now.since(last);
      last = now;
      return window;
    }

    @Override
    public long count() {
      return window.count();
    }
  }

  private static final class HdrAtomicWindows implements Windows {
    private final AtomicHistogram live = LatencyContender.newHdrAtomic();
    private final Histogram window = LatencyContender.newHdrHistogram();
    private Histogram last = LatencyContender.newHdrHistogram();
    private Histogram now = LatencyContender.newHdrHistogram();

    @Override
    public void record(long nanos) {
      live.recordValue(nanos);
    }

    @Override
    public Object next() {
      live.copyInto(now);
      now.copyInto(window);
      window.subtract(last);
      Histogram reused = last;
      last = now;
      now = reused;
      return window;
    }

    @Override
    public long count() {
      return window.getTotalCount();
    }
  }

  private static final class HdrRecorderWindows implements Windows {
    private final Recorder recorder = LatencyContender.newHdrRecorder();
    private Histogram window = recorder.getIntervalHistogram();

    @Override
    public void record(long nanos) {
      recorder.recordValue(nanos);
    }

    @Override
    public Object next() {
      window = recorder.getIntervalHistogram(window);
      return window;
    }

    @Override
    public long count() {
      return window.getTotalCount();
    }
  }

  private static final class OpenTelemetryWindows implements Windows {
    private final OpenTelemetryReader reader =
        new OpenTelemetryReader(AggregationTemporality.DELTA);
    private final DoubleHistogram histogram = LatencyContender.newOpenTelemetryHistogram(reader);
    private long count;

    @Override
    public void record(long nanos) {
      histogram.record(LatencyContender.seconds(nanos));
    }

    @Override
    public Object next() {
      ExponentialHistogramPointData window = LatencyContender.collect(reader);
      count = window.getCount();
      return window;
    }

    @Override
    public long count() {
      return count;
    }
  }
}
