package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows between snapshots that the caller keeps. */
class WindowsTest {

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
  private final ClientStats client = swarm.addClient(1);

  private void play(int segments, int errors, Duration wallTime) {
    for (int i = 0; i < segments; i++) {
      client.incrementSegmentRequests();
      swarm.recordSegmentWallTime(wallTime.toNanos());
      if (i < errors) {
        client.recordHttpError(503);
      }
    }
    clock.advance(Duration.ofSeconds(10));
  }

  @Test
  void window_betweenTwoSnapshots_hasItsOwnPercentilesAndErrorRate() {
    play(1_000_000, 0, Duration.ofMillis(100)); // a long good history

    AggregatedStats before = swarm.aggregate();
    play(1_000, 50, Duration.ofSeconds(2));
    AggregatedStats now = swarm.aggregate();

    Interval last = now.since(before);
    Duration p99 = last.segmentWallTimes().p99();
    double errorRate = last.errorRate();

    assertThat(p99.toMillis()).isCloseTo(2_000, within(11L)); // 0.55 %
    assertThat(errorRate).isEqualTo(0.05);
    assertThat(last.length()).isEqualTo(Duration.ofSeconds(10));
    assertThat(last.rates().segmentPerSecond()).isEqualTo(100);
    assertThat(now.segmentWallTimes().p99().toMillis()).isCloseTo(100, within(1L));
  }

  @Test
  void window_ofAStall_hasTheWaitAndTheRestart() {
    client.onProcessStart();
    report(0.5);
    report(0.5); // plays 0.5 s of media from here
    AggregatedStats before = swarm.aggregate();

    clock.advance(Duration.ofSeconds(8)); // no media for 7.5 s
    client.recordSegmentSize(250_000);
    report(20);
    clock.advance(Duration.ofMillis(500));
    report(20.5); // plays on
    client.onProcessStart();
    AggregatedStats now = swarm.aggregate();

    Interval last = now.since(before);
    long stalls = last.stalls();
    Duration waited = last.stalledTime();

    assertThat(stalls).isEqualTo(1);
    assertThat(waited).isEqualTo(Duration.ofMillis(7_500));
    assertThat(last.processStarts()).isEqualTo(1);
    assertThat(last.downloadedBytes()).isEqualTo(250_000);
    assertThat(last.totalBytes()).isZero();
    assertThat(now.processStarts()).isEqualTo(2);
  }

  /** Reports seconds of media, and neither bytes nor a speed. */
  private void report(double seconds) {
    client.onProgress(-1, Math.round(seconds * 1e6), Double.NaN);
  }

  @Test
  void windows_ofDifferentLengths_shareSnapshots() {
    AggregatedStats start = swarm.aggregate();
    play(100, 0, Duration.ofMillis(100));
    AggregatedStats middle = swarm.aggregate();
    play(100, 0, Duration.ofSeconds(2));
    AggregatedStats end = swarm.aggregate();

    Interval both = end.since(start);

    assertThat(middle.since(start).segmentWallTimes().plus(end.since(middle).segmentWallTimes()))
        .satisfies(sum -> {
          assertThat(sum.count()).isEqualTo(both.segmentWallTimes().count());
          assertThat(sum.p99()).isEqualTo(both.segmentWallTimes().p99());
        });
    assertThat(both.segmentWallTimes().shareUpTo(Duration.ofSeconds(1))).isEqualTo(0.5);
  }

  @Test
  void window_acrossAReset_beginsWithTheNewEpoch() {
    play(100, 100, Duration.ofSeconds(2));
    AggregatedStats before = swarm.aggregate();
    swarm.reset();
    swarm.recordSegmentWallTime(100_000_000);

    Interval last = swarm.aggregate().since(before);

    assertThat(last.segmentWallTimes().count()).isEqualTo(1);
    assertThat(last.errorRate()).isZero();
  }
}
