package io.swarmstats.jmh;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/**
 * A reader of OpenTelemetry's SDK that collects on demand, into objects that it reuses: the
 * cheapest way to read. Without a reader, the SDK records nothing.
 */
public final class OpenTelemetryReader implements MetricReader {

  private final AggregationTemporality temporality;
  private CollectionRegistration metrics = CollectionRegistration.noop();

  /**
   * Creates a reader.
   *
   * @param temporality whether a metric covers everything so far, or the time since the last
   *     collection
   */
  public OpenTelemetryReader(AggregationTemporality temporality) {
    this.temporality = temporality;
  }

  /** Returns all metrics. The next call changes them. */
  public Collection<MetricData> collect() {
    return metrics.collectAllMetrics();
  }

  @Override
  public void register(CollectionRegistration registration) {
    metrics = registration;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
    return temporality;
  }

  @Override
  public MemoryMode getMemoryMode() {
    return MemoryMode.REUSABLE_DATA;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
