package io.swarmstats.snapshot;

import io.swarmstats.latency.LatencyHistogram;
import io.swarmstats.latency.LatencySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Snapshots with random figures, of a seeded random. All averages fit the counts beside them. */
final class RandomSnapshot {

  private static final int[] CODES = {Errors.OTHER, 400, 404, 503, 599};

  private final Random random;

  RandomSnapshot(Random random) {
    this.random = random;
  }

  AggregatedStats next() {
    return next(Instant.ofEpochSecond(random.nextInt(1_000_000), random.nextInt(1_000)));
  }

  AggregatedStats next(Instant startTime) {
    Duration elapsed = Duration.ofNanos(1 + random.nextInt(3)); // short, so that some are equal
    Requests requests = new Requests(count(), count(), count(), count());
    long totalBytes = count();
    Clients clients = clients();
    return new AggregatedStats(
        startTime,
        startTime.plus(elapsed),
        elapsed,
        clients,
        requests,
        totalBytes,
        count(),
        count(),
        new Errors(http(), count(), count()),
        playback(clients),
        new Pipeline(lines(), lines(), random.nextDouble(), random.nextBoolean()),
        uptimes(clients),
        wallTimes(),
        Rates.over(elapsed, requests.manifest(), requests.segment(), totalBytes),
        new Rates(random.nextInt(8), random.nextInt(8), random.nextInt(8)),
        count());
  }

  private long count() {
    return random.nextInt(4) == 0 ? 0 : random.nextInt(1_000);
  }

  private Clients clients() {
    long above = random.nextInt(4);
    long below = random.nextInt(4);
    long unknown = random.nextInt(4);
    long active = above + below + unknown;
    long withDrift = random.nextInt((int) active + 1);
    return new Clients(
        active,
        active + count(),
        active + count(),
        count(),
        count(),
        above,
        below,
        unknown,
        withDrift,
        random.nextInt((int) withDrift + 1),
        count(),
        count(),
        count());
  }

  private Playback playback(Clients clients) {
    boolean known = clients.aboveRealtime() + clients.belowRealtime() > 0;
    return new Playback(
        known ? random.nextDouble() * 3 : 0,
        clients.withDrift() > 0 ? Duration.ofNanos(random.nextLong() >> 8) : Duration.ZERO,
        clients.lagging() > 0 ? Duration.ofNanos(random.nextLong() >>> 8) : Duration.ZERO,
        Duration.ofNanos(count()),
        count(),
        Duration.ofNanos(count()));
  }

  private Uptimes uptimes(Clients clients) {
    if (clients.active() == 0) {
      return Uptimes.NONE;
    }
    Duration min = Duration.ofNanos(count());
    Duration average = min.plusNanos(count());
    return new Uptimes(min, average.plusNanos(count()), average);
  }

  private SortedMap<Integer, Long> http() {
    SortedMap<Integer, Long> http = new TreeMap<>();
    for (int code : CODES) {
      if (random.nextBoolean()) {
        http.put(code, 1 + count());
      }
    }
    return http;
  }

  private Lines lines() {
    long dropped = count();
    return new Lines(dropped + count(), dropped);
  }

  private LatencySnapshot wallTimes() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int i = random.nextInt(4); i > 0; i--) {
      histogram.record(random.nextInt(1_000_000));
    }
    return histogram.snapshot();
  }
}
