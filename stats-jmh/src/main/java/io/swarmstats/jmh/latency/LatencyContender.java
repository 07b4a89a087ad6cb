package io.swarmstats.jmh.latency;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.swarmstats.jmh.OpenTelemetryReader;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.rivals.Latencies;
import io.swarmstats.rivals.MutexLatencyDigest;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The contenders that keep latencies of many threads: the library, the t-digest of the Go documents
 * behind a lock, and the histograms of other libraries.
 *
 * <p>The contenders do not promise the same. The library's percentiles are within 0.55 %. Every
 * {@code long} from 0 on has a bucket. Sum, minimum and maximum are exact. A snapshot is an
 * immutable value, and subtracting or adding snapshots loses nothing. The settings of the other
 * contenders give a comparable error. Each constant lists what its contender lacks (Less) and what
 * it adds (More), compared with the library. A contender that can reuse the objects of the last
 * read does so.
 */
public enum LatencyContender {
  /** The library. */
  SHIPPED {
    @Override
    Recording create() {
      return new ShippedRecording();
    }
  },

  /**
   * The t-digest of the Go documents behind a lock. Less: the error of a value has no bound, and an
   * unlucky order of latencies increases the error. Snapshots cannot be subtracted. Merging loses
   * accuracy. Writers wait for readers. More: a t-digest takes any {@code double}.
   */
  MUTEX {
    @Override
    Recording create() {
      return new MutexRecording();
    }
  },

  /**
   * HdrHistogram's {@link AtomicHistogram} with two digits. Less: the error is up to 1 %, the range
   * must be known in advance, a longer latency throws, there is no sum, and a read while threads
   * record is not a view of one moment. More: a value that is promised to be at least the
   * percentile.
   */
  HDR_ATOMIC {
    @Override
    Recording create() {
      return new HdrRecording(newHdrAtomic());
    }
  },

  /**
   * HdrHistogram's {@link ConcurrentHistogram}: as {@code HDR_ATOMIC}, but could grow its range
   * while threads record. Here it does not need to.
   */
  HDR_CONCURRENT {
    @Override
    Recording create() {
      return new HdrRecording(new ConcurrentHistogram(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS));
    }
  },

  /**
   * HdrHistogram's {@link Recorder}: two {@code AtomicHistogram}s that a reader swaps. More than
   * {@code HDR_ATOMIC}: a read shows one moment. Less: there is only one reader. This reader waits
   * for writers in the middle of a record, and must add up all intervals to get the totals.
   */
  HDR_RECORDER {
    @Override
    Recording create() {
      return new HdrRecorderRecording();
    }
  },

  /**
   * The DDSketch of {@code sketches-java} behind a lock, because no class of that library is safe
   * for several threads. Its relative accuracy is the library's error. Less: writers wait for each
   * other and for readers, sum, minimum and maximum are those of buckets, counts are
   * {@code double}, and snapshots cannot be subtracted. More: memory only for the range that
   * occurs.
   */
  SKETCHES_JAVA_LOCKED {
    @Override
    Recording create() {
      return new SketchRecording();
    }
  },

  /**
   * The SDK of OpenTelemetry: an instrument without attributes, in seconds, whose view is an
   * exponential histogram of scale 6. The buckets are the library's. Less: a record takes a lock,
   * the sum is a {@code double}, values outside {@value #MOST_BUCKETS} neighbouring buckets halve
   * the accuracy, and there are no percentiles: this benchmark computes them from the collected
   * buckets. More: attributes, exporters, and collections of one moment.
   */
  OPEN_TELEMETRY {
    @Override
    Recording create() {
      return new OpenTelemetryRecording();
    }
  },

  /**
   * The histogram of Prometheus client_java, in seconds, native buckets of schema 6 only. The
   * buckets are the library's. Less: no minimum and no maximum, the sum is a {@code double}, more
   * than {@value #MOST_BUCKETS} occupied buckets halve the accuracy, a collection waits for
   * writers, a writer may wait for a collection, and there are no percentiles: this benchmark
   * computes them. More: a collection of one moment, and labels.
   */
  PROMETHEUS_NATIVE {
    @Override
    Recording create() {
      return new PrometheusRecording();
    }
  };

  // the range that the documentation of HdrHistogram uses for latencies: 1 µs to one hour
  private static final long HDR_LOWEST = 1_000;
  private static final long HDR_HIGHEST = 3_600_000_000_000L;
  private static final int HDR_DIGITS = 2;

  /** The relative accuracy of the DDSketch: the library's error. */
  private static final double SKETCH_ACCURACY = 0.0055;

  private static final int SCHEMA = LatencySnapshot.SCHEMA;

  // by default OpenTelemetry and Prometheus keep 160 buckets, too few at schema 6
  private static final int MOST_BUCKETS = 512;

  private static final double NANOS_PER_SECOND = 1e9;

  abstract Recording create();

  /** Makes a histogram for one thread, with the range and precision of all histograms here. */
  static org.HdrHistogram.Histogram newHdrHistogram() {
    return new org.HdrHistogram.Histogram(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
  }

  /** Makes a histogram for many threads, with the range and precision of all histograms here. */
  static AtomicHistogram newHdrAtomic() {
    return new AtomicHistogram(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
  }

  /** Makes a recorder with the range and precision of all histograms here. */
  static Recorder newHdrRecorder() {
    return new Recorder(HDR_LOWEST, HDR_HIGHEST, HDR_DIGITS);
  }

  /** Makes a sketch for one thread. */
  static DDSketch newSketch() {
    return DDSketches.unboundedDense(SKETCH_ACCURACY);
  }

  /** Makes an instrument with an exponential histogram, which the reader collects. */
  static DoubleHistogram newOpenTelemetryHistogram(MetricReader reader) {
    return SdkMeterProvider.builder()
        .setExemplarFilter(ExemplarFilter.alwaysOff())
        .registerMetricReader(reader)
        .registerView(
            InstrumentSelector.builder().setName("latency").build(),
            View.builder()
                .setAggregation(Aggregation.base2ExponentialBucketHistogram(
                    Base2ExponentialHistogramOptions.builder()
                        .setMaxBuckets(MOST_BUCKETS)
                        .setMaxScale(SCHEMA)
                        .build()))
                .build())
        .build()
        .get("io.swarmstats.jmh.latency")
        .histogramBuilder("latency")
        .setUnit("s")
        .build();
  }

  /** Returns the only point of the only metric that a reader collects. */
  static ExponentialHistogramPointData collect(OpenTelemetryReader reader) {
    MetricData metric = reader.collect().iterator().next();
    return metric.getExponentialHistogramData().getPoints().iterator().next();
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  /**
   * A distribution that any number of threads write and one thread reads.
   *
   * <p>Each fork loads only one implementation, so the compiler can inline it.
   */
  interface Recording {
    void record(long nanos);

    /** Returns the distribution so far, which the next call may change. */
    Object snapshot();

    /** Takes a snapshot and asks it for all percentiles. */
    LatencyPercentiles read();
  }

  private static final class ShippedRecording implements Recording {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Override
    public void record(long nanos) {
      histogram.record(nanos);
    }

    @Override
    public LatencySnapshot snapshot() {
      return histogram.snapshot();
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.of(snapshot());
    }
  }

  /**
   * There is no snapshot. Each figure takes the lock and shows its own moment, as in the Go
   * documents.
   */
  private static final class MutexRecording implements Recording {
    private final Latencies digest = new MutexLatencyDigest();

    @Override
    public void record(long nanos) {
      digest.record(nanos);
    }

    @Override
    public Object snapshot() {
      return read();
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.read(
          digest.count(), quantile -> digest.percentile(quantile).toNanos());
    }
  }

  /** A snapshot copies the live buckets one by one. */
  private static final class HdrRecording implements Recording {
    private final AbstractHistogram live;
    private final org.HdrHistogram.Histogram copy = newHdrHistogram();

    HdrRecording(AbstractHistogram live) {
      this.live = live;
    }

    @Override
    public void record(long nanos) {
      live.recordValue(nanos);
    }

    @Override
    public org.HdrHistogram.Histogram snapshot() {
      live.copyInto(copy);
      return copy;
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.of(snapshot());
    }
  }

  /** A snapshot swaps out the latencies since the last snapshot, and adds these to the others. */
  private static final class HdrRecorderRecording implements Recording {
    private final Recorder recorder = newHdrRecorder();
    private final org.HdrHistogram.Histogram total = newHdrHistogram();

    private org.HdrHistogram.@Nullable Histogram interval;

    @Override
    public void record(long nanos) {
      recorder.recordValue(nanos);
    }

    @Override
    public org.HdrHistogram.Histogram snapshot() {
      org.HdrHistogram.Histogram recent = recorder.getIntervalHistogram(interval);
      interval = recent;
      total.add(recent);
      return total;
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.of(snapshot());
    }
  }

  /** A snapshot copies the sketch under the lock. */
  private static final class SketchRecording implements Recording {
    private final DDSketch sketch = newSketch();

    @Override
    public void record(long nanos) {
      synchronized (sketch) {
        sketch.accept((double) nanos);
      }
    }

    @Override
    public DDSketch snapshot() {
      synchronized (sketch) {
        return sketch.copy();
      }
    }

    @Override
    public LatencyPercentiles read() {
      return LatencyPercentiles.of(snapshot());
    }
  }

  /** A snapshot is a collection into the objects of the last one. */
  private static final class OpenTelemetryRecording implements Recording {
    private final OpenTelemetryReader reader =
        new OpenTelemetryReader(AggregationTemporality.CUMULATIVE);
    private final DoubleHistogram histogram = newOpenTelemetryHistogram(reader);

    @Override
    public void record(long nanos) {
      histogram.record(seconds(nanos));
    }

    @Override
    public ExponentialHistogramPointData snapshot() {
      return collect(reader);
    }

    @Override
    public LatencyPercentiles read() {
      ExponentialHistogramPointData point = snapshot();
      List<Long> counts = point.getPositiveBuckets().getBucketCounts();
      int first = point.getPositiveBuckets().getOffset() + 1; // counts from the lower bound
      return LatencyPercentiles.ofBuckets(
          counts.size(), counts::get, i -> first + i, point.getScale());
    }
  }

  /** A snapshot is a collection, which copies and sorts the buckets. */
  private static final class PrometheusRecording implements Recording {
    private final Histogram histogram = Histogram.builder()
        .name("latency_seconds")
        .nativeOnly()
        .nativeInitialSchema(SCHEMA)
        .nativeMaxNumberOfBuckets(MOST_BUCKETS)
        .withoutExemplars()
        .build();

    @Override
    public void record(long nanos) {
      histogram.observe(seconds(nanos));
    }

    @Override
    public HistogramDataPointSnapshot snapshot() {
      return histogram.collect().getDataPoints().get(0);
    }

    @Override
    public LatencyPercentiles read() {
      HistogramDataPointSnapshot point = snapshot();
      NativeHistogramBuckets buckets = point.getNativeBucketsForPositiveValues();
      return LatencyPercentiles.ofBuckets(
          buckets.size(), buckets::getCount, buckets::getBucketIndex, point.getNativeSchema());
    }
  }
}
