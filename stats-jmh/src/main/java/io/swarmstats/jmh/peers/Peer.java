package io.swarmstats.jmh.peers;

/** A metrics library that keeps the {@link CounterKind} counters of each client of a swarm. */
interface Peer {

  /** Counts {@link CounterKind#sample()} on each counter of a client. */
  void fill(int client);

  /**
   * Counts one request for a segment, and the bytes that it brought.
   *
   * @param bytes what a library adds up
   * @param totalBytes what FFmpeg reports, and the library takes: the bytes of the client so far
   */
  void recordSegment(int client, long bytes, long totalBytes);

  /** Returns the totals of the swarm in the fastest way, by {@link CounterKind#index()}. */
  default long[] totals() {
    return totalsByRegistry();
  }

  /** Returns the same by the way that the library has for those who export its metrics. */
  long[] totalsByRegistry();
}
