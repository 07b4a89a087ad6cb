package io.swarmstats.jmh.snapshot;

import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsConfig;
import io.swarmstats.rivals.Aggregator;
import io.swarmstats.rivals.Client;
import java.time.Duration;

/**
 * The clients that the benchmarks aggregate, the same for the library and its rivals: every figure
 * of every client is set, and one in four has restarted its process.
 */
final class Swarm {

  private static final int STEP_MILLIS = 10;

  // stands still: a rival reads the clock for each client, and the benchmark would measure that
  private final ManualTimeSource clock = new ManualTimeSource();

  /** Lets some time pass, which it does not do by itself. */
  void tick() {
    clock.advance(Duration.ofMillis(STEP_MILLIS));
  }

  /** Returns what an aggregator of this swarm is made with. */
  StatsConfig config() {
    return StatsConfig.defaults().withTimeSource(clock);
  }

  /**
   * Adds clients 0 to {@code clients - 1}, so many of a hundred with HTTP errors, and returns them.
   */
  Client[] fill(Aggregator aggregator, int clients, int percentWithErrors) {
    Client[] added = new Client[clients];
    for (int id = 0; id < clients; id++) {
      added[id] = add(aggregator, id, percentWithErrors);
    }
    return added;
  }

  /** Adds one client of the swarm, or replaces it by its like. */
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
    client.updateDrift((1 + id % STEP_MILLIS) * 500L); // at least half a step behind
    client.updateSpeed(1.0 + id % 7 * 0.1);
    if (id % 10 == 0) {
      client.updateSpeed(0.5);
    }
    client.recordDroppedLines(1_000 + id % 100, 1 + id % 20, 100, 1);
  }

  /** Throws unless so many clients were aggregated, whose requests are those of {@link #fill}. */
  static void check(int aggregated, long segmentRequests, int clients) {
    if (aggregated != clients || segmentRequests < 2L * clients) {
      throw new IllegalStateException("aggregated " + aggregated + " of " + clients + " clients, "
          + segmentRequests + " requests for segments");
    }
  }

  /**
   * Throws unless there are so many clients, and some that came since the average uptime was
   * measured before: the clock stands still, so nothing else makes it shorter.
   */
  static void checkReplaced(int found, int clients, Duration uptimeBefore, Duration uptime) {
    if (found != clients || uptime.compareTo(uptimeBefore) >= 0) {
      throw new IllegalStateException("found " + found + " of " + clients
          + " clients, average uptime " + uptimeBefore + " before and " + uptime + " after");
    }
  }
}
