package io.swarmstats.examples.replay;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;

/**
 * What an application holds for one live client: its statistics, and the handle of its current
 * process. For one thread.
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

  /** Records what happened to this client. */
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
