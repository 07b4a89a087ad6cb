package io.swarmstats;

import io.swarmstats.snapshot.AggregatedStats;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/*
 * The window moves by compare-and-set, from the snapshot that a call began with to the one that it
 * made. A call that finds the window moved by another makes a new snapshot, so that the windows of
 * a reader tile time: every increment is in exactly one of them, whichever thread asks (G12).
 *
 * A snapshot at the very time of the last one does not move the window: what was counted since then
 * would be in no window, as no time has passed to put it over.
 *
 * The window is loaded before the epoch. In the other order a call could hold an epoch that has
 * ended and a window of the next one, and take the window back.
 */

/**
 * One consumer of snapshots, with its own window for instantaneous rates.
 *
 * <p>Made by {@link StatsAggregator#newReader()}. Give each consumer (dashboard, scraper, log) its
 * own, so that none shortens another's windows. Any number of threads may use one reader: their
 * windows tile time.
 */
public final class StatsReader {

  /**
   * The last snapshot of a reader and the number of its epoch; before the first, null and no
   * epoch's number.
   */
  private record Window(long epochNumber, @Nullable AggregatedStats end) {

    static final Window NONE = new Window(-1, null);
  }

  private final AtomicReference<Epoch> epoch; // the aggregator's
  private final StatsConfig config;
  private final AtomicReference<Window> window = new AtomicReference<>(Window.NONE);

  StatsReader(AtomicReference<Epoch> epoch, StatsConfig config) {
    this.epoch = epoch;
    this.config = config;
  }

  /**
   * Returns a snapshot whose {@code instantaneous} rates are those since this reader's last call,
   * or since the epoch began if this is its first call of the epoch.
   *
   * <p>O(clients); allocates the snapshot and nothing for each client. No recording method waits
   * for it. Lock-free but for the percentiles, for which it may wait until another thread has
   * merged a batch of wall times. If several threads call at the same time, a call that loses its
   * place is made again.
   *
   * @return an immutable snapshot
   */
  public AggregatedStats aggregate() {
    while (true) {
      Window before = window.get();
      Epoch current = epoch.get();
      AggregatedStats start = before.epochNumber() == current.number() ? before.end() : null;
      AggregatedStats snapshot = Aggregation.of(current, config, start);
      boolean timePassed = start == null
          ? !snapshot.elapsed().isZero()
          : snapshot.elapsed().compareTo(start.elapsed()) > 0;
      if (!timePassed || window.compareAndSet(before, new Window(current.number(), snapshot))) {
        return snapshot;
      }
    }
  }
}
