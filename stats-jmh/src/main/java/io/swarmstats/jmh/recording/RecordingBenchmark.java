package io.swarmstats.jmh.recording;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The common part of the benchmarks of the recording methods: one client of the library or of a
 * rival, new for each iteration.
 *
 * <p>A fork meets one implementation only, so the interface costs nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public abstract class RecordingBenchmark {

  /**
   * The contender that records. {@code POOLED_RESET_AFTER_GET} is left out: this rival does the
   * same work, with one reset less.
   */
  @Param({"SHIPPED", "MUTEX", "SYNCHRONIZED", "POOLED_RESET_BEFORE_PUT", "PLAIN_ATOMICS"})
  public ClientContender contender;

  /** The client. At the start of an iteration nothing is recorded. */
  Client client;

  /**
   * Starts each iteration with a new client, so that {@link #assertRecorded} covers each iteration.
   */
  @Setup(Level.Iteration)
  public void newClient() {
    client = newClient(1);
  }

  final Client newClient(int id) {
    return contender.create(id, StatsConfig.defaults().withTimeSource(newTimeSource()));
  }

  /** Fails if the work was not done, because the times would then mean nothing. */
  @TearDown(Level.Iteration)
  public void assertRecorded() {
    if (!isRecorded()) {
      throw new IllegalStateException(contender + " did not do its work");
    }
  }

  /**
   * Makes the clock of the next client. A read of the system clock would cost more than the work
   * that is measured.
   */
  TimeSource newTimeSource() {
    return new ManualTimeSource();
  }

  /** Returns whether the client shows the recorded figures. */
  abstract boolean isRecorded();
}
