package io.swarmstats.jmh.peers;

import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A library whose counters a program can keep and read one by one.
 *
 * <p>All these libraries recommend that a program keeps the counters of a hot path. The fastest way
 * to the totals is then to add up the kept counters.
 *
 * @param <C> the library's counter
 */
abstract class HandlePeer<C> implements Peer {

  private final C[] handles; // CounterKind.COUNT per client

  /**
   * Makes the counters.
   *
   * @param handlesOfClient maps the label of a client to its counters; makes objects that depend
   *     only on the label once
   */
  HandlePeer(
      int clients,
      IntFunction<C[]> newArray,
      Function<String, Function<CounterKind, C>> handlesOfClient) {
    this.handles = newArray.apply(clients * CounterKind.COUNT);
    for (int client = 0; client < clients; client++) {
      Function<CounterKind, C> newHandle = handlesOfClient.apply(Integer.toString(client));
      for (CounterKind kind : CounterKind.values()) {
        handles[indexOf(client, kind)] = newHandle.apply(kind);
      }
    }
  }

  abstract void add(C handle, long count);

  abstract long count(C handle);

  private static int indexOf(int client, CounterKind kind) {
    return client * CounterKind.COUNT + kind.index();
  }

  @Override
  public void fill(int client) {
    for (CounterKind kind : CounterKind.values()) {
      add(handles[indexOf(client, kind)], kind.sample());
    }
  }

  @Override
  public void recordSegment(int client, long bytes, long totalBytes) {
    add(handles[indexOf(client, CounterKind.SEGMENT_REQUESTS)], 1);
    add(handles[indexOf(client, CounterKind.BYTES)], bytes);
  }

  @Override
  public long[] totals() {
    long[] totals = new long[CounterKind.COUNT];
    for (int first = 0; first < handles.length; first += CounterKind.COUNT) {
      for (int kind = 0; kind < CounterKind.COUNT; kind++) {
        totals[kind] += count(handles[first + kind]);
      }
    }
    return totals;
  }
}
