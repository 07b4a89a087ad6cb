package io.swarmstats.jmh.latency;

import com.tdunning.math.stats.MergingDigest;
import io.swarmstats.latency.LatencyDigest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
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
 * What do the percentiles of a swarm cost its reader, if each of 1,000 clients has a distribution
 * of its own, as in the documents, and if all record into one, as in the library?
 *
 * <p>All hold the same samples. The documents do not merge; they show the largest of the clients'
 * percentiles, which is no percentile. Should merging cost little more than the one snapshot, a
 * distribution for each client, which has the percentiles of that client too, would be within
 * reach.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class LatencyMergeBenchmark {

  private static final int CLIENTS = 1_000;
  private static final int SAMPLES_PER_CLIENT = 1_000;

  /** How the samples are kept, and brought together. */
  @Param
  public Contender contender;

  private Supplier<LatencyPercentiles> merge;

  /** From what the clients have to the five percentiles of the swarm. */
  @Benchmark
  @Threads(1)
  public Object merge_quiet() {
    return merge.get();
  }

  /** Records all samples. */
  @Setup(Level.Trial)
  public void fill() {
    merge = contender.fill(new LatencySamples());
  }

  /** Looks at what was merged. */
  @TearDown(Level.Iteration)
  public void check() {
    merge.get().check((long) CLIENTS * SAMPLES_PER_CLIENT);
  }

  /** The library's one digest, and three ways to merge many. */
  public enum Contender {
    /** One digest. A sample more for each snapshot, else it would return the last one. */
    ONE_LATENCY_DIGEST {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        LatencyDigest digest = new LatencyDigest();
        for (int i = 0; i < CLIENTS * SAMPLES_PER_CLIENT; i++) {
          digest.record(samples.next());
        }
        return () -> {
          digest.record(samples.next());
          return LatencyContender.read(digest.snapshot());
        };
      }
    },

    /** Safe only if no one else has the digests: merging compresses them, too. */
    MANY_T_DIGESTS {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        List<MergingDigest> clients = tDigests(samples);
        return () -> merge(clients);
      }
    },

    /** Safe beside writers: each digest is copied under its lock, the copies are merged. */
    MANY_T_DIGESTS_COPIED {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        List<MergingDigest> clients = tDigests(samples);
        return () -> merge(clients.stream().map(Contender::copy).toList());
      }
    },

    /** Safe only if no one writes; there is nothing that merging could change. */
    MANY_HDR_HISTOGRAMS {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        List<Histogram> clients =
            Stream.generate(LatencyContender::newHistogram).limit(CLIENTS).toList();
        for (Histogram client : clients) {
          for (int i = 0; i < SAMPLES_PER_CLIENT; i++) {
            client.recordValue(samples.next());
          }
        }
        return () -> {
          Histogram all = LatencyContender.newHistogram();
          clients.forEach(all::add);
          return LatencyContender.read(all);
        };
      }
    };

    private static final double COMPRESSION = 100;

    abstract Supplier<LatencyPercentiles> fill(LatencySamples samples);

    private static List<MergingDigest> tDigests(LatencySamples samples) {
      List<MergingDigest> clients =
          Stream.generate(() -> new MergingDigest(COMPRESSION)).limit(CLIENTS).toList();
      for (MergingDigest client : clients) {
        for (int i = 0; i < SAMPLES_PER_CLIENT; i++) {
          client.add((double) samples.next());
        }
      }
      return clients;
    }

    /** The one way that has no known fault: a fresh target, no empty source, one call. */
    private static LatencyPercentiles merge(List<MergingDigest> clients) {
      MergingDigest all = new MergingDigest(COMPRESSION);
      all.add(clients);
      return LatencyPercentiles.read(all.size(), quantile -> (long) all.quantile(quantile));
    }

    private static MergingDigest copy(MergingDigest client) {
      ByteBuffer bytes;
      synchronized (client) {
        bytes = ByteBuffer.allocate(client.byteSize());
        client.asBytes(bytes);
      }
      return MergingDigest.fromBytes(bytes.flip());
    }
  }
}
