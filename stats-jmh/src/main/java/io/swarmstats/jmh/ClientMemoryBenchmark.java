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
 * How much memory does a client take, against the clients of the documents: fresh, with segment
 * sizes, and with HTTP errors too?
 *
 * <p>The budget is 320 bytes, 1.2 KB and 2.9 KB. A rival that takes clearly less in the state that
 * most clients of a swarm are in would make the rows a bad trade.
 *
 * <p>The result is {@link BytesPerClient}, the same in every run, so one fork and one shot do; the
 * time is that of looking. The aggregator's share counts; the rivals have the cheapest, a hash map
 * behind a lock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ClientMemoryBenchmark {

  /** Whose client it is. */
  @Param
  public ClientContender contender;

  /** What the client has recorded. */
  @Param
  public Fill fill;

  /** Clients of one aggregator. */
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
    SIZES_AND_ERRORS;

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
    }
  }
}
