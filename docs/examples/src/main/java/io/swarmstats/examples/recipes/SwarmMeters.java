package io.swarmstats.examples.recipes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Figure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Exposes a swarm through Micrometer. */
final class SwarmMeters implements MeterBinder {

  private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

  /** A figure is known by its name and its labels. */
  private record Series(String name, Map<String, String> labels) {}

  /**
   * What the meters show.
   *
   * @param stats the last snapshot
   * @param figures its figures
   * @param lastWallTimes the wall times of the interval that ends with it
   */
  private record Shown(
      AggregatedStats stats, Map<Series, Figure> figures, LatencySnapshot lastWallTimes) {

    double value(Series series) {
      Figure figure = figures.get(series);
      return figure instanceof Figure.Counter counter
          ? counter.value()
          : figure instanceof Figure.Gauge gauge ? gauge.value() : 0;
    }

    LatencySnapshot distribution(Series series) {
      return figures.get(series) instanceof Figure.Distribution distribution
          ? distribution.value()
          : LatencySnapshot.EMPTY;
    }
  }

  private final Supplier<AggregatedStats> snapshots;
  private final Tags tags;
  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
  private final Set<Series> registered = new HashSet<>();
  private volatile Shown shown;

  /**
   * Creates meters.
   *
   * @param snapshots takes a snapshot, such as a reader of its own does: {@code reader::aggregate}
   * @param labels the labels that tell this swarm from the others of the registry
   */
  SwarmMeters(Supplier<AggregatedStats> snapshots, Map<String, String> labels) {
    this.snapshots = snapshots;
    this.tags = tags(labels);
    this.shown = new Shown(snapshots.get(), Map.of(), LatencySnapshot.EMPTY);
    refresh();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    this.registry.add(registry);
    registerNew();
  }

  /**
   * Takes the snapshot that all meters show from now on. Micrometer reads each meter separately, so
   * call this method before each scrape, from one thread at a time.
   */
  void refresh() {
    Shown before = shown;
    AggregatedStats now = snapshots.get();
    Map<Series, Figure> figures = new HashMap<>();
    now.figures()
        .forEach(figure -> figures.put(new Series(figure.name(), figure.labels()), figure));
    shown = new Shown(now, figures, now.since(before.stats()).segmentWallTimes());
    if (!registry.getRegistries().isEmpty()) {
      registerNew();
    }
  }

  private void registerNew() {
    shown.figures().forEach((series, figure) -> {
      if (registered.add(series)) {
        register(series, figure);
      }
    });
  }

  private void register(Series series, Figure figure) {
    Tags all = tags.and(tags(series.labels()));
    String word = PrometheusUnits.word(figure.unit());
    String unit = word.isEmpty() ? null : word;
    if (figure instanceof Figure.Counter) {
      FunctionCounter.builder(series.name(), this, meters -> meters.shown.value(series))
          .description(figure.help())
          .baseUnit(unit)
          .tags(all)
          .register(registry);
    } else if (figure instanceof Figure.Gauge) {
      Gauge.builder(series.name(), this, meters -> meters.shown.value(series))
          .description(figure.help())
          .baseUnit(unit)
          .tags(all)
          .register(registry);
    } else {
      FunctionTimer.builder(
              series.name(),
              this,
              meters -> meters.shown.distribution(series).count(),
              meters ->
                  PrometheusUnits.seconds(meters.shown.distribution(series).sum()),
              TimeUnit.SECONDS)
          .description(figure.help())
          .tags(all)
          .register(registry);
      QUANTILES.forEach(quantile -> TimeGauge.builder(
              series.name() + ".last",
              this,
              TimeUnit.NANOSECONDS,
              meters -> meters.shown.lastWallTimes().percentile(quantile).toNanos())
          .description(figure.help() + ", percentiles since the last refresh")
          .tags(all.and("quantile", quantile.toString()))
          .register(registry));
    }
  }

  private static Tags tags(Map<String, String> labels) {
    return Tags.of(labels.entrySet().stream()
        .map(label -> Tag.of(label.getKey(), label.getValue()))
        .toList());
  }
}
