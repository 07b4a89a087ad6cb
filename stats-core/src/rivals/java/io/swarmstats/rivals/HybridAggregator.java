package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plan, "Recommended Approach: Hybrid". Each aggregate copies a concurrent map into a hash map and
 * walks the copy.
 *
 * <p>Faults: B1, H1, H2, H3, H7 and H8 of {@link RivalAggregator}. The copy mixes moments.
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
