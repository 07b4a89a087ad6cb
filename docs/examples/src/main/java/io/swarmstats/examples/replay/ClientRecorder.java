package io.swarmstats.examples.replay;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;

/**
 * All that an application keeps for one live client: the statistics, and the handle of the current
 * process. For use by one thread.
 */
public final class ClientRecorder {

  private final StatsAggregator aggregator;
  private final ClientStats stats;
  private ProcessRun run;

  /** Adds a client to an aggregator. */
  public ClientRecorder(StatsAggregator aggregator, int clientId) {
    this.aggregator = aggregator;
    this.stats = aggregator.addClient(clientId);
    this.run = stats.currentRun();
  }

  /** Records one event of this client. */
  public void record(Event event) {
    event.action().recordTo(this);
  }

  StatsAggregator aggregator() {
    return aggregator;
  }

  ClientStats stats() {
    return stats;
  }

  ProcessRun run() {
    return run;
  }

  void startProcess() {
    run = stats.onProcessStart();
  }
}
