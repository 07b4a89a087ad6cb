package io.swarmstats.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.swarmstats.ClientStats;
import io.swarmstats.ManualTimeSource;
import io.swarmstats.StatsAggregator;
import io.swarmstats.StatsConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What Prometheus sees of a swarm: created timestamps, and wall times without loss. */
class SwarmCollectorTest {

  private static final String WALL_TIMES = "swarm_segment_wall_time_seconds";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
  private static final String TEXT = "text/plain; version=0.0.4";
  private static final String PROTOBUF = "application/vnd.google.protobuf;"
      + " proto=io.prometheus.client.MetricFamily; encoding=delimited";

  /** The numbers of the fields in Prometheus' metrics.proto. */
  private static final class Field {
    static final int NAME = 1; // of a MetricFamily
    static final int METRIC = 4;
    static final int HISTOGRAM = 7; // of a Metric
    static final int SAMPLE_COUNT = 1; // of a Histogram
    static final int SAMPLE_SUM = 2;
    static final int BUCKET = 3;
    static final int SCHEMA = 5;
    static final int ZERO_THRESHOLD = 6;
    static final int ZERO_COUNT = 7;
    static final int POSITIVE_SPAN = 12;
    static final int POSITIVE_DELTA = 13;
    static final int CUMULATIVE_COUNT = 1; // of a Bucket
    static final int UPPER_BOUND = 2;
    static final int OFFSET = 1; // of a BucketSpan
    static final int LENGTH = 2;
  }

  private final ManualTimeSource clock = new ManualTimeSource();
  private final StatsAggregator swarm =
      new StatsAggregator(StatsConfig.defaults().withTimeSource(clock));
  private final SwarmCollector collector =
      new SwarmCollector(swarm.newReader()::aggregate, Map.of());

  private void record(long... latencies) {
    for (long nanos : latencies) {
      swarm.recordSegmentWallTime(nanos);
    }
  }

  private MetricSnapshot metric(String name) {
    return collector.collect().stream()
        .filter(metric -> metric.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private HistogramDataPointSnapshot wallTimes() {
    return ((HistogramSnapshot) metric(WALL_TIMES)).getDataPoints().get(0);
  }

  private static SortedMap<Integer, Long> counts(NativeHistogramBuckets buckets) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    buckets.forEach(bucket -> counts.put(bucket.getBucketIndex(), bucket.getCount()));
    return counts;
  }

  /** Returns the cumulative classic counts by upper bound. */
  private static SortedMap<Double, Long> classic(HistogramDataPointSnapshot point) {
    SortedMap<Double, Long> cumulative = new TreeMap<>();
    long count = 0;
    for (int i = 0; i < point.getClassicBuckets().size(); i++) {
      count += point.getClassicBuckets().getCount(i);
      cumulative.put(point.getClassicBuckets().getUpperBound(i), count);
    }
    return cumulative;
  }

  @Test
  void firstErrorsOfAStatus_haveACreatedTimestamp_soThatIncreaseSeesThem() {
    ClientStats client = swarm.addClient(1);
    collector.collect(); // no series of status 503 yet
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 500; i++) {
      client.recordHttpError(503);
    }

    CounterSnapshot errors = (CounterSnapshot) metric("swarm_http_errors");

    assertThat(errors.getDataPoints()).hasSize(2).first().satisfies(point -> {
      assertThat(point.getLabels().get("status")).isEqualTo("503");
      assertThat(point.getValue()).isEqualTo(500);
      assertThat(point.hasCreatedTimestamp()).isTrue();
      assertThat(point.getCreatedTimestampMillis())
          .isEqualTo(swarm.aggregate().startTime().toEpochMilli());
    });
  }

  @Test
  void everythingThatOnlyGrows_hasTheStartOfTheEpochAsCreatedTimestamp() {
    swarm.addClient(1).recordHttpError(404);
    record(1_000_000);
    clock.advance(Duration.ofSeconds(5));
    swarm.reset();
    swarm.addClient(2).recordHttpError(404);
    clock.advance(Duration.ofSeconds(5));
    long start = swarm.aggregate().startTime().toEpochMilli();

    for (MetricSnapshot metric : collector.collect()) {
      boolean grows = !(metric instanceof GaugeSnapshot);
      assertThat(metric.getDataPoints()).as(metric.getMetadata().getName()).isNotEmpty();
      for (DataPointSnapshot point : metric.getDataPoints()) {
        assertThat(point.hasCreatedTimestamp()).isEqualTo(grows);
        assertThat(point.getCreatedTimestampMillis()).isEqualTo(grows ? start : 0);
      }
    }
  }

  /** A swarm of its own for each label: the registry merges families of one name. */
  @Test
  void twoSwarmsInOneRegistry_areBothInOneScrape() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    for (String name : List.of("live", "vod")) {
      StatsAggregator aggregator = new StatsAggregator();
      aggregator.addClient(1).incrementSegmentRequests();
      aggregator.recordSegmentWallTime(1_000_000);
      registry.register(
          new SwarmCollector(aggregator.newReader()::aggregate, Map.of("swarm", name)));
    }

    List<String> lines = new String(scrape(registry, OPEN_METRICS), StandardCharsets.UTF_8)
        .lines()
        .toList();

    for (String name : List.of("live", "vod")) {
      assertThat(lines)
          .contains(
              "swarm_clients{swarm=\"" + name + "\"} 1.0",
              "swarm_requests_total{kind=\"segment\",swarm=\"" + name + "\"} 1.0",
              WALL_TIMES + "_count{swarm=\"" + name + "\"} 1");
    }
    assertThat(lines).doesNotHaveDuplicates();
  }

  @Test
  void names_areTheUnitsAndTypesOfPrometheus() throws Exception {
    List<String> types = new String(scrape(TEXT), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .toList();

    assertThat(types)
        .contains(
            "# TYPE swarm_stalled_seconds_total counter",
            "# TYPE swarm_output_bytes_total counter",
            "# TYPE swarm_average_speed_ratio gauge",
            "# TYPE swarm_request_rate_per_second gauge",
            "# TYPE swarm_output_rate_bytes_per_second gauge",
            "# TYPE swarm_start_time_seconds gauge",
            "# TYPE swarm_segment_wall_time_seconds histogram");
  }

  @Test
  void wallTimes_haveSumAndCount() {
    record(180_000_000, 220_000_000);

    assertThat(wallTimes().hasSum()).isTrue();
    assertThat(wallTimes().getSum()).isEqualTo(0.4);
    assertThat(wallTimes().hasCount()).isTrue();
    assertThat(wallTimes().getCount()).isEqualTo(2);
  }

  @Test
  void sum_beyondTheRangeOfLongNanoseconds_isRight() {
    record(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(wallTimes().getSum()).isCloseTo(3 * (Long.MAX_VALUE / 1e9), within(1e-3));
  }

  @Test
  void nativeBuckets_areThoseOfRecordingAtTheirSchema() {
    long[] latencies = LongStream.concat(
            Arrays.stream(ExactBuckets.random(1, 5_000)), LongStream.of(0, 0, 1, Long.MAX_VALUE))
        .toArray();
    record(latencies);

    HistogramDataPointSnapshot point = wallTimes();

    assertThat(point.getNativeSchema()).isEqualTo(1); // 62 octaves are 124 buckets
    assertThat(counts(point.getNativeBucketsForPositiveValues()))
        .isEqualTo(ExactBuckets.counts(latencies, 1));
    assertThat(point.getNativeZeroCount()).isEqualTo(2);
    assertThat(point.getNativeZeroThreshold()).isBetween(Double.MIN_VALUE, 1e-9);
    assertThat(point.getCount()).isEqualTo(latencies.length);
  }

  @Test
  void fewBuckets_areNotFolded() {
    record(10_000_000, 1_000_000_000, 60_000_000_000L);

    assertThat(wallTimes().getNativeSchema()).isEqualTo(6);
    assertThat(counts(wallTimes().getNativeBucketsForPositiveValues()))
        .isEqualTo(ExactBuckets.counts(new long[] {10_000_000, 1_000_000_000, 60_000_000_000L}, 6));
  }

  @Test
  void classicCounts_areExactAtEachBound_andCumulative() {
    long[] latencies = LongStream.concat(
            Arrays.stream(ExactBuckets.random(2, 5_000)),
            LongStream.concat(LongStream.of(0), Arrays.stream(ExactBuckets.bounds())))
        .toArray();
    record(latencies);

    SortedMap<Double, Long> classic = classic(wallTimes());

    assertThat(classic).hasSize(15).containsKeys(1.0 / 128, 0.25, 1.0, 64.0);
    assertThat(classic.lastKey()).isInfinite();
    assertThat(List.copyOf(classic.values())).isSorted();
    assertThat(classic.get(classic.lastKey())).isEqualTo(latencies.length);
    classic.headMap(Double.POSITIVE_INFINITY).forEach((bound, count) -> {
      long limit = new BigDecimal(bound).movePointRight(9).longValueExact(); // a whole nanosecond
      assertThat(count)
          .isEqualTo(Arrays.stream(latencies).filter(nanos -> nanos <= limit).count());
    });
  }

  @Test
  void schema_neverRisesInAnEpoch() {
    int before = 6;
    for (long seed = 0; seed < 20; seed++) {
      record(ExactBuckets.random(seed, 20));
      assertThat(wallTimes().getNativeSchema()).isLessThanOrEqualTo(before);
      assertThat(wallTimes().getNativeBucketsForPositiveValues().size()).isLessThanOrEqualTo(160);
      before = wallTimes().getNativeSchema();
    }
    assertThat(before).isLessThan(6);
  }

  @Test
  void openMetricsScrape_hasTheClassicBuckets() throws Exception {
    record(0, 7_000_000, 250_000_000, 250_000_001, 90_000_000_000L);

    List<String> lines =
        new String(scrape(OPEN_METRICS), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines)
        .contains("# TYPE " + WALL_TIMES + " histogram")
        .containsSubsequence(
            WALL_TIMES + "_bucket{le=\"0.0078125\"} 2",
            WALL_TIMES + "_bucket{le=\"0.25\"} 3",
            WALL_TIMES + "_bucket{le=\"0.5\"} 4",
            WALL_TIMES + "_bucket{le=\"64.0\"} 4",
            WALL_TIMES + "_bucket{le=\"+Inf\"} 5",
            WALL_TIMES + "_count 5",
            WALL_TIMES + "_sum 90.507000001");
  }

  @Test
  void protobufScrape_hasTheNativeBucketsToo() throws Exception {
    long[] latencies = LongStream.concat(
            Arrays.stream(ExactBuckets.random(3, 100)), LongStream.of(0, 1_000_000_000))
        .toArray();
    record(latencies);
    HistogramDataPointSnapshot point = wallTimes();

    ProtobufMessage histogram = scrapedHistogram();

    assertThat(histogram.number(Field.SAMPLE_COUNT)).isEqualTo(102);
    assertThat(histogram.decimal(Field.SAMPLE_SUM)).isEqualTo(point.getSum());
    assertThat(histogram.signed(Field.SCHEMA)).isEqualTo(6);
    assertThat(histogram.number(Field.ZERO_COUNT)).isEqualTo(1);
    assertThat(nativeCounts(histogram)).isEqualTo(ExactBuckets.counts(latencies, 6));
    SortedMap<Double, Long> classic = new TreeMap<>();
    histogram
        .messages(Field.BUCKET)
        .forEach(bucket ->
            classic.put(bucket.decimal(Field.UPPER_BOUND), bucket.number(Field.CUMULATIVE_COUNT)));
    assertThat(classic).isEqualTo(classic(point));
  }

  /** Prometheus takes a histogram as native if it has spans or a positive zero threshold. */
  @Test
  void protobufScrape_beforeTheFirstWallTime_isNative() throws Exception {
    ProtobufMessage histogram = scrapedHistogram();

    assertThat(histogram.number(Field.SAMPLE_COUNT)).isZero();
    assertThat(histogram.decimal(Field.SAMPLE_SUM)).isZero();
    assertThat(histogram.decimal(Field.ZERO_THRESHOLD)).isPositive();
    assertThat(nativeCounts(histogram)).isEmpty();
  }

  private ProtobufMessage scrapedHistogram() throws Exception {
    return ProtobufMessage.readDelimited(scrape(PROTOBUF)).stream()
        .filter(family -> family.text(Field.NAME).equals(WALL_TIMES))
        .findFirst()
        .orElseThrow()
        .message(Field.METRIC)
        .message(Field.HISTOGRAM);
  }

  /** Spans say which buckets follow each other; each count is a difference to the one before. */
  private static SortedMap<Integer, Long> nativeCounts(ProtobufMessage histogram) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    long[] deltas = histogram.allSigned(Field.POSITIVE_DELTA).toArray();
    int next = 0;
    int index = 0;
    long count = 0;
    for (ProtobufMessage span : histogram.messages(Field.POSITIVE_SPAN)) {
      index += (int) span.signed(Field.OFFSET);
      for (long i = 0; i < span.number(Field.LENGTH); i++) {
        count += deltas[next];
        next++;
        if (count > 0) {
          counts.put(index, count);
        }
        index++;
      }
    }
    assertThat(next).isEqualTo(deltas.length);
    return counts;
  }

  private byte[] scrape(String accept) throws IOException, InterruptedException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(collector);
    return scrape(registry, accept);
  }

  private static byte[] scrape(PrometheusRegistry registry, String accept)
      throws IOException, InterruptedException {
    try (HTTPServer server = HTTPServer.builder()
        .inetAddress(InetAddress.getLoopbackAddress())
        .port(0)
        .registry(registry)
        .buildAndStart()) {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create("http://localhost:" + server.getPort() + "/metrics"))
          .header("Accept", accept)
          .build();
      HttpResponse<byte[]> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith(accept.split(";", 2)[0]));
      return response.body();
    }
  }
}
