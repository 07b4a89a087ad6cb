package io.swarmstats.jmh.recording;

import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.AtomicSlotsSegmentSizes;
import io.swarmstats.rivals.CasIndexSegmentSizes;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.PlainSlotsSegmentSizes;
import io.swarmstats.rivals.SegmentSizes;
import java.util.concurrent.TimeUnit;
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
 * What does it cost to record a segment size, compared with a locked ring, a copied ring and three
 * rings with an atomic index?
 *
 * <p>Among the three rings with an atomic index, only {@code CAS_INDEX} loses no sample. The
 * library and the locks lose no sample either. If a lock is as fast with two threads, the library
 * should use a lock for its ring.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SegmentSizeBenchmark {

  private static final long BYTES = 1 << 20;

  /** The contender that records the sizes. */
  @Param
  public Contender contender;

  private SegmentSizes sizes;

  @Benchmark
  @Threads(1)
  public void record_alone() {
    sizes.record(BYTES);
  }

  @Benchmark
  @Threads(2)
  public void record_contended() {
    sizes.record(BYTES);
  }

  /**
   * Starts each iteration with an empty ring, so that {@link #assertRecorded} covers each
   * iteration.
   */
  @Setup(Level.Iteration)
  public void newSizes() {
    sizes = contender.create();
  }

  /** Fails if the average is wrong, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertRecorded() {
    if (sizes.average() != BYTES) {
      throw new IllegalStateException(contender + " did not record its sizes");
    }
  }

  /**
   * The clients of the library and of three rivals, and the three rings with an atomic index of the
   * Go documents.
   */
  public enum Contender {
    SHIPPED,
    MUTEX,
    SYNCHRONIZED,
    POOLED,
    PLAIN_SLOTS,
    ATOMIC_SLOTS,
    CAS_INDEX;

    SegmentSizes create() {
      return switch (this) {
        case SHIPPED -> ofClient(ClientContender.SHIPPED);
        case MUTEX -> ofClient(ClientContender.MUTEX);
        case SYNCHRONIZED -> ofClient(ClientContender.SYNCHRONIZED);
        case POOLED -> ofClient(ClientContender.POOLED_RESET_BEFORE_PUT);
        case PLAIN_SLOTS -> new PlainSlotsSegmentSizes();
        case ATOMIC_SLOTS -> new AtomicSlotsSegmentSizes();
        case CAS_INDEX -> new CasIndexSegmentSizes();
      };
    }

    private static SegmentSizes ofClient(ClientContender contender) {
      return new ClientSizes(contender.create(1, StatsConfig.defaults()));
    }
  }

  private record ClientSizes(Client client) implements SegmentSizes {
    @Override
    public void record(long bytes) {
      client.recordSegmentSize(bytes);
    }

    @Override
    public long average() {
      return client.averageSegmentSize();
    }
  }
}
