package io.swarmstats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExitSummaryTest {

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));

  private void run(int dropped) {
    for (int id = 0; id < 4; id++) {
      ClientStats client = new ClientStats(id, StatsConfig.defaults().withTimeSource(clock));
      swarm.addClient(client);
      client.incrementManifestRequests();
      client.incrementInitRequests();
      for (int i = 0; i < 1_000; i++) {
        client.incrementSegmentRequests();
      }
      client.recordHttpError(404);
      client.recordHttpError(503);
      client.recordHttpError(999);
      client.recordTimeout();
      client.recordReconnection();
      client.recordSegmentSize(1_500_000);
      client.recordDroppedLines(100, dropped, 0, 0);
    }
    clock.advance(Duration.ofSeconds(10));
    for (int id = 0; id < 4; id++) {
      ClientStats client = swarm.client(id).orElseThrow();
      client.onProgress(1_234_567, 3_000_000, 1.25);
      client.updateSpeed(id == 0 ? 0.5 : 1.25);
    }
    clock.advance(Duration.ofMillis(5_500));
    swarm.recordSegmentWallTime(180_000_000);
    swarm.recordSegmentWallTime(-1);
    swarm.removeClient(3);
  }

  @Test
  void report_ofARun_hasExactlyThisText() {
    run(0);

    assertThat(ExitSummary.of(swarm.aggregate())).isEqualTo("""
        Run
          Snapshot of            2026-01-01T00:00:15.500Z
          Elapsed                             15.500 s
          Clients                                    3
          Clients at the peak                        4
          Clients ever                               4
          Process starts                             0

        Requests                                 total       per second       per client
          Manifest                                   4             0.26             1.00
          Segment                                4,000           258.06         1,000.00
          Init                                       4             0.26             1.00
          Unknown                                    0             0.00             0.00
          All                                    4,008           258.58         1,002.00
          Downloaded bytes                   6,000,000       387,096.77     1,500,000.00
          Output bytes                       4,938,268       318,597.94     1,234,567.00

        Playback health                        clients      of the live
          Real time or faster                        2          66.67 %
          Below real time                            1          33.33 %
          Speed unknown                              0           0.00 %
          Stalled                                    1          33.33 %
          Silent                                     0           0.00 %
          High drift                                 3         100.00 %
          Stalls                                     0
          Time stalled                         0.000 s
          Average speed                        1.000 x
          Average drift                        7.000 s
          Average lag                          7.000 s
          Maximum drift                        7.000 s

        Segment wall times
          Segments                                   1
          Shortest                          180.000 ms
          Mean                              180.000 ms
          50th percentile                   180.000 ms
          95th percentile                   180.000 ms
          99th percentile                   180.000 ms
          Longest                           180.000 ms

        Uptimes of the live clients
          Shortest                            15.500 s
          Average                             15.500 s
          Longest                             15.500 s

        Errors
          HTTP 404                                   4
          HTTP 503                                   4
          HTTP Other                                 4
          Timeouts                                   4
          Error rate                            0.40 %
          Reconnections                              4
          Rejected updates                           1

        Lines of FFmpeg
          Read                                     400
          Dropped                                    0
          Drop rate                             0.00 %
          Peak drop rate                        0.00 %
          Clients with drops                         0
          Clients degraded                           0
        """);
  }

  @Test
  void report_degraded_beginsWithTheWarning() {
    run(5);

    assertThat(ExitSummary.of(swarm.aggregate())).startsWith("""
        WARNING: metrics are degraded. 5.00 % of FFmpeg's lines were dropped unparsed (5.00 % in the worst
        report), so these figures are less exact: bytes, speeds, drifts, stalls.

        Run
        """);
  }

  @Test
  void report_emptySwarm_showsNoNaNAndNoNull() {
    assertThat(ExitSummary.of(swarm.aggregate()))
        .doesNotContain("NaN", "Infinity", "null")
        .contains("\n  Real time or faster                        0           0.00 %\n");
  }

  @Test
  void report_anyLocale_isTheSame() {
    run(5);
    AggregatedStats stats = swarm.aggregate();
    String here = ExitSummary.of(stats);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ExitSummary.of(stats)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }
}
