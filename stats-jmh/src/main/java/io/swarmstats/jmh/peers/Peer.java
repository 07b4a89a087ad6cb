package io.swarmstats.jmh.peers;

/** A library that keeps the {@link CounterKind} counters of each client of a swarm. */
interface Peer {

  /** Adds {@link CounterKind#sample()} to each counter of a client. */
  void fill(int client);

  /**
   * Records one request for a segment, and the bytes of the segment.
   *
   * @param bytes the bytes of the segment, which a peer adds
   * @param totalBytes the bytes of the client so far, which FFmpeg reports and SwarmStats takes
   */
  void recordSegment(int client, long bytes, long totalBytes);

  /**
   * Returns the totals of the swarm by {@link CounterKind#index()}, in the fastest way that the
   * library has.
   */
  default long[] totals() {
    return totalsByRegistry();
  }

  /** Returns the same totals in the way that an exporter of the metrics would use. */
  long[] totalsByRegistry();
}
