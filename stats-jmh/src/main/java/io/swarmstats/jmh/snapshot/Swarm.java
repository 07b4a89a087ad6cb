package io.swarmstats.jmh.snapshot;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.Client;
import java.time.Duration;

/**
 * The clients that the benchmarks aggregate, the same for the library and its rivals. Every figure
 * of every client is set. One client in four has restarted its process.
 */
final class Swarm {

  private static final int STEP_MILLIS = 10;

  // a rival reads the clock for each client: a system clock would be part of the score
  private final ManualTimeSource clock = new ManualTimeSource();

  /** Advances the clock, which does not advance by itself. */
  void tick() {
    clock.advance(Duration.ofMillis(STEP_MILLIS));
  }

  /** Returns the configuration for the aggregator of this swarm. */
  StatsConfig config() {
    return StatsConfig.defaults().withTimeSource(clock);
  }

  /**
   * Adds clients 0 to {@code clients - 1} and returns them.
   *
   * @param percentWithErrors how many of a hundred clients have HTTP errors
   */
  Client[] fill(Aggregator aggregator, int clients, int percentWithErrors) {
    Client[] added = new Client[clients];
    for (int id = 0; id < clients; id++) {
      added[id] = add(aggregator, id, percentWithErrors);
    }
    return added;
  }

  /** Adds one client of the swarm. A client that had this id departs. */
  Client add(Aggregator aggregator, int id, int percentWithErrors) {
    Client client = aggregator.addClient(id);
    clock.advance(Duration.ofMillis(STEP_MILLIS));
    record(client, id);
    if (id % 4 == 0) {
      client.onProcessStart();
      clock.advance(Duration.ofMillis(STEP_MILLIS));
      record(client, id);
    }
    if (id % 100 < percentWithErrors) {
      client.recordHttpError(404);
      client.recordHttpError(503);
    }
    return client;
  }

  private static void record(Client client, int id) {
    client.incrementManifestRequests();
    client.incrementInitRequests();
    client.incrementSegmentRequests();
    client.incrementSegmentRequests();
    client.incrementUnknownRequests();
    client.recordReconnection();
    client.recordTimeout();
    client.recordSegmentSize(500_000 + id);
    client.updateCurrentBytes(1_000_000 + id);
    client.updateDrift((1 + id % STEP_MILLIS) * 500L); // the drift is at least half a step
    client.updateSpeed(1.0 + id % 7 * 0.1);
    if (id % 10 == 0) {
      client.updateSpeed(0.5);
    }
    client.recordDroppedLines(1_000 + id % 100, 1 + id % 20, 100, 1);
  }

  /** Throws unless all clients were aggregated, with the requests that {@link #fill} recorded. */
  static void check(long aggregated, long segmentRequests, int clients) {
    if (aggregated != clients || segmentRequests < 2L * clients) {
      throw new IllegalStateException("aggregated " + aggregated + " of " + clients + " clients, "
          + segmentRequests + " requests for segments");
    }
  }

  /**
   * Throws unless all clients are there and some of them were replaced since {@code uptimeBefore}
   * was measured. The clock does not advance, so only a replacement can shorten the average uptime.
   */
  static void checkReplaced(int found, int clients, Duration uptimeBefore, Duration uptime) {
    if (found != clients || uptime.compareTo(uptimeBefore) >= 0) {
      throw new IllegalStateException("found " + found + " of " + clients
          + " clients, average uptime " + uptimeBefore + " before and " + uptime + " after");
    }
  }
}
