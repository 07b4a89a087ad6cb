package io.swarmstats.jmh.latency;

import com.tdunning.math.stats.MergingDigest;
import com.tdunning.math.stats.ScaleFunction;
import com.tdunning.math.stats.TDigest;
import io.swarmstats.latency.LatencyDigest;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.rivals.Latencies;
import io.swarmstats.rivals.MutexLatencyDigest;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The contenders that keep latencies: the library, the t-digest of the Go documents behind a lock,
 * and two classes of HdrHistogram that many threads may write.
 *
 * <p>The contenders do not promise the same. The library's t-digest is several times as accurate as
 * the t-digest of the documents, because of its settings. {@code MUTEX_AS_ACCURATE} has these
 * settings behind a lock. A t-digest takes any value, and its error is an error in rank.
 *
 * <p>HdrHistogram counts in fixed buckets. Its error is an error in value, 0.1 % at the three
 * digits used here. Its range must be known in advance. Here the range is 1 µs to one hour, which
 * the documentation of HdrHistogram uses for nanoseconds with a resolution of microseconds. A
 * longer latency would throw.
 */
public enum LatencyContender {
  SHIPPED,
  MUTEX,
  MUTEX_AS_ACCURATE,
  HDR_RECORDER,
  HDR_ATOMIC;

  private static final long HDR_LOWEST = 1_000;
  private static final long HDR_HIGHEST = 3_600_000_000_000L;
  private static final int HDR_DIGITS = 3;

  Recording create() {
    return switch (this) {
      case SHIPPED -> new ShippedRecording();
      case MUTEX -> new MutexRecording(new MutexLatencyDigest());
      case MUTEX_AS_ACCURATE -> new MutexRecording(new MutexLatencyDigest(asAccurate()));
      case HDR_RECORDER -> new HdrRecorderRecording();
      case HDR_ATOMIC -> new HdrAtomicRecording();
    };
  }

  /** Makes a t-digest with the settings of the library. */
  private static TDigest asAccurate() {
    TDigest digest = new MergingDigest(200);
    digest.setScaleFunction(ScaleFunction.K_1);
    return digest;
  }

  /** Makes a histogram for one thread, with the range and precision of all histograms here. */
  static Histogram newHistogram() {
    return new Histogram(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
  }

  static LatencyPercentiles read(Histogram histogram) {
    return LatencyPercentiles.read(
        histogram.getTotalCount(), quantile -> histogram.getValueAtPercentile(100 * quantile));
  }

  static LatencyPercentiles read(LatencySnapshot snapshot) {
    return LatencyPercentiles.read(
        snapshot.count(), quantile -> snapshot.percentile(quantile).toNanos());
  }

  /**
   * A distribution that any number of threads write and one thread reads.
   *
   * <p>A fork meets one implementation only, so the interface costs nothing.
   */
  interface Recording {
    void record(long nanos);

    LatencyPercentiles read();
  }

  /** One snapshot answers all percentiles. */
  private static final class ShippedRecording implements Recording {
    private final LatencyDigest digest = new LatencyDigest();

    @Override
    public void record(long nanos) {
      digest.record(nanos);
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyContender.read(digest.snapshot());
    }
  }

  /** Each figure takes the lock and shows its own moment, as in the Go documents. */
  private static final class MutexRecording implements Recording {
    private final Latencies digest;

    MutexRecording(Latencies digest) {
      this.digest = digest;
    }

    @Override
    public void record(long nanos) {
      digest.record(nanos);
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.read(
          digest.count(), quantile -> digest.percentile(quantile).toNanos());
    }
  }

  /** A read swaps out the samples since the last read, and adds them to the earlier samples. */
  private static final class HdrRecorderRecording implements Recording {
    private final Recorder recorder = new Recorder(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
    private final Histogram total = newHistogram();

    @Nullable
    private Histogram interval;

    @Override
    public void record(long nanos) {
      recorder.recordValue(nanos);
    }

    @Override
    public LatencyPercentiles read() {
      Histogram recent = recorder.getIntervalHistogram(interval);
      interval = recent;
      total.add(recent);
      return LatencyContender.read(total);
    }
  }

  /**
   * A read copies the live buckets one by one. Each bucket is right, but the buckets do not show
   * one moment.
   */
  private static final class HdrAtomicRecording implements Recording {
    private final AtomicHistogram live = new AtomicHistogram(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
    private final Histogram copy = newHistogram();

    @Override
    public void record(long nanos) {
      live.recordValue(nanos);
    }

    @Override
    public LatencyPercentiles read() {
      live.copyInto(copy);
      return LatencyContender.read(copy);
    }
  }
}
