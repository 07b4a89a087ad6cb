package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A concurrent map that is walked: the plan's option A, {@code sync.Map}.
 *
 * <p>Faults kept: those of {@link RivalAggregator}. The walk is of no one moment.
 */
public final class ConcurrentMapAggregator extends RivalAggregator {

  private final ConcurrentHashMap<Integer, RivalClient> clients = new ConcurrentHashMap<>();

  public ConcurrentMapAggregator(
      StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
    super(config, clients, baseline);
  }

  @Override
  void put(RivalClient client) {
    clients.put(client.clientId(), client);
  }

  @Override
  public void removeClient(int clientId) {
    clients.remove(clientId);
  }

  @Override
  void clear() {
    clients.clear();
  }

  @Override
  public int clientCount() {
    return clients.size();
  }

  @Override
  void walk(Sum into) {
    clients.values().forEach(into::add);
  }
}
