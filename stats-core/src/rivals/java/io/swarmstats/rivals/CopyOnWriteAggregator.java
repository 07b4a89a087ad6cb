package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Plan, option B: every change copies an immutable map, and a compare-and-set installs the copy.
 *
 * <p>Faults: B1, H1, H2, H3, H7 and H8 of {@link RivalAggregator}. A change costs O(clients).
 */
public final class CopyOnWriteAggregator extends RivalAggregator {

  private final AtomicReference<Map<Integer, RivalClient>> clients =
      new AtomicReference<>(Map.of());

  public CopyOnWriteAggregator(
      StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
    super(config, clients, baseline);
  }

  @Override
  void put(RivalClient client) {
    replace(copy -> copy.put(client.clientId(), client));
  }

  @Override
  public void removeClient(int clientId) {
    replace(copy -> copy.remove(clientId));
  }

  @Override
  void clear() {
    clients.set(Map.of());
  }

  @Override
  public int clientCount() {
    return clients.get().size();
  }

  @Override
  void walk(Sum into) {
    clients.get().values().forEach(into::add);
  }

  private void replace(Consumer<Map<Integer, RivalClient>> change) {
    Map<Integer, RivalClient> before;
    Map<Integer, RivalClient> copy;
    do {
      before = clients.get();
      copy = new HashMap<>(before);
      change.accept(copy);
    } while (!clients.compareAndSet(before, copy));
  }
}
