package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A concurrent map that is copied into a hash map for each walk: the plan's "Recommended Approach:
 * Hybrid".
 *
 * <p>Faults kept: those of {@link RivalAggregator}. The copy is of no one moment.
 */
public final class HybridAggregator extends RivalAggregator {

  private final ConcurrentHashMap<Integer, RivalClient> clients = new ConcurrentHashMap<>();

  public HybridAggregator(StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
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
    Map<Integer, RivalClient> copy = new HashMap<>(clients);
    copy.values().forEach(into::add);
  }
}
