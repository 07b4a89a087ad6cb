package io.swarmstats;

import io.swarmstats.internal.IdTree;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/*
 * Publication. The tasks of a pool read the registry and the time of the snapshot; submit publishes
 * both. Each task fills a tally of its own; join publishes the tally. Only the calling thread
 * joins, so no task waits for another task.
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
    if (pool == null || live.size() <= PART) {
      tally.addAll(live, live.size() >= BEYOND_CACHES);
      return;
    }
    List<ForkJoinTask<Tally>> tasks = new ArrayList<>();
    for (List<IdTree<ClientStats>> parts :
        groups(live, live.size() / pool.getParallelism() / TASKS_PER_THREAD)) {
      tasks.add(pool.submit(() -> tallyOf(parts)));
    }
    for (ForkJoinTask<Tally> task : tasks) {
      tally.addAll(task.join());
    }
  }

  private Tally tallyOf(List<IdTree<ClientStats>> parts) {
    Tally tally = new Tally(config, nanoTime, new Totals());
    parts.forEach(part -> tally.addAll(part, true));
    return tally;
  }

  /** Returns the parts of a tree in groups. A group ends as soon as it has enough clients. */
  private static List<List<IdTree<ClientStats>>> groups(IdTree<ClientStats> live, int enough) {
    List<List<IdTree<ClientStats>>> groups = new ArrayList<>();
    int clients = enough; // of the last group
    for (IdTree<ClientStats> part : live.parts(PART)) {
      if (clients >= enough) {
        groups.add(new ArrayList<>());
        clients = 0;
      }
      groups.get(groups.size() - 1).add(part);
      clients += part.size();
    }
    return groups;
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
