package io.swarmstats.jmh;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.AggregatorContender;
import io.swarmstats.rivals.Client;
import io.swarmstats.rivals.ClientContender;
import io.swarmstats.rivals.RateBaseline;
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
 * How much memory does a client take, fresh, with segment sizes and with HTTP errors, compared with
 * the clients of the rivals?
 *
 * <p>The budgets are 340 bytes for a fresh client, 1.2 KB with segment sizes, and 2.9 KB with HTTP
 * errors of any codes too. If a rival takes clearly less memory in the most common of these states,
 * rows are the wrong layout.
 *
 * <p>The result is {@link BytesPerClient}, which is the same in every run. One fork and one shot
 * are therefore enough, and the time means nothing. The result includes the aggregator's share. The
 * rivals have the cheapest aggregator, a hash map behind a lock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ClientMemoryBenchmark {

  @Param
  public ClientContender contender;

  /** What the client has recorded. */
  @Param
  public Fill fill;

  /** All clients belong to one aggregator. */
  @Benchmark
  public void memory_filled(BytesPerClient memory) {
    memory.measure(this::newSwarm);
  }

  private Aggregator newSwarm(int clients) {
    AggregatorContender aggregators = contender == ClientContender.SHIPPED
        ? AggregatorContender.SHIPPED
        : AggregatorContender.RW_LOCK;
    Aggregator aggregator =
        aggregators.create(StatsConfig.defaults(), contender, RateBaseline.Form.MUTEX);
    for (int id = 0; id < clients; id++) {
      fill.apply(aggregator.addClient(id));
    }
    return aggregator;
  }

  /** The states that have a budget. */
  public enum Fill {
    FRESH,
    SIZES,
    SIZES_AND_ERRORS,
    SIZES_AND_NINE_CODES;

    void apply(Client client) {
      if (this != FRESH) {
        for (int i = 1; i <= ClientStats.SEGMENT_SIZE_RING_SIZE; i++) {
          client.recordSegmentSize(i);
        }
      }
      if (this == SIZES_AND_ERRORS) {
        client.recordHttpError(404);
        client.recordHttpError(503);
      }
      if (this == SIZES_AND_NINE_CODES) {
        for (int code = 500; code < 509; code++) {
          client.recordHttpError(code);
        }
      }
    }
  }
}
