package io.swarmstats.rivals;

import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.snapshot.AggregatedStats;

/** Adapts the library's aggregator to the interface that library and rivals share. */
public final class ShippedAggregator implements Aggregator {

  private final StatsAggregator aggregator;

  public ShippedAggregator(StatsConfig config) {
    this(new StatsAggregator(config));
  }

  public ShippedAggregator(StatsAggregator aggregator) {
    this.aggregator = aggregator;
  }

  @Override
  public Client addClient(int clientId) {
    return new ShippedClient(aggregator.addClient(clientId));
  }

  @Override
  public void removeClient(int clientId) {
    aggregator.removeClient(clientId);
  }

  @Override
  public int clientCount() {
    return aggregator.clientCount();
  }

  @Override
  public Snapshot aggregate() {
    AggregatedStats stats = aggregator.aggregate();
    return new Snapshot(
        stats.elapsed(),
        stats.clients().active(),
        stats.requests(),
        stats.totalBytes(),
        stats.errors().http(),
        stats.errors().reconnections(),
        stats.errors().timeouts(),
        stats.errorRate(),
        stats.clients().stalled(),
        stats.clients().highDrift(),
        stats.playback().averageSpeed(),
        stats.playback().maxDrift(),
        stats.pipeline().linesRead(),
        stats.pipeline().linesDropped(),
        stats.pipeline().peakDropRate(),
        stats.uptimes().min(),
        stats.uptimes().max(),
        stats.uptimes().average(),
        stats.instantaneous());
  }

  @Override
  public double peakDropRate() {
    return aggregator.peakDropRate();
  }

  @Override
  public void reset() {
    aggregator.reset();
  }
}
