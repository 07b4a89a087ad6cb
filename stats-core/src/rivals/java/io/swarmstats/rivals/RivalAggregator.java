package io.swarmstats.rivals;

import io.swarmstats.StatsConfig;
import io.swarmstats.snapshot.Rates;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts that all aggregators of the documents share: the walk, the shared previous snapshot and
 * the peak. Each subclass decides how it keeps the clients.
 *
 * <p>Faults: B1, the requests of a client are loaded before its errors; H1, H2 and H7 of
 * {@link RateBaseline}; H3, the totals contain only the live clients and fall when a client is
 * removed; H8, a least uptime of 0 counts as "none yet".
 *
 * <p>Two deviations favour the documents. The first window starts with the aggregator, so that one
 * script serves all; the documents show no rate before the second snapshot. The peak drop rate is
 * an atomic maximum in every aggregator; the first form in the documents uses a mutex, which loses
 * no raise either.
 */
abstract class RivalAggregator implements Aggregator {

  private final StatsConfig config;
  private final ClientContender clients;
  private final RateBaseline baseline;
  private final PeakAtomic peakDropRate = new PeakAtomic();
  private volatile long startNanos;

  RivalAggregator(StatsConfig config, ClientContender clients, RateBaseline.Form baseline) {
    if (clients == ClientContender.SHIPPED) {
      throw new IllegalArgumentException("a rival's clients must be rivals: " + clients);
    }
    this.config = config;
    this.clients = clients;
    this.baseline = baseline.create();
    this.startNanos = nanoTime();
  }

  abstract void put(RivalClient client);

  abstract void clear();

  /** Adds the figures of each client to a sum. */
  abstract void walk(Sum into);

  @Override
  public final Client addClient(int clientId) {
    RivalClient client = (RivalClient) clients.create(clientId, config);
    put(client);
    return client;
  }

  @Override
  public Snapshot aggregate() {
    long now = nanoTime();
    Sum sum = new Sum();
    walk(sum);
    peakDropRate.update(sum.peakDropRate);

    RateBaseline.Previous since = baseline.load();
    if (since == null) {
      since = new RateBaseline.Previous(startNanos, 0, 0, 0);
    }
    Rates rates = sum.rates(since, now);
    baseline.store(
        new RateBaseline.Previous(now, sum.manifestRequests, sum.segmentRequests, sum.totalBytes));
    return sum.toSnapshot(Duration.ofNanos(now - startNanos), rates, peakDropRate());
  }

  @Override
  public final double peakDropRate() {
    return peakDropRate.get();
  }

  @Override
  public void reset() {
    clear();
    peakDropRate.reset();
    startNanos = nanoTime();
    baseline.store(null);
  }

  private long nanoTime() {
    return config.timeSource().nanoTime();
  }

  /** The sum over the visited clients. */
  static final class Sum {
    private int count;
    private long manifestRequests;
    private long segmentRequests;
    private long initRequests;
    private long unknownRequests;
    private long totalBytes;
    private final Map<Integer, Long> httpErrors = new TreeMap<>();
    private long reconnections;
    private long timeouts;
    private int stalled;
    private int highDrift;
    private int knownSpeeds;
    private double speeds;
    private long maxDrift;
    private long linesRead;
    private long linesDropped;
    private double peakDropRate;
    private long minUptime;
    private long maxUptime;
    private long uptimes;

    void add(RivalClient client) {
      count++;
      manifestRequests += client.manifestRequests();
      segmentRequests += client.segmentRequests();
      initRequests += client.initRequests();
      unknownRequests += client.unknownRequests();
      totalBytes += client.totalBytes();
      client.httpErrors().forEach((code, errors) -> httpErrors.merge(code, errors, Long::sum));
      reconnections += client.reconnections();
      timeouts += client.timeouts();
      if (client.isStalled()) {
        stalled++;
      }
      if (client.hasHighDrift()) {
        highDrift++;
      }
      double speed = client.speed();
      if (speed > 0) {
        knownSpeeds++;
        speeds += speed;
      }
      maxDrift = Math.max(maxDrift, client.maxDrift().toNanos());
      linesRead += client.linesRead();
      linesDropped += client.linesDropped();
      peakDropRate = Math.max(peakDropRate, client.peakDropRate());
      long uptime = client.uptime().toNanos();
      if (minUptime == 0 || uptime < minUptime) {
        minUptime = uptime;
      }
      maxUptime = Math.max(maxUptime, uptime);
      uptimes += uptime;
    }

    private Rates rates(RateBaseline.Previous since, long now) {
      double seconds = (now - since.nanoTime()) / 1e9;
      if (seconds == 0) {
        return new Rates(0, 0, 0);
      }
      return new Rates(
          (manifestRequests - since.manifestRequests()) / seconds,
          (segmentRequests - since.segmentRequests()) / seconds,
          (totalBytes - since.totalBytes()) / seconds);
    }

    private Snapshot toSnapshot(Duration elapsed, Rates rates, double peak) {
      Requests requests =
          new Requests(manifestRequests, segmentRequests, initRequests, unknownRequests);
      long errors = timeouts;
      for (long code : httpErrors.values()) {
        errors += code;
      }
      return new Snapshot(
          elapsed,
          count,
          requests,
          totalBytes,
          httpErrors,
          reconnections,
          timeouts,
          requests.total() == 0 ? 0 : (double) errors / requests.total(),
          stalled,
          highDrift,
          knownSpeeds == 0 ? 0 : speeds / knownSpeeds,
          Duration.ofNanos(maxDrift),
          linesRead,
          linesDropped,
          peak,
          Duration.ofNanos(minUptime),
          Duration.ofNanos(maxUptime),
          Duration.ofNanos(count == 0 ? 0 : uptimes / count),
          rates);
    }
  }
}
