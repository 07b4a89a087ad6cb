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
 * How much memory does a client take whose thirteen counters were all used, against the metrics
 * libraries that a program may already have?
 *
 * <p>Should a peer take less, 200 counters for two codes of HTTP errors would be too many.
 *
 * <p>The result is {@link BytesPerClient}, the same in every run, so one fork and one shot do; the
 * time is that of looking. The registry's share counts, and so do the handles that the program
 * holds. Nothing was contended: each adder of a peer has its one base cell.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class PeerMemoryBenchmark {

  /** Whose client it is. */
  @Param
  public PeerLibrary library;

  /** All counters used, or all but those of errors. */
  @Benchmark
  public void memory_filled(BytesPerClient memory) {
    memory.measure(library::createFilled);
  }
}
