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
 * What do the percentiles of a swarm cost with one distribution for all clients, and with one for
 * each of 1,000 clients?
 *
 * <p>The library has one distribution for all clients. The Go documents have one distribution per
 * client, and do not merge them. They show the largest percentile of any client, which is not a
 * percentile of the swarm. All contenders here contain the same samples.
 *
 * <p>If merging costs little more than a snapshot of one distribution, a distribution per client is
 * feasible. A program would then also know the percentiles of a client.
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

  /** How the samples are kept and merged. */
  @Param
  public Contender contender;

  private Supplier<LatencyPercentiles> merge;

  /** Computes the five percentiles of the swarm. */
  @Benchmark
  @Threads(1)
  public Object merge_quiet() {
    return merge.get();
  }

  @Setup(Level.Trial)
  public void fill() {
    merge = contender.fill(new LatencySamples());
  }

  /** Fails if samples are missing, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void check() {
    merge.get().check((long) CLIENTS * SAMPLES_PER_CLIENT);
  }

  /** The one distribution of the library, and three ways to merge many distributions. */
  public enum Contender {
    /**
     * One distribution. Each snapshot gets a new sample; otherwise the library would return the
     * last snapshot.
     */
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

    /**
     * Safe only if no other thread uses the digests, because merging compresses the sources too.
     */
    MANY_T_DIGESTS {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        List<MergingDigest> clients = tDigests(samples);
        return () -> merge(clients);
      }
    },

    /** Safe beside writers: copies each digest under its lock, then merges the copies. */
    MANY_T_DIGESTS_COPIED {
      @Override
      Supplier<LatencyPercentiles> fill(LatencySamples samples) {
        List<MergingDigest> clients = tDigests(samples);
        return () -> merge(clients.stream().map(Contender::copy).toList());
      }
    },

    /** Safe only if no thread writes. Merging does not change the sources. */
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

    /**
     * Merges in the only way that has no known fault: a fresh target, no empty source, one call.
     */
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
