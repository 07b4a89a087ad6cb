package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plan, option A: {@code sync.Map}. An aggregate walks a concurrent map.
 *
 * <p>Faults: B1, H1, H2, H3, H7 and H8 of {@link RivalAggregator}. The walk mixes moments.
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
