package io.swarmstats.jmh.recording;

import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.ConcurrentMapHttpErrors;
import io.swarmstats.rivals.EagerHttpErrors;
import io.swarmstats.rivals.HttpErrors;
import io.swarmstats.rivals.MutexHttpErrors;
import io.swarmstats.rivals.SynchronizedHttpErrors;
import java.util.Map;
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
 * What does it cost to count an HTTP error, compared with a map behind a lock, an eager array and a
 * concurrent map of adders?
 *
 * <p>The library makes its cells at the first error, and each count can be sealed. If the eager
 * array is clearly faster, the search for a slot or the seal costs too much.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class HttpErrorBenchmark {

  private static final int NOT_FOUND = 404;

  /** The contender that counts the errors. */
  @Param
  public Contender contender;

  private HttpErrors errors;

  /** Counts the same code with each call. */
  @Benchmark
  @Threads(1)
  public void record_alone() {
    errors.record(NOT_FOUND);
  }

  /** Two threads count the same code. */
  @Benchmark
  @Threads(2)
  public void record_contended() {
    errors.record(NOT_FOUND);
  }

  /** Starts each iteration at zero, so that {@link #assertCounted} covers each iteration. */
  @Setup(Level.Iteration)
  public void newErrors() {
    errors = contender.create();
  }

  /** Fails if nothing was counted, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertCounted() {
    if (errors.counts().getOrDefault(NOT_FOUND, 0L) <= 0) {
      throw new IllegalStateException(contender + " counted nothing");
    }
  }

  /**
   * The library, and the three variants of the Go documents. The map behind a lock exists with both
   * locks of the JDK.
   */
  public enum Contender {
    SHIPPED,
    MUTEX,
    SYNCHRONIZED,
    EAGER_ARRAY,
    CONCURRENT_MAP;

    HttpErrors create() {
      return switch (this) {
        case SHIPPED -> new ShippedHttpErrors();
        case MUTEX -> new MutexHttpErrors();
        case SYNCHRONIZED -> new SynchronizedHttpErrors();
        case EAGER_ARRAY -> new EagerHttpErrors();
        case CONCURRENT_MAP -> new ConcurrentMapHttpErrors();
      };
    }
  }

  /** In the library, the HTTP errors are a part of the client. */
  private static final class ShippedHttpErrors implements HttpErrors {
    private final Client client = ClientContender.SHIPPED.create(1, StatsConfig.defaults());

    @Override
    public void record(int statusCode) {
      client.recordHttpError(statusCode);
    }

    @Override
    public Map<Integer, Long> counts() {
      return client.httpErrors();
    }
  }
}
