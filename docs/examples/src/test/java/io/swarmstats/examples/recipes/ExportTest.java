package io.swarmstats.examples.recipes;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.ProcessRun;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import io.swarmstats.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests each exporter with its real registry and the usual way to scrape it, while clients come,
 * restart and go.
 */
class ExportTest {

  private static final long SEED = 6;

  /** A tool that can be scraped again and again. */
  private interface Exporter extends AutoCloseable {
    Scrape scrape() throws Exception;

    @Override
    default void close() {}
  }

  /** The tools that export a swarm. */
  enum Tool {
    PROMETHEUS {
      @Override
      Exporter export(StatsAggregator swarm) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new SwarmCollector(swarm.newReader()::aggregate, Map.of()));
        HTTPServer server = HTTPServer.builder()
            .inetAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .registry(registry)
            .buildAndStart();
        HttpClient client = HttpClient.newHttpClient();
        URI metrics = URI.create("http://localhost:" + server.getPort() + "/metrics");
        return new Exporter() {
          @Override
          public Scrape scrape() throws Exception {
            HttpRequest request = HttpRequest.newBuilder(metrics).build();
            return Scrape.ofText(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
          }

          @Override
          public void close() {
            server.close();
          }
        };
      }
    },

    MICROMETER_COLLECTOR {
      @Override
      Exporter export(StatsAggregator swarm) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry
            .getPrometheusRegistry()
            .register(new SwarmCollector(swarm.newReader()::aggregate, Map.of()));
        return () -> Scrape.ofText(registry.scrape());
      }
    },

    MICROMETER_METERS {
      @Override
      Exporter export(StatsAggregator swarm) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SwarmMeters meters = new SwarmMeters(swarm.newReader()::aggregate, Map.of());
        meters.bindTo(registry);
        return () -> {
          meters.refresh();
          return Scrape.ofText(registry.scrape());
        };
      }
    },

    OPEN_TELEMETRY {
      @Override
      Exporter export(StatsAggregator swarm) {
        InMemoryMetricReader collector = InMemoryMetricReader.create();
        SwarmInstruments instruments = new SwarmInstruments(swarm.newReader()::aggregate, Map.of());
        SdkMeterProvider provider = SdkMeterProvider.builder()
            .registerMetricReader(collector)
            .registerMetricProducer(instruments)
            .build();
        BatchCallback registration = instruments.register(provider.get("io.swarmstats"));
        return new Exporter() {
          @Override
          public Scrape scrape() {
            return scrapeOf(collector);
          }

          @Override
          public void close() {
            registration.close();
            provider.close();
          }
        };
      }
    };

    abstract Exporter export(StatsAggregator swarm) throws Exception;
  }

  /** Returns the metrics under their Prometheus names. */
  private static Scrape scrapeOf(InMemoryMetricReader collector) {
    Scrape scrape = new Scrape(new TreeMap<>(), new TreeMap<>());
    for (MetricData metric : collector.collectAllMetrics()) {
      String name = PrometheusUnits.name(metric.getName(), metric.getUnit());
      switch (metric.getType()) {
        case DOUBLE_SUM -> {
          assertThat(metric.getDoubleSumData().isMonotonic()).as(name).isTrue();
          metric
              .getDoubleSumData()
              .getPoints()
              .forEach(point ->
                  scrape.counters().put(name + "_total" + labels(point), point.getValue()));
        }
        case DOUBLE_GAUGE ->
          metric
              .getDoubleGaugeData()
              .getPoints()
              .forEach(point -> scrape.others().put(name + labels(point), point.getValue()));
        case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogramData().getPoints().forEach(point -> {
            scrape.counters().put(name + "_count", (double) point.getCount());
            scrape.counters().put(name + "_sum", point.getSum());
          });
        default -> throw new AssertionError(metric);
      }
    }
    return scrape;
  }

  private static String labels(PointData point) {
    return point.getAttributes().asMap().entrySet().stream()
        .map(label -> label.getKey().getKey() + "=\"" + label.getValue() + "\"")
        .collect(
            collectingAndThen(joining(","), labels -> labels.isEmpty() ? "" : "{" + labels + "}"));
  }

  @ParameterizedTest
  @EnumSource
  void counters_underChurnAndRestarts_neverFallAndEndAtTheRecordedCounts(Tool tool)
      throws Exception {
    ChurningSwarm churning = new ChurningSwarm(SEED);
    List<Scrape> scrapes;
    try (Exporter exporter = tool.export(churning.swarm())) {
      scrapes = churning.scrapeWhileChurning(exporter::scrape);
    }

    Scrape.requireMonotone(scrapes);
    assertThat(scrapes).allSatisfy(ExportTest::requireOfOneSnapshot);
    Scrape last = scrapes.get(scrapes.size() - 1);
    assertThat(last.byLabel("swarm_requests_total", "kind"))
        .containsEntry("manifest", churning.manifestRequests())
        .containsEntry("segment", churning.segmentRequests())
        .containsEntry("init", 0L);
    SortedMap<String, Long> httpErrors = new TreeMap<>(churning.httpErrors());
    httpErrors.putIfAbsent("other", 0L);
    assertThat(last.byLabel("swarm_http_errors_total", "status")).isEqualTo(httpErrors);
    assertThat(last.counters())
        .containsEntry("swarm_output_bytes_total", (double) churning.bytes())
        .containsEntry("swarm_downloaded_bytes_total", (double) churning.downloadedBytes())
        .containsEntry("swarm_process_starts_total", (double) churning.processStarts())
        .containsEntry("swarm_timeouts_total", 0.0)
        .containsEntry("swarm_segment_wall_time_seconds_count", (double) churning.wallTimes())
        .hasEntrySatisfying(
            "swarm_segment_wall_time_seconds_sum",
            sum -> assertThat(sum).isCloseTo(churning.wallTimeSeconds(), within(1e-6)));
    assertThat(last.others()).containsEntry("swarm_clients", (double) churning.clients());
  }

  /**
   * A segment is requested before its wall time is known. A mix of two snapshots could show more
   * wall times than requests.
   */
  private static void requireOfOneSnapshot(Scrape scrape) {
    assertThat(scrape.counters())
        .hasEntrySatisfying(
            "swarm_segment_wall_time_seconds_count",
            wallTimes -> assertThat(wallTimes.longValue())
                .isLessThanOrEqualTo(
                    scrape.byLabel("swarm_requests_total", "kind").get("segment")));
  }

  /** One client stalls for 6.5 s and plays on, one has waited for 7 s, and one falls silent. */
  @ParameterizedTest
  @EnumSource
  void stallsAndStates_haveTheSameNamesAndValuesInEveryTool(Tool tool) throws Exception {
    ManualTimeSource clock = new ManualTimeSource();
    StatsAggregator swarm = new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
    ProcessRun recovered = swarm.addClient(1).onProcessStart();
    ProcessRun stalled = swarm.addClient(2).onProcessStart();
    ClientStats silent = swarm.addClient(3);
    silent.onProcessStart();
    silent.onProcessStart();
    silent.recordSegmentSize(700);
    clock.setElapsed(Duration.ofSeconds(1));
    recovered.onProgress(100, 500_000, 0.5);
    stalled.onProgress(100, 500_000, 0.5);
    clock.setElapsed(Duration.ofSeconds(2));
    recovered.onProgress(200, 1_000_000, 0.5); // plays from here, until 3 s
    stalled.onProgress(200, 1_000_000, 0.5);
    clock.setElapsed(Duration.ofMillis(9_500));
    recovered.onProgress(300, 1_500_000, 0.16); // waited for 6.5 s, and plays until 10 s
    clock.setElapsed(Duration.ofSeconds(10));
    recovered.onProgress(400, 9_500_000, 0.95);
    stalled.onProgress(400, 1_000_000, 0.1); // has waited for 7 s
    clock.setElapsed(Duration.ofMillis(10_001));

    try (Exporter exporter = tool.export(swarm)) {
      Scrape scrape = exporter.scrape();

      assertThat(scrape.counters())
          .containsEntry("swarm_output_bytes_total", 800.0)
          .containsEntry("swarm_downloaded_bytes_total", 700.0)
          .containsEntry("swarm_process_starts_total", 4.0)
          .containsEntry("swarm_stalls_total", 1.0)
          .containsEntry("swarm_stalled_seconds_total", 13.5);
      assertThat(scrape.others())
          .containsEntry("swarm_clients", 3.0)
          .containsEntry("swarm_stalled_clients", 2.0) // the silent client never began to play
          .containsEntry("swarm_silent_clients", 1.0)
          .containsEntry("swarm_high_drift_clients", 1.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void series_ofHttpErrors_areAtMost201(Tool tool) throws Exception {
    StatsAggregator swarm = new StatsAggregator();
    ClientStats client = swarm.addClient(0);
    try (Exporter exporter = tool.export(swarm)) {
      for (int code = 0; code < 1_000; code++) {
        client.recordHttpError(code);
      }

      assertThat(exporter.scrape().byLabel("swarm_http_errors_total", "status"))
          .hasSize(201)
          .containsEntry("404", 1L)
          .containsEntry("other", 800L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void series_ofMoreClients_areNoMore(Tool tool) throws Exception {
    StatsAggregator swarm = new StatsAggregator();
    swarm.addClient(0).recordHttpError(404);
    swarm.recordSegmentWallTime(1);
    try (Exporter exporter = tool.export(swarm)) {
      Scrape ofOne = exporter.scrape();
      for (int id = 1; id < 1_000; id++) {
        swarm.addClient(id).recordHttpError(404);
      }
      Scrape ofMany = exporter.scrape();

      assertThat(ofMany.counters()).containsOnlyKeys(ofOne.counters().keySet());
      assertThat(ofMany.others()).containsOnlyKeys(ofOne.others().keySet());
      assertThat(ofMany.byLabel("swarm_http_errors_total", "status")).containsEntry("404", 1_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void scrape_takesOneSnapshot(Tool tool) throws Exception {
    AtomicInteger snapshots = new AtomicInteger();
    StatsAggregator swarm =
        new StatsAggregator(StatsConfig.defaults().withTimeSource(new CountingClock(snapshots)));
    ClientStats client = swarm.addClient(1);
    client.incrementInitRequests();
    try (Exporter exporter = tool.export(swarm)) {
      exporter.scrape();
      int before = snapshots.get();
      assertThat(exporter.scrape().byLabel("swarm_requests_total", "kind"))
          .containsEntry("init", 1L);

      assertThat(snapshots.get() - before).isEqualTo(1);
    }
  }

  /**
   * Counts the readings of the wall clock: one per snapshot, and none for other reasons.
   * {@code ManualTimeSource} does not count readings.
   */
  private record CountingClock(AtomicInteger asked) implements TimeSource {

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant instant() {
      asked.incrementAndGet();
      return Instant.EPOCH;
    }
  }
}
