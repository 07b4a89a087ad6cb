package io.swarmstats;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Errors;
import io.swarmstats.snapshot.Interval;
import io.swarmstats.snapshot.Lines;
import io.swarmstats.snapshot.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The intervals between consecutive snapshots add up while the swarm changes: promise G17. */
class IntervalSumsRaceTest {
  private static final int IDS = 4;
  private static final int RECORDERS = 2;
  private static final int UPDATES = 100_000;
  private static final int CHANGES = 5_000;
  private static final int CHANGES_PER_SNAPSHOT = 50; // at most

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsConfig config = StatsConfig.defaults().withTimeSource(clock);
  private final StatsAggregator aggregator = new StatsAggregator(config);
  private final AtomicInteger intervals = new AtomicInteger();

  @Test
  void intervals_besideRecordersRestartsAndRemovals_addUpToTheWholeInEveryFigure() {
    for (int id = 0; id < IDS; id++) {
      aggregator.addClient(id);
    }
    for (int i = 0; i < 1_000; i++) { // the first snapshot contains something
      recordSomething(new Random(i));
    }
    AggregatedStats first = aggregator.aggregate();
    AtomicReference<AggregatedStats> last = new AtomicReference<>(first);
    AtomicReference<Interval> sum = new AtomicReference<>(first.since(first));
    List<Race.Action> actions = new ArrayList<>();
    for (int seed = 1; seed <= RECORDERS; seed++) {
      Random random = new Random(seed);
      actions.add(() -> {
        for (int i = 0; i < UPDATES; i++) {
          recordSomething(random);
        }
      });
    }
    actions.add(() -> changeMembers(new Random(-1)));

    Race.observed(
        () -> {
          AggregatedStats next = aggregator.aggregate();
          AggregatedStats before = last.getAndSet(next);
          Interval interval = next.since(before);
          assertThat(interval.from()).isEqualTo(before.timestamp());
          assertThat(interval.to()).isEqualTo(next.timestamp());
          sum.set(plus(sum.get(), interval));
          intervals.incrementAndGet();
        },
        actions);

    assertThat(intervals).hasValueGreaterThanOrEqualTo(CHANGES / CHANGES_PER_SNAPSHOT);
    assertIsWhole(sum.get(), first, last.get());
    assertThat(last.get().requests().total()).isPositive();
    assertThat(last.get().downloadedBytes()).isPositive();
    assertThat(last.get().processStarts()).isPositive();
    assertThat(sum.get().stalls()).isPositive();
    assertThat(sum.get().stalledTime()).isPositive();
    assertThat(last.get().rejectedUpdates()).isPositive();
  }

  private void recordSomething(Random random) {
    ClientStats client = aggregator.client(random.nextInt(IDS)).orElse(null);
    if (client == null) {
      aggregator.recordSegmentWallTime(random.nextInt(10) - 1L); // one in ten is rejected
      return;
    }
    switch (random.nextInt(12)) {
      case 0 -> client.incrementManifestRequests();
      case 1 -> client.incrementSegmentRequests();
      case 2 -> client.incrementInitRequests();
      case 3 -> client.incrementUnknownRequests();
      case 4 -> client.recordHttpError(398 + random.nextInt(10));
      case 5 -> client.recordReconnection();
      case 6 -> client.recordTimeout();
      case 7 -> client.updateCurrentBytes(random.nextInt(1_000_000) - 1_000L);
      case 8 -> {
        int read = random.nextInt(1_000);
        client.recordDroppedLines(read, random.nextInt(read + 1), 2L * read, read);
      }
      case 9 -> client.recordSegmentSize(random.nextInt(10)); // one in ten is rejected
      case 10 -> client.onProgress(-1, 1 + random.nextInt(1_000), random.nextDouble());
      default -> aggregator.recordSegmentWallTime(random.nextLong() >>> (1 + random.nextInt(63)));
    }
  }

  /** Restarts, adds, replaces and removes clients. Waits for a snapshot now and then. */
  private void changeMembers(Random random) throws InterruptedException {
    for (int i = 1; i <= CHANGES; i++) {
      int id = random.nextInt(IDS);
      switch (random.nextInt(4)) {
        case 0 -> aggregator.removeClient(id);
        case 1 -> aggregator.client(id).ifPresent(this::restartAfterStall);
        default -> aggregator.addClient(id);
      }
      clock.advance(Duration.ofMillis(1));
      if (i % CHANGES_PER_SNAPSHOT == 0) {
        int before = intervals.get();
        Race.await(() -> intervals.get() > before);
      }
    }
  }

  /** Restarts a client that has waited for media for longer than the stall duration. */
  private void restartAfterStall(ClientStats client) {
    client.onProgress(-1, 1, Double.NaN);
    client.onProgress(-1, 1, Double.NaN); // the viewer begins to play
    clock.advance(config.stallDuration().plusSeconds(1));
    client.onProcessStart();
  }

  private static Interval plus(Interval a, Interval b) {
    SortedMap<Integer, Long> http = new TreeMap<>(a.errors().http());
    b.errors().http().forEach((code, count) -> http.merge(code, count, Long::sum));
    return new Interval(
        a.from(),
        b.to(),
        a.length().plus(b.length()),
        new Requests(
            a.requests().manifest() + b.requests().manifest(),
            a.requests().segment() + b.requests().segment(),
            a.requests().init() + b.requests().init(),
            a.requests().unknown() + b.requests().unknown()),
        a.totalBytes() + b.totalBytes(),
        a.downloadedBytes() + b.downloadedBytes(),
        new Errors(
            http,
            a.errors().reconnections() + b.errors().reconnections(),
            a.errors().timeouts() + b.errors().timeouts()),
        plus(a.progress(), b.progress()),
        plus(a.stderr(), b.stderr()),
        a.processStarts() + b.processStarts(),
        a.stalls() + b.stalls(),
        a.stalledTime().plus(b.stalledTime()),
        a.segmentWallTimes().plus(b.segmentWallTimes()),
        a.rejectedUpdates() + b.rejectedUpdates());
  }

  private static Lines plus(Lines a, Lines b) {
    return new Lines(a.read() + b.read(), a.dropped() + b.dropped());
  }

  /** The totals of the first snapshot and those of the intervals are the totals of the last one. */
  private static void assertIsWhole(Interval sum, AggregatedStats first, AggregatedStats last) {
    Interval upToFirst = new Interval(
        first.startTime(),
        first.timestamp(),
        first.elapsed(),
        first.requests(),
        first.totalBytes(),
        first.downloadedBytes(),
        first.errors(),
        first.pipeline().progress(),
        first.pipeline().stderr(),
        first.processStarts(),
        first.playback().stalls(),
        first.playback().stalledTime(),
        first.segmentWallTimes(),
        first.rejectedUpdates());
    Interval whole = plus(upToFirst, sum);
    assertThat(whole.to()).isEqualTo(last.timestamp());
    assertThat(whole.length()).isEqualTo(last.elapsed());
    assertThat(whole.requests()).isEqualTo(last.requests());
    assertThat(whole.totalBytes()).isEqualTo(last.totalBytes());
    assertThat(whole.downloadedBytes()).isEqualTo(last.downloadedBytes());
    assertThat(whole.errors()).isEqualTo(last.errors());
    assertThat(whole.progress()).isEqualTo(last.pipeline().progress());
    assertThat(whole.stderr()).isEqualTo(last.pipeline().stderr());
    assertThat(whole.processStarts()).isEqualTo(last.processStarts());
    assertThat(whole.stalls()).isEqualTo(last.playback().stalls());
    assertThat(whole.stalledTime()).isEqualTo(last.playback().stalledTime());
    LatencySnapshot wallTimes = whole.segmentWallTimes();
    assertThat(wallTimes.buckets()).isEqualTo(last.segmentWallTimes().buckets());
    assertThat(wallTimes.sum()).isEqualTo(last.segmentWallTimes().sum());
    assertThat(whole.rejectedUpdates()).isEqualTo(last.rejectedUpdates());
  }
}
