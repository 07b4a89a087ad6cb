package io.swarmstats;

import io.swarmstats.internal.IdTree;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/*
 * Publication. The tasks of a pool read the registry and the time of the snapshot; fork publishes
 * both. Each task fills a tally of its own. Join publishes the tally to the thread that adds it up.
 */

/** One pass over the clients of an epoch, which makes one snapshot. */
final class Aggregation {

  // a number of clients whose rows exceed the caches of a core: see Tally
  private static final int BEYOND_CACHES = 4096;

  // the most clients of a part: reading them takes much longer than forking a task (decision 34)
  private static final int PART = 1024;

  private static final int TASKS_PER_THREAD = 4; // several: no thread waits long for the last task

  private final Epoch epoch;
  private final StatsConfig config;
  private final Instant timestamp;
  private final long nanoTime;
  private final LatencySnapshot wallTimes;
  private final Registry registry;

  private Aggregation(Epoch epoch, StatsConfig config) {
    this.epoch = epoch;
    this.config = config;
    this.timestamp = config.timeSource().instant();
    this.nanoTime = config.timeSource().nanoTime();
    // wall times before clients: requests bound the wall times (G9)
    this.wallTimes = epoch.segmentWallTimes().snapshot();
    this.registry = epoch.registry();
  }

  /**
   * Returns a snapshot of an epoch.
   *
   * @param earlier the snapshot at the start of the window of the instantaneous rates; null for the
   *     start of the epoch
   * @param pool whose threads read the clients; null for the calling thread
   */
  static AggregatedStats of(
      Epoch epoch,
      StatsConfig config,
      @Nullable AggregatedStats earlier,
      @Nullable ForkJoinPool pool) {
    Aggregation pass = new Aggregation(epoch, config);
    Tally tally = new Tally(config, pass.nanoTime, pass.registry.departed().copy());
    pass.read(tally, pool);
    return pass.toSnapshot(tally, earlier);
  }

  private void read(Tally tally, @Nullable ForkJoinPool pool) {
    IdTree<ClientStats> live = registry.live();
    boolean lookAhead = live.size() >= BEYOND_CACHES;
    if (pool == null || live.size() <= PART) {
      tally.addAll(live, lookAhead);
      return;
    }
    List<IdTree<ClientStats>> parts = live.parts(PART);
    int tasks = pool.getParallelism() * TASKS_PER_THREAD;
    tally.addAll(pool.invoke(new Reading(parts, lookAhead, Math.max(1, parts.size() / tasks))));
  }

  /** Reads the clients of some parts of the tree. */
  @SuppressWarnings("serial") // a task of this class stays in its JVM
  private final class Reading extends RecursiveTask<Tally> {

    private final List<IdTree<ClientStats>> parts;
    private final boolean lookAhead;
    private final int unsplit; // a task with at most so many parts reads them itself

    Reading(List<IdTree<ClientStats>> parts, boolean lookAhead, int unsplit) {
      this.parts = parts;
      this.lookAhead = lookAhead;
      this.unsplit = unsplit;
    }

    @Override
    protected Tally compute() {
      if (parts.size() > unsplit) {
        int middle = parts.size() / 2;
        Reading right = part(middle, parts.size());
        right.fork();
        Tally tally = part(0, middle).compute();
        tally.addAll(right.join());
        return tally;
      }
      Tally tally = new Tally(config, nanoTime, new Totals());
      parts.forEach(part -> tally.addAll(part, lookAhead));
      return tally;
    }

    private Reading part(int from, int to) {
      return new Reading(parts.subList(from, to), lookAhead, unsplit);
    }
  }

  private AggregatedStats toSnapshot(Tally tally, @Nullable AggregatedStats earlier) {
    Totals totals = tally.totals();
    Duration elapsed = Duration.ofNanos(epoch.elapsedNanos(nanoTime));
    Requests requests = totals.requests();
    Rates sinceStart =
        Rates.over(elapsed, requests.manifest(), requests.segment(), totals.totalBytes);
    Rates instantaneous = earlier == null
        ? sinceStart
        : Rates.over(
            elapsed.minus(earlier.elapsed()),
            requests.manifest() - earlier.requests().manifest(),
            requests.segment() - earlier.requests().segment(),
            totals.totalBytes - earlier.totalBytes());
    return new AggregatedStats(
        epoch.startTime(),
        timestamp,
        elapsed,
        tally.clients(registry),
        requests,
        totals.totalBytes,
        totals.downloadedBytes,
        totals.processStarts,
        totals.errors(),
        tally.playback(),
        tally.pipeline(),
        tally.uptimes(),
        wallTimes,
        sinceStart,
        instantaneous,
        totals.rejectedUpdates + epoch.segmentWallTimes().rejectedUpdates());
  }
}
