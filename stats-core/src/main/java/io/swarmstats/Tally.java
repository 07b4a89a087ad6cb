package io.swarmstats;

import io.swarmstats.internal.DoubleMean;
import io.swarmstats.internal.ExactMean;
import io.swarmstats.internal.IdTree;
import io.swarmstats.snapshot.Clients;
import io.swarmstats.snapshot.Lines;
import io.swarmstats.snapshot.Pipeline;
import io.swarmstats.snapshot.Playback;
import io.swarmstats.snapshot.Uptimes;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Adds up the figures of live clients. One thread fills a tally. The tally reads each client once
 * and allocates nothing per client.
 */
final class Tally implements Consumer<ClientStats> {

  private final StatsConfig config;
  private final long nanoTime;

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

  /**
   * Creates a tally of no clients.
   *
   * @param nanoTime the time of the snapshot, from the clock of the config
   * @param totals the totals to which this tally adds; only this tally changes them
   */
  Tally(StatsConfig config, long nanoTime, Totals totals) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.thresholds = new Thresholds(config);
    this.clientNanoTime = nanoTime;
    this.totals = totals;
  }

  /**
   * Adds all clients of a tree.
   *
   * @param lookAhead whether to touch the clients of a branch first: {@link #touch} says why
   */
  void addAll(IdTree<ClientStats> clients, boolean lookAhead) {
    clients.forEach(lookAhead ? this::touch : null, this);
  }

  /** Adds another tally, of other clients. */
  void addAll(Tally other) {
    totals.addAll(other.totals);
    stalled += other.stalled;
    silent += other.silent;
    aboveRealtime += other.aboveRealtime;
    belowRealtime += other.belowRealtime;
    unknownSpeed += other.unknownSpeed;
    highDrift += other.highDrift;
    withDrops += other.withDrops;
    degraded += other.degraded;
    speeds.addAll(other.speeds);
    drifts.addAll(other.drifts);
    lags.addAll(other.lags);
    uptimes.addAll(other.uptimes);
    minUptime = Math.min(minUptime, other.minUptime);
    maxUptime = Math.max(maxUptime, other.maxUptime);
  }

  @Override
  @SuppressWarnings(
      "ReferenceEquality") // an equal config in another object only costs one more call of
  // thresholds.use
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

  Totals totals() {
    return totals;
  }

  Clients clients(Registry registry) {
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

  Playback playback() {
    return new Playback(
        speeds.mean(),
        Duration.ofNanos(drifts.floor()),
        Duration.ofNanos(lags.floor()),
        Duration.ofNanos(totals.maxDriftNanos),
        totals.stalls,
        Duration.ofNanos(totals.stalledNanos));
  }

  Pipeline pipeline() {
    Lines progress = new Lines(totals.progressRead, totals.progressDropped);
    Lines stderr = new Lines(totals.stderrRead, totals.stderrDropped);
    double dropRate = new Pipeline(progress, stderr, 0, false).dropRate();
    return new Pipeline(progress, stderr, totals.peakDropRate, dropRate > config.dropThreshold());
  }

  Uptimes uptimes() {
    return new Uptimes(
        Duration.ofNanos(uptimes.count() == 0 ? 0 : minUptime),
        Duration.ofNanos(maxUptime),
        Duration.ofNanos(uptimes.floor()));
  }
}
