package io.swarmstats;

import io.swarmstats.internal.DoubleMean;
import io.swarmstats.internal.ExactMean;
import io.swarmstats.internal.IdTree;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Lines;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import io.swarmstats.snapshot.Uptimes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the clients of an epoch, which makes one snapshot. One thread uses the object, for
 * one pass.
 *
 * <p>The pass reads each client once and allocates nothing per client.
 */
final class Aggregation implements Consumer<ClientStats> {

  // a number of clients whose rows exceed the caches of a core: see touch
  private static final int BEYOND_CACHES = 4096;

  private final Epoch epoch;
  private final StatsConfig config;
  private final Instant timestamp;
  private final long nanoTime;
  private final LatencySnapshot wallTimes;
  private final Registry registry;

  private final Thresholds thresholds;
  private final ClientReading client = new ClientReading();
  private long clientNanoTime; // from the clock of the client's config
  private final Totals totals;
  private long stalled;
  private long silent;
  private long aboveRealtime;
  private long belowRealtime;
  private long unknownSpeed;
  private long highDrift;
  private long withDrops;
  private long degraded;
  private final DoubleMean speeds = new DoubleMean();
  private final ExactMean drifts = new ExactMean();
  private final ExactMean lags = new ExactMean();
  private final ExactMean uptimes = new ExactMean();
  private long minUptime = Long.MAX_VALUE;
  private long maxUptime;

  @SuppressWarnings("UnusedVariable") // without the field, the compiler could drop the loads
  private long touched;

  private Aggregation(Epoch epoch, StatsConfig config) {
    this.epoch = epoch;
    this.config = config;
    this.timestamp = config.timeSource().instant();
    this.nanoTime = config.timeSource().nanoTime();
    // wall times before clients: requests bound the wall times (G9)
    this.wallTimes = epoch.segmentWallTimes().snapshot();
    this.registry = epoch.registry();
    this.thresholds = new Thresholds(config);
    this.clientNanoTime = nanoTime;
    this.totals = registry.departed().copy();
  }

  /**
   * Returns a snapshot of an epoch.
   *
   * @param earlier the snapshot at the start of the window of the instantaneous rates; null for the
   *     start of the epoch
   */
  static AggregatedStats of(Epoch epoch, StatsConfig config, @Nullable AggregatedStats earlier) {
    Aggregation pass = new Aggregation(epoch, config);
    IdTree<ClientStats> live = pass.registry.live();
    live.forEach(live.size() < BEYOND_CACHES ? null : pass::touch, pass);
    return pass.toSnapshot(earlier);
  }

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // the price of an equal config in another object is only a call of use
  public void accept(ClientStats stats) {
    StatsConfig clientConfig = stats.config();
    if (clientConfig != thresholds.config()) {
      thresholds.use(clientConfig);
      TimeSource time = clientConfig.timeSource();
      clientNanoTime = time == config.timeSource() ? nanoTime : time.nanoTime();
    }
    stats.read(thresholds, clientNanoTime, client, totals);
    if (client.speed == 0) {
      unknownSpeed++;
    } else {
      speeds.add(client.speed);
      if (client.speed >= 1.0) {
        aboveRealtime++;
      } else {
        belowRealtime++;
      }
    }
    if (client.stalled) {
      stalled++;
    }
    if (client.silent) {
      silent++;
    }
    if (client.hasDrift) {
      drifts.add(client.driftNanos);
      if (client.driftNanos > 0) {
        lags.add(client.driftNanos);
      }
      if (client.highDrift) {
        highDrift++;
      }
    }
    if (client.dropRate > 0) {
      withDrops++;
      if (client.dropRate > config.dropThreshold()) {
        degraded++;
      }
    }
    uptimes.add(client.uptimeNanos);
    minUptime = Math.min(minUptime, client.uptimeNanos);
    maxUptime = Math.max(maxUptime, client.uptimeNanos);
  }

  /*
   * From about ten thousand clients on, cache misses dominate the walk. The misses of one client
   * wait for each other: the client, its run, their rows. So the walk first touches all clients of
   * a tree branch, whose misses overlap, and then reads these clients. A small swarm fits into the
   * caches, where touching would only cost time.
   */
  private void touch(ClientStats stats) {
    touched += stats.touch();
  }

  private AggregatedStats toSnapshot(@Nullable AggregatedStats earlier) {
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
        clients(),
        requests,
        totals.totalBytes,
        totals.downloadedBytes,
        totals.processStarts,
        totals.errors(),
        playback(),
        pipeline(),
        uptimes(),
        wallTimes,
        sinceStart,
        instantaneous,
        totals.rejectedUpdates + epoch.segmentWallTimes().rejectedUpdates());
  }

  private Clients clients() {
    return new Clients(
        registry.live().size(),
        registry.peakActive(),
        registry.everAdded(),
        stalled,
        silent,
        aboveRealtime,
        belowRealtime,
        unknownSpeed,
        drifts.count(),
        lags.count(),
        highDrift,
        withDrops,
        degraded);
  }

  private Playback playback() {
    return new Playback(
        speeds.mean(),
        Duration.ofNanos(drifts.floor()),
        Duration.ofNanos(lags.floor()),
        Duration.ofNanos(totals.maxDriftNanos),
        totals.stalls,
        Duration.ofNanos(totals.stalledNanos));
  }

  private Pipeline pipeline() {
    Lines progress = new Lines(totals.progressRead, totals.progressDropped);
    Lines stderr = new Lines(totals.stderrRead, totals.stderrDropped);
    double dropRate = new Pipeline(progress, stderr, 0, false).dropRate();
    return new Pipeline(progress, stderr, totals.peakDropRate, dropRate > config.dropThreshold());
  }

  private Uptimes uptimes() {
    return new Uptimes(
        Duration.ofNanos(uptimes.count() == 0 ? 0 : minUptime),
        Duration.ofNanos(maxUptime),
        Duration.ofNanos(uptimes.floor()));
  }
}
