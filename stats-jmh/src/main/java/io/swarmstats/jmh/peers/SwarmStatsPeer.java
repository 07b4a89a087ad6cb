package io.swarmstats.jmh.peers;

import io.swarmstats.ClientStats;
import io.swarmstats.StatsAggregator;
import io.swarmstats.snapshot.AggregatedStats;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * SwarmStats itself. A snapshot is its only way to the totals. A snapshot also contains speeds,
 * drifts, uptimes and rates, which no peer keeps.
 */
final class SwarmStatsPeer implements Peer {

  private final StatsAggregator aggregator = new StatsAggregator();
  private final ClientStats[] clients;
  private final boolean httpErrors;

  SwarmStatsPeer(int clients, boolean httpErrors) {
    this.clients = new ClientStats[clients];
    Arrays.setAll(this.clients, aggregator::addClient);
    this.httpErrors = httpErrors;
  }

  @Override
  public void fill(int id) {
    ClientStats client = clients[id];
    repeat(CounterKind.MANIFEST_REQUESTS, client::incrementManifestRequests);
    repeat(CounterKind.SEGMENT_REQUESTS, client::incrementSegmentRequests);
    repeat(CounterKind.INIT_REQUESTS, client::incrementInitRequests);
    repeat(CounterKind.UNKNOWN_REQUESTS, client::incrementUnknownRequests);
    if (httpErrors) {
      repeat(CounterKind.HTTP_ERRORS_404, () -> client.recordHttpError(404));
      repeat(CounterKind.HTTP_ERRORS_503, () -> client.recordHttpError(503));
    }
    repeat(CounterKind.RECONNECTIONS, client::recordReconnection);
    repeat(CounterKind.TIMEOUTS, client::recordTimeout);
    client.updateCurrentBytes(CounterKind.BYTES.sample());
    client.recordDroppedLines(
        CounterKind.PROGRESS_LINES_READ.sample(),
        CounterKind.PROGRESS_LINES_DROPPED.sample(),
        CounterKind.STDERR_LINES_READ.sample(),
        CounterKind.STDERR_LINES_DROPPED.sample());
  }

  private static void repeat(CounterKind kind, Runnable count) {
    for (int i = 0; i < kind.sample(); i++) {
      count.run();
    }
  }

  @Override
  public void recordSegment(int client, long bytes, long totalBytes) {
    ClientStats stats = clients[client];
    stats.incrementSegmentRequests();
    stats.updateCurrentBytes(totalBytes);
  }

  @Override
  public long[] totalsByRegistry() {
    AggregatedStats stats = aggregator.aggregate();
    SortedMap<Integer, Long> codes = stats.errors().http();
    return new long[] { // in the order of CounterKind
      stats.requests().manifest(),
      stats.requests().segment(),
      stats.requests().init(),
      stats.requests().unknown(),
      codes.getOrDefault(404, 0L),
      codes.getOrDefault(503, 0L),
      stats.errors().reconnections(),
      stats.errors().timeouts(),
      stats.totalBytes(),
      stats.pipeline().progress().dropped(),
      stats.pipeline().progress().read(),
      stats.pipeline().stderr().dropped(),
      stats.pipeline().stderr().read()
    };
  }
}
