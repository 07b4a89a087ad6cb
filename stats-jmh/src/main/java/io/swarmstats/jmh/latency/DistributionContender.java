package io.swarmstats.jmh.latency;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.tdunning.math.stats.MergingDigest;
import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The contenders whose distributions a reader can query and add up while no thread records.
 *
 * <p>Their errors and ranges are those of {@link LatencyContender}. The library's values are
 * immutable: a merge makes a new one for each addition. The others add to one target in place, and
 * are safe for one thread only.
 */
public enum DistributionContender {
  /** The library's {@link LatencySnapshot}. Adding and subtracting loses nothing. */
  SHIPPED {
    @Override
    Distribution of(LatencySamples samples, int count) {
      return new Shipped(snapshot(samples, count));
    }

    @Override
    Supplier<Distribution> merge(LatencySamples samples, int parts, int count) {
      List<LatencySnapshot> all = list(() -> snapshot(samples, count), parts);
      return () -> {
        LatencySnapshot sum = LatencySnapshot.EMPTY;
        for (LatencySnapshot part : all) {
          sum = sum.plus(part);
        }
        return new Shipped(sum);
      };
    }

    @Override
    Supplier<Distribution> since(LatencySamples samples, int earlier, int count) {
      LatencyHistogram histogram = new LatencyHistogram();
      record(earlier, () -> histogram.record(samples.next()));
      LatencySnapshot start = histogram.snapshot();
      record(count, () -> histogram.record(samples.next()));
      LatencySnapshot end = histogram.snapshot();
      return () -> new Shipped(end.since(start));
    }

    private static LatencySnapshot snapshot(LatencySamples samples, int count) {
      LatencyHistogram histogram = new LatencyHistogram();
      record(count, () -> histogram.record(samples.next()));
      return histogram.snapshot();
    }
  },

  /** HdrHistogram's {@link Histogram}. Loses nothing, and has no sum. */
  HDR_HISTOGRAM {
    @Override
    Distribution of(LatencySamples samples, int count) {
      return new Hdr(histogram(samples, count));
    }

    @Override
    Supplier<Distribution> merge(LatencySamples samples, int parts, int count) {
      List<Histogram> all = list(() -> histogram(samples, count), parts);
      return () -> {
        Histogram sum = LatencyContender.newHdrHistogram();
        all.forEach(sum::add);
        return new Hdr(sum);
      };
    }

    @Override
    Supplier<Distribution> since(LatencySamples samples, int earlier, int count) {
      Histogram start = histogram(samples, earlier);
      Histogram end = start.copy();
      record(count, () -> end.recordValue(samples.next()));
      Histogram window = LatencyContender.newHdrHistogram();
      return () -> {
        end.copyInto(window);
        window.subtract(start);
        return new Hdr(window);
      };
    }

    private static Histogram histogram(LatencySamples samples, int count) {
      Histogram histogram = LatencyContender.newHdrHistogram();
      record(count, () -> histogram.recordValue(samples.next()));
      return histogram;
    }
  },

  /** The DDSketch of {@code sketches-java}. Adding loses nothing; there is no subtraction. */
  SKETCHES_JAVA {
    @Override
    Distribution of(LatencySamples samples, int count) {
      return new Sketch(sketch(samples, count));
    }

    @Override
    Supplier<Distribution> merge(LatencySamples samples, int parts, int count) {
      List<DDSketch> all = list(() -> sketch(samples, count), parts);
      return () -> {
        DDSketch sum = LatencyContender.newSketch();
        all.forEach(sum::mergeWith);
        return new Sketch(sum);
      };
    }

    private static DDSketch sketch(LatencySamples samples, int count) {
      DDSketch sketch = LatencyContender.newSketch();
      record(count, () -> sketch.accept((double) samples.next()));
      return sketch;
    }
  },

  /**
   * The t-digest of the Go documents. Adding loses accuracy, and changes the sources; there is no
   * subtraction. This is the only way to merge that has no known fault: a fresh target, no empty
   * source, one call.
   */
  T_DIGEST {
    @Override
    Distribution of(LatencySamples samples, int count) {
      return new Digest(digest(samples, count));
    }

    @Override
    Supplier<Distribution> merge(LatencySamples samples, int parts, int count) {
      List<MergingDigest> all = list(() -> digest(samples, count), parts);
      return () -> {
        MergingDigest sum = new MergingDigest(COMPRESSION);
        sum.add(all);
        return new Digest(sum);
      };
    }

    private static MergingDigest digest(LatencySamples samples, int count) {
      MergingDigest digest = new MergingDigest(COMPRESSION);
      record(count, () -> digest.add((double) samples.next()));
      return digest;
    }
  };

  private static final double COMPRESSION = 100; // that of the documents

  /** Makes a distribution of the next samples. */
  abstract Distribution of(LatencySamples samples, int count);

  /**
   * Makes distributions of the next samples.
   *
   * @param count the number of samples in each of the parts
   * @return merges all parts
   */
  abstract Supplier<Distribution> merge(LatencySamples samples, int parts, int count);

  /**
   * Makes two distributions: one of some samples, and one of the same samples and more.
   *
   * @return subtracts the first from the second
   */
  Supplier<Distribution> since(LatencySamples samples, int earlier, int count) {
    throw new UnsupportedOperationException(this + " has no subtraction");
  }

  private static void record(int count, Runnable one) {
    for (int i = 0; i < count; i++) {
      one.run();
    }
  }

  private static <T> List<T> list(Supplier<T> part, int parts) {
    return Stream.generate(part).limit(parts).toList();
  }

  /** A distribution that no thread changes. */
  interface Distribution {
    /** Returns a percentile in nanoseconds. */
    long percentile(double quantile);

    LatencyPercentiles percentiles();
  }

  private record Shipped(LatencySnapshot snapshot) implements Distribution {
    @Override
    public long percentile(double quantile) {
      return snapshot.percentile(quantile).toNanos();
    }

    @Override
    public LatencyPercentiles percentiles() {
      return LatencyPercentiles.of(snapshot);
    }
  }

  private record Hdr(Histogram histogram) implements Distribution {
    @Override
    public long percentile(double quantile) {
      return histogram.getValueAtPercentile(100 * quantile);
    }

    @Override
    public LatencyPercentiles percentiles() {
      return LatencyPercentiles.of(histogram);
    }
  }

  private record Sketch(DDSketch sketch) implements Distribution {
    @Override
    public long percentile(double quantile) {
      return (long) sketch.getValueAtQuantile(quantile);
    }

    @Override
    public LatencyPercentiles percentiles() {
      return LatencyPercentiles.of(sketch);
    }
  }

  private record Digest(MergingDigest digest) implements Distribution {
    @Override
    public long percentile(double quantile) {
      return (long) digest.quantile(quantile);
    }

    @Override
    public LatencyPercentiles percentiles() {
      return LatencyPercentiles.read(digest.size(), this::percentile);
    }
  }
}
