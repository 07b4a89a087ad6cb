package io.swarmstats;

import io.swarmstats.internal.IdTree;

/**
 * The live clients of an epoch and the totals of the departed clients, at one moment. Immutable.
 *
 * <p>A change creates a new registry, and one step replaces the old registry. So every registry
 * after the addition of a client shows the client either as live or as departed.
 *
 * @param live the live clients by id
 * @param peakActive the most clients that were live at any moment of the epoch
 * @param everAdded how many times a client was added
 * @param departed the totals of the clients that departed; nobody changes these totals
 */
record Registry(IdTree<ClientStats> live, int peakActive, long everAdded, Totals departed) {

  static final Registry EMPTY =
      new Registry(IdTree.empty(ClientStats::clientId), 0, 0, new Totals());

  /** Returns the registry after the addition of a client. No live client has the same id. */
  Registry with(ClientStats client) {
    IdTree<ClientStats> grown = live.with(client);
    return new Registry(grown, Math.max(peakActive, grown.size()), everAdded + 1, departed);
  }

  /** Returns the registry after the departure of a live client. The client is closed. */
  Registry without(ClientStats closed) {
    Totals totals = departed.copy();
    closed.addTo(totals);
    return new Registry(live.without(closed.clientId()), peakActive, everAdded, totals);
  }
}
