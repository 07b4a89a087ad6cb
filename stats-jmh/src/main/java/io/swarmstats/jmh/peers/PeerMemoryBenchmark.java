package io.swarmstats.jmh.peers;

import io.swarmstats.jmh.BytesPerClient;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much memory does a client take after all of its thirteen counters were used, compared with
 * metrics libraries?
 *
 * <p>If a peer takes less, eight slots for two status codes are too many.
 *
 * <p>The result is {@link BytesPerClient}, which is the same in every run. One fork and one shot
 * are therefore enough, and the time means nothing. The result includes the registry's share, and
 * the handles that the program keeps. No counter was contended, so each adder of a peer has only
 * its base cell.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class PeerMemoryBenchmark {

  @Param
  public PeerLibrary library;

  /** All counters were used, or all except the counters of errors. */
  @Benchmark
  public void memory_filled(BytesPerClient memory) {
    memory.measure(library::createFilled);
  }
}
