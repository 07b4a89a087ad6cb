package io.swarmstats.rivals;

/** The aggregator that the library and its rivals share. An aggregator creates its own clients. */
public interface Aggregator {

  /** Adds a new client. A client that already has the id is replaced. */
  Client addClient(int clientId);

  void removeClient(int clientId);

  int clientCount();

  Snapshot aggregate();

  double peakDropRate();

  void reset();
}
