package io.swarmstats;

import io.swarmstats.snapshot.AggregatedStats;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/*
 * Windows (G12). A call loads the window, which ends with the previous snapshot. The call makes a
 * snapshot and moves the window by compare-and-set from the loaded window. If another call has
 * moved the window meanwhile, the call makes a new snapshot. So the windows of a reader follow one
 * another without gap or overlap: each increment is in exactly one window. With a plain set, the
 * windows of two concurrent calls could overlap.
 *
 * Shared reader. Suppose that other calls have moved the window at least twice since a call began.
 * The last of them loaded a window that is newer than the beginning of this call, and took its
 * snapshot afterwards. This call returns that snapshot. So a call takes at most two snapshots,
 * however many threads share the reader.
 *
 * If the clock has not advanced since the last snapshot, the window stays. Otherwise the increments
 * in between would fall into a window of length zero, and into no rate.
 *
 * A call loads the window before the epoch. In the other order, a call could load an epoch that
 * ends and then a window of the next epoch. The call would move the window back to the ended epoch
 * (G13).
 *
 * Publication. The compare-and-set publishes the snapshot at the end of the window. The partner is
 * the load of the window in the next call. The snapshot is immutable.
 */

/**
 * A consumer of snapshots, with its own window for instantaneous rates.
 *
 * <p>{@link StatsAggregator#newReader()} makes a reader. Give each consumer (dashboard, scraper,
 * log) a reader of its own. If two consumers share a reader, each cuts the windows of the other
 * short.
 *
 * <p>Any number of threads may call a reader at the same time. The windows of a reader follow one
 * another without gap or overlap.
 */
public final class StatsReader {

  /**
   * The end of a window.
   *
   * @param number how many snapshots moved the window before
   * @param epochNumber the epoch of the snapshot at the end; -1, the number of no epoch, before the
   *     first snapshot
   * @param end the snapshot; null before the first
   */
  private record Window(
      long number, long epochNumber, @Nullable AggregatedStats end) {

    static final Window NONE = new Window(0, -1, null);
  }

  private final AtomicReference<Epoch> epoch; // the reference of the aggregator
  private final StatsConfig config;
  private final AtomicReference<Window> window = new AtomicReference<>(Window.NONE);

  StatsReader(AtomicReference<Epoch> epoch, StatsConfig config) {
    this.epoch = epoch;
    this.config = config;
  }

  /**
   * Takes a snapshot. Its {@code instantaneous} rates cover the time since the previous snapshot of
   * this reader. The first snapshot in an epoch has the rates since the epoch began.
   *
   * <p>If the clock has not advanced since the previous snapshot, the instantaneous rates are zero
   * and the window stays open.
   *
   * <p>Lock-free; no recording method waits for the call. Of several concurrent calls on one
   * reader, some walk the clients a second time, and some return the same snapshot. Each call
   * returns a snapshot that began after the call. O(clients); allocates the snapshot, and nothing
   * per client.
   *
   * @return an immutable snapshot
   */
  public AggregatedStats aggregate() {
    return aggregateIn(null);
  }

  /**
   * Takes a snapshot like {@link #aggregate()}, but the threads of a pool read the clients. Use
   * this method for swarms of 100,000 clients or more, where a snapshot takes milliseconds.
   *
   * <p>All figures are those that {@link #aggregate()} computes from the same clients; the average
   * speed can differ by one ulp. The calling thread waits for the pool, and may itself be a thread
   * of the pool. A pool without a free thread makes the call wait: two pools must not wait for each
   * other. A swarm of at most 1,024 clients is read in the calling thread. Allocates some objects
   * for each part of the swarm. A part has at most 1,024 clients, and fewer if their ids are far
   * apart.
   *
   * @param pool the threads; the library neither configures the pool nor shuts it down
   * @return an immutable snapshot
   * @throws java.util.concurrent.RejectedExecutionException if the pool is shut down and the swarm
   *     has more than 1,024 clients
   * @throws java.util.concurrent.CancellationException if {@code shutdownNow} is called on the pool
   *     during the call, before all tasks of the call have begun
   */
  public AggregatedStats aggregate(ForkJoinPool pool) {
    return aggregateIn(Objects.requireNonNull(pool, "pool must not be null"));
  }

  private AggregatedStats aggregateIn(@Nullable ForkJoinPool pool) {
    Window before = window.get();
    long began = before.number();
    while (true) {
      Epoch current = epoch.get();
      AggregatedStats start = before.epochNumber() == current.number() ? before.end() : null;
      AggregatedStats snapshot = Aggregation.of(current, config, start, pool);
      boolean timePassed = start == null
          ? !snapshot.elapsed().isZero()
          : snapshot.elapsed().compareTo(start.elapsed()) > 0;
      Window after = new Window(before.number() + 1, current.number(), snapshot);
      if (!timePassed || window.compareAndSet(before, after)) {
        return snapshot;
      }
      before = window.get();
      if (before.end() != null && before.number() - began >= 2) {
        return before.end();
      }
    }
  }
}
