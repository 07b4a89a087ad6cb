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
 * What the benchmarks of a client's recording methods have in common: one client, that of the
 * library or of a rival, new for each iteration.
 *
 * <p>A fork sees one implementation only, so the interface between costs nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public abstract class RecordingBenchmark {

  /** Who records. The second pooled rival does the same work less one clearing of its state. */
  @Param({"SHIPPED", "MUTEX", "SYNCHRONIZED", "POOLED_RESET_BEFORE_PUT", "PLAIN_ATOMICS"})
  public ClientContender contender;

  /** The client, with nothing recorded when an iteration starts. */
  Client client;

  /** Starts each iteration with nothing recorded, so that the check below covers each of them. */
  @Setup(Level.Iteration)
  public void newClient() {
    client = contender.create(1, StatsConfig.defaults().withTimeSource(newTimeSource()));
  }

  /** A time for work that was not done is no result. */
  @TearDown(Level.Iteration)
  public void assertRecorded() {
    if (!isRecorded()) {
      throw new IllegalStateException(contender + " did not do its work");
    }
  }

  /** Makes the clock of the next client; the machine's would cost more than what is measured. */
  TimeSource newTimeSource() {
    return new ManualTimeSource();
  }

  /** Returns whether the client holds what was recorded. */
  abstract boolean isRecorded();
}
