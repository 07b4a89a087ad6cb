package io.swarmstats.rivals;

/** What the library and its rivals have in common: an aggregator that makes its clients. */
public interface Aggregator {

  /** Adds a new client; one that is known under the id is replaced. */
  Client addClient(int clientId);

  void removeClient(int clientId);

  int clientCount();

  Snapshot aggregate();

  double peakDropRate();

  void reset();
}
