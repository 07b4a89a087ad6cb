package io.swarmstats.examples.recipes;

import io.swarmstats.ClientStats;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A swarm whose clients record, restart, leave and are replaced in two threads while a third thread
 * scrapes. Each writer has its own clients and counts its own records.
 */
final class ChurningSwarm {

  private static final int WRITERS = 2;
  private static final int CLIENTS = 50; // clients of each writer
  private static final int ROUNDS = 40;
  private static final int STEPS = 500; // steps of each writer between two scrapes
  private static final int[] STATUS_CODES = {403, 404, 503, 999};

  private final StatsAggregator swarm = new StatsAggregator();
  private final List<Writer> writers = new ArrayList<>();
  private final CyclicBarrier round = new CyclicBarrier(WRITERS + 1);

  ChurningSwarm(long seed) {
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer(i * CLIENTS, new Random(seed + i)));
    }
  }

  StatsAggregator swarm() {
    return swarm;
  }

  /**
   * Runs the swarm while the scraper scrapes at least once per round. Returns the scrapes in order.
   * The last scrape comes after all records.
   */
  <T> List<T> scrapeWhileChurning(Callable<T> scraper) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<T> scrapes = new ArrayList<>();
    try {
      List<Future<?>> running = new ArrayList<>();
      writers.forEach(writer -> running.add(threads.submit(writer)));
      for (int i = 0; i < ROUNDS; i++) {
        round.await(1, TimeUnit.MINUTES); // the writers continue while this thread scrapes
        scrapes.add(scraper.call());
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    scrapes.add(scraper.call());
    return scrapes;
  }

  long manifestRequests() {
    return writers.stream().mapToLong(writer -> writer.manifests).sum();
  }

  long segmentRequests() {
    return writers.stream().mapToLong(writer -> writer.segments).sum();
  }

  long bytes() {
    return writers.stream().mapToLong(writer -> writer.bytes).sum();
  }

  long downloadedBytes() {
    return writers.stream().mapToLong(writer -> writer.downloaded).sum();
  }

  long processStarts() {
    return writers.stream().mapToLong(writer -> writer.starts).sum();
  }

  long wallTimes() {
    return segmentRequests();
  }

  double wallTimeSeconds() {
    return writers.stream().mapToLong(writer -> writer.wallNanos).sum() / 1e9;
  }

  /** Returns the HTTP errors by the label of their status. */
  SortedMap<String, Long> httpErrors() {
    SortedMap<String, Long> all = new TreeMap<>();
    writers.forEach(
        writer -> writer.httpErrors.forEach((label, count) -> all.merge(label, count, Long::sum)));
    return all;
  }

  int clients() {
    return WRITERS * CLIENTS;
  }

  private final class Writer implements Callable<Void> {

    private final int firstId;
    private final Random random;
    private final ClientStats[] clients = new ClientStats[CLIENTS];
    private final long[] runBytes = new long[CLIENTS]; // bytes of the current run
    private final SortedMap<String, Long> httpErrors = new TreeMap<>();
    private long manifests;
    private long segments;
    private long bytes;
    private long downloaded;
    private long starts;
    private long wallNanos;

    Writer(int firstId, Random random) {
      this.firstId = firstId;
      this.random = random;
      for (int i = 0; i < CLIENTS; i++) {
        add(i);
      }
    }

    @Override
    public Void call() throws Exception {
      for (int i = 0; i < ROUNDS; i++) {
        round.await(1, TimeUnit.MINUTES);
        for (int step = 0; step < STEPS; step++) {
          step(random.nextInt(CLIENTS));
        }
      }
      return null;
    }

    private void step(int i) {
      ClientStats client = clients[i];
      switch (random.nextInt(8)) {
        case 0 -> replace(i);
        case 1 -> restart(i);
        case 2, 3 -> {
          client.incrementManifestRequests();
          manifests++;
        }
        case 4 -> {
          int code = STATUS_CODES[random.nextInt(STATUS_CODES.length)];
          client.recordHttpError(code);
          String label = code == 999 ? "other" : Integer.toString(code);
          httpErrors.merge(label, 1L, Long::sum);
        }
        default -> {
          client.incrementSegmentRequests();
          int nanos = random.nextInt(1_000_000_000);
          swarm.recordSegmentWallTime(nanos);
          wallNanos += nanos;
          segments++;
          progress(i);
        }
      }
    }

    private void progress(int i) {
      long size = 1L + random.nextInt(100_000);
      clients[i].recordSegmentSize(size);
      downloaded += size;
      long flushed = random.nextInt(100_000);
      runBytes[i] += flushed;
      bytes += flushed;
      clients[i].currentRun().onProgress(runBytes[i], 1_000, 1.0);
    }

    private void restart(int i) {
      ProcessRun ended = clients[i].currentRun();
      clients[i].onProcessStart();
      starts++;
      ended.updateBytes(Long.MAX_VALUE); // the run has ended, so the update is rejected
      runBytes[i] = 0;
    }

    private void replace(int i) {
      swarm.removeClient(firstId + i);
      add(i);
    }

    private void add(int i) {
      clients[i] = swarm.addClient(firstId + i);
      runBytes[i] = 0;
    }
  }
}
