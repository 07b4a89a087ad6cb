package io.swarmstats.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.StatsReader;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {

  private static final Dashboard.Progress HALF_WAY =
      new Dashboard.Progress(Duration.ofMinutes(1), Duration.ofMinutes(2), 3.5, 7);

  /** A snapshot and the interval that ends with it. */
  private record Moment(AggregatedStats stats, Interval last) {

    /** Takes a snapshot. The interval is empty. */
    static Moment of(StatsAggregator aggregator) {
      AggregatedStats stats = aggregator.aggregate();
      return new Moment(stats, stats.since(stats));
    }

    List<String> lines(Dashboard.Progress progress) {
      return Dashboard.lines(stats, last, progress);
    }

    List<String> report(Dashboard.Progress progress) {
      return Dashboard.report(stats, last, progress);
    }
  }

  private final Locale defaultLocale = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(defaultLocale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG", "hi-IN-u-nu-deva"})
  void dashboard_is_the_same_in_every_locale(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));

    assertThat(String.join("\n", moment().lines(HALF_WAY))).isEqualTo("""
        progress   [####################--------------------]  50 %
                   60.0 of 120.0 s recorded  in 3.5 s, 17.1 x real time

        clients            3 active          3 peak          3 ever          7 replaced
                           2 stalled          1 silent          1 behind by over 5 s
        stalls             2 ended    12.00 s waited  now: 1 ended, 6.00 s waited
        speed        0.875 average          1 >= 1.0          1 below          1 unknown
        drift         3.75 s average     8.00 s lag (of 1 late)     8.00 s max

        requests             total      per s, now  per s, overall  (s of recorded time)
        manifest             1,210             5.0            19.5
        segment              1,210             5.0            19.5
        init                    10              10 of unknown kind
        downloaded          3.8 MB          1.3 MB         61.3 kB
        output              3.5 MB          1.8 MB         56.5 kB  (total_size)

        errors        0.29 % of requests  17.50 % now  404: 2  503: 1  other: 3
                   timeouts: 1  reconnections: 1
        lines         0.10 % dropped  2 of 2,000  peak 2.00 %  not degraded
                   clients degraded: 1
        wall time   79.7 ms p25   79.7 ms p50    1.60 s p75    3.20 s p95    3.60 s p99
                     120 us min  895.7 ms mean    3.60 s max  21 segments
        last 2.0 s   1.60 s p50    3.60 s p95    3.60 s p99  11 segments""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG", "hi-IN-u-nu-deva"})
  void report_is_the_same_in_every_locale_and_as_wide_as_its_header(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));

    List<String> report = moment().report(HALF_WAY);

    assertThat(report.get(0)).hasSameSizeAs(Dashboard.header());
    assertThat(report.get(0).strip().split(" {2,}", -1))
        .containsExactly(
            "50 %",
            "60.0 s", "3", "2", "1", "2,440", "7", "5.0", "19.5", "3.5 MB", "1.8 MB", "56.5 kB",
            "3.60 s");
    assertThat(report.subList(1, report.size()))
        .containsExactly(
            " ".repeat(11) + "average speed  0.875  average drift   3.75 s, max   8.00 s"
                + "  wall now p50   1.60 s, p95   3.60 s, p99   3.60 s",
            " ".repeat(11) + "silent 1  stalls 2, 12.00 s waited  now 1, 6.00 s waited"
                + "  downloaded 3.8 MB, 1.3 MB/s now",
            " ".repeat(11) + "lines dropped       2, 0.10 %"
                + "  404: 2  503: 1  other: 3  timeouts: 1  reconnections: 1");
  }

  @Test
  void report_below_its_columns_is_at_most_120_columns_wide() {
    List<String> report = moment().report(HALF_WAY);

    assertThat(report.subList(1, report.size()))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @ParameterizedTest
  @CsvSource({"PT0.5S,last 0.5 s", "PT9.94S,last 9.9 s", "PT10S,last 10 s", "PT999S,last 999 s"})
  void interval_of_any_length_has_a_label_that_fits(Duration length, String label) {
    StatsAggregator aggregator = new StatsAggregator();
    AggregatedStats stats = aggregator.aggregate();
    Interval none = stats.since(stats);
    Interval last = new Interval(
        none.from(),
        none.to(),
        length,
        none.requests(),
        none.totalBytes(),
        none.downloadedBytes(),
        none.errors(),
        none.progress(),
        none.stderr(),
        none.processStarts(),
        none.stalls(),
        none.stalledTime(),
        none.segmentWallTimes(),
        none.rejectedUpdates());

    List<String> lines = Dashboard.lines(stats, last, HALF_WAY);

    assertThat(lines.get(lines.size() - 1).substring(0, Dashboard.LABEL).strip())
        .isEqualTo(label);
  }

  @Test
  void errors_outside_400_to_599_are_named_other() {
    assertThat(moment().lines(HALF_WAY))
        .anySatisfy(line -> assertThat(line).contains("404: 2", "503: 1", "other: 3"));
  }

  @Test
  void empty_swarm_is_all_zeros() {
    StatsAggregator empty =
        new StatsAggregator(StatsConfig.defaults().withTimeSource(new ManualTimeSource()));
    Dashboard.Progress start = new Dashboard.Progress(Duration.ZERO, Duration.ofMinutes(2), 0, 0);

    assertThat(Moment.of(empty).lines(start))
        .anySatisfy(line -> assertThat(line).contains("[" + "-".repeat(40) + "]   0 %"))
        .noneSatisfy(line -> assertThat(line).containsAnyOf("NaN", "Infinity"));
    assertThat(Moment.of(empty).report(start))
        .anySatisfy(line -> assertThat(line).contains("speed  0.000", "wall now p50     0 us"))
        .noneSatisfy(line -> assertThat(line).containsAnyOf("NaN", "Infinity"));
  }

  @Test
  void many_status_codes_wrap() {
    StatsAggregator aggregator = new StatsAggregator();
    ClientStats client = aggregator.addClient(1);
    for (int code = 400; code <= 600; code++) {
      client.recordHttpError(code);
    }

    assertThat(Moment.of(aggregator).lines(HALF_WAY))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .anySatisfy(line -> assertThat(line).contains("599: 1", "other: 1"));
    List<String> report = Moment.of(aggregator).report(HALF_WAY);
    assertThat(report.subList(1, report.size()))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
        .anySatisfy(line -> assertThat(line).contains("599: 1", "other: 1"));
  }

  /**
   * Three clients: one slow, late and losing lines, one fast with two stalls, one silent; read
   * after 60 s and again after 62 s.
   */
  private static Moment moment() {
    ManualTimeSource clock = new ManualTimeSource();
    StatsAggregator aggregator = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    StatsReader reader = aggregator.newReader();
    ClientStats slow = aggregator.addClient(1);
    ClientStats fast = aggregator.addClient(2);
    aggregator.addClient(3).onProcessStart();

    clock.setElapsed(Duration.ofSeconds(1));
    fast.onProgress(-1, 1_000_000, 1.25);
    clock.setElapsed(Duration.ofSeconds(2));
    fast.onProgress(-1, 2_000_000, 1.25); // plays until 4 s
    clock.setElapsed(Duration.ofSeconds(10));
    fast.onProgress(-1, 10_000_000, 1.25); // waited for 6 s
    clock.setElapsed(Duration.ofSeconds(11));
    fast.onProgress(-1, 46_000_000, 1.25); // plays until 54 s
    clock.setElapsed(Duration.ofSeconds(50));
    slow.updateSpeed(0.5);
    slow.recordSegmentSize(1_200_000);
    for (int i = 0; i < 10; i++) {
      aggregator.recordSegmentWallTime(80_000_000);
    }
    for (int i = 0; i < 1200; i++) {
      slow.incrementManifestRequests();
      fast.incrementSegmentRequests();
    }
    clock.setElapsed(Duration.ofMinutes(1));
    AggregatedStats before = reader.aggregate();

    slow.updateCurrentBytes(1_000_000);
    slow.updateDrift(52_000_000);
    fast.onProgress(2_500_000, 60_500_000, 1.25); // waited for 6 s
    fast.recordSegmentSize(2_600_000);
    slow.recordDroppedLines(90, 0, 10, 2);
    fast.recordDroppedLines(1000, 0, 900, 0);
    for (int i = 0; i < 10; i++) {
      slow.incrementManifestRequests();
      slow.incrementSegmentRequests();
      fast.incrementInitRequests();
      fast.incrementUnknownRequests();
      aggregator.recordSegmentWallTime(Duration.ofMillis(1 + 400L * i).toNanos());
    }
    aggregator.recordSegmentWallTime(120_000);
    slow.recordHttpError(404);
    fast.recordHttpError(404);
    slow.recordHttpError(503);
    slow.recordHttpError(302);
    slow.recordHttpError(600);
    slow.recordHttpError(0);
    slow.recordTimeout();
    fast.recordReconnection();
    clock.setElapsed(Duration.ofSeconds(62));
    fast.onProgress(2_500_000, 62_500_000, 1.25); // plays on
    AggregatedStats now = reader.aggregate();
    return new Moment(now, now.since(before));
  }
}
