package io.swarmstats.jmh.snapshot;

import io.swarmstats.rivals.Client;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One thread that records, client after client, round after round. */
@State(Scope.Thread)
public class RecordingRound {

  /** Above the bytes of every client of a {@link Swarm}, so each update raises the bytes. */
  static final long FIRST_TOTAL_SIZE = 1L << 32;

  private int next;
  private long totalSize = FIRST_TOTAL_SIZE;

  /** Records one request for a segment, and one report of FFmpeg, for the next client. */
  void recordNext(Client[] clients) {
    next = next + 1 < clients.length ? next + 1 : 0;
    Client client = clients[next];
    client.incrementSegmentRequests();
    client.updateCurrentBytes(totalSize++);
    client.updateDrift(1_000);
    client.updateSpeed(1.1);
  }
}
