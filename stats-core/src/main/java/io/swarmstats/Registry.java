package io.swarmstats;

import io.swarmstats.internal.IdTree;

/**
 * Which clients are live, and what those that departed left behind: one instant of an epoch's
 * membership. Immutable.
 *
 * <p>A client is live or departed in every registry that comes after its addition, never both and
 * never neither: a change makes a new registry, and one step puts it in the place of the old one.
 */
record Registry(IdTree<ClientStats> live, int peakActive, long everAdded, Totals departed) {

  static final Registry EMPTY =
      new Registry(IdTree.empty(ClientStats::clientId), 0, 0, new Totals());

  /** Returns the registry after a client was added under an id that is free. */
  Registry with(ClientStats client) {
    IdTree<ClientStats> grown = live.with(client);
    return new Registry(grown, Math.max(peakActive, grown.size()), everAdded + 1, departed);
  }

  /** Returns the registry after a live client departed, which was closed before. */
  Registry without(ClientStats closed) {
    Totals totals = departed.copy();
    closed.addTo(totals);
    return new Registry(live.without(closed.clientId()), peakActive, everAdded, totals);
  }
}
