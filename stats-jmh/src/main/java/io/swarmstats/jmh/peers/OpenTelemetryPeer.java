package io.swarmstats.jmh.peers;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.swarmstats.jmh.OpenTelemetryReader;
import java.util.Arrays;

/**
 * The SDK of OpenTelemetry. Its stable API binds no counter to attributes, although an incubating
 * API does. Each addition therefore looks up its {@link Attributes}, which this class keeps. A
 * program can only write counters; a reader collects them.
 *
 * <p>By default an instrument keeps 2,000 sets of attributes apart and merges the rest. Here the
 * limit follows the number of clients.
 */
final class OpenTelemetryPeer implements Peer {

  private final OpenTelemetryReader reader =
      new OpenTelemetryReader(AggregationTemporality.CUMULATIVE);
  private final LongCounter[] counters; // by CounterKind.index()
  private final Attributes[] attributes; // by client

  OpenTelemetryPeer(int clients) {
    SdkMeterProvider provider = SdkMeterProvider.builder()
        .setExemplarFilter(ExemplarFilter.alwaysOff())
        .registerMetricReader(reader, instrumentType -> clients + 1) // one for the overflow
        .build();
    Meter meter = provider.get("io.swarmstats.jmh.peers");
    this.counters = Arrays.stream(CounterKind.values())
        .map(kind -> meter.counterBuilder(kind.metricName()).build())
        .toArray(LongCounter[]::new);
    AttributeKey<String> key = AttributeKey.stringKey("client");
    this.attributes = new Attributes[clients];
    Arrays.setAll(attributes, client -> Attributes.of(key, Integer.toString(client)));
  }

  @Override
  public void fill(int client) {
    for (CounterKind kind : CounterKind.values()) {
      counters[kind.index()].add(kind.sample(), attributes[client]);
    }
  }

  @Override
  public void recordSegment(int client, long bytes, long totalBytes) {
    counters[CounterKind.SEGMENT_REQUESTS.index()].add(1, attributes[client]);
    counters[CounterKind.BYTES.index()].add(bytes, attributes[client]);
  }

  @Override
  public long[] totalsByRegistry() {
    long[] totals = new long[CounterKind.COUNT];
    for (MetricData metric : reader.collect()) {
      long total = 0;
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        total += point.getValue();
      }
      totals[CounterKind.ofMetric(metric.getName()).index()] = total;
    }
    return totals;
  }
}
