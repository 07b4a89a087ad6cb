package io.swarmstats.examples.recipes;

import io.swarmstats.latency.LatencySnapshot;
import io.swarmstats.snapshot.AggregatedStats;
import io.swarmstats.snapshot.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Writes the figures of a swarm into the recordings of the JDK Flight Recorder. */
final class SwarmEvents {

  private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

  /** One figure at one moment. The settings of a recording can change the period. */
  @Name("io.swarmstats.Figure")
  @Label("Swarm Figure")
  @Category("SwarmStats")
  @Period("1 s")
  @StackTrace(false)
  static final class FigureEvent extends Event {
    @Label("Name")
    final String name;

    @Label("Unit")
    final String unit;

    @Label("Labels")
    final String labels;

    @Label("Value")
    final double value;

    private FigureEvent(Figure figure, Map<String, String> labels, double value) {
      this.name = figure.name();
      this.unit = figure.unit();
      this.labels = labels.toString();
      this.value = value;
    }
  }

  private final Supplier<AggregatedStats> snapshots;
  private final Map<String, String> labels;

  private SwarmEvents(Supplier<AggregatedStats> snapshots, Map<String, String> labels) {
    this.snapshots = snapshots;
    this.labels = labels;
  }

  /**
   * Writes events from now on, once in each period of a running recording.
   *
   * @param snapshots takes a snapshot, such as a reader of its own does: {@code reader::aggregate}
   * @param labels the labels that tell this swarm from the others of the JVM
   * @return ends the events
   */
  static AutoCloseable register(Supplier<AggregatedStats> snapshots, Map<String, String> labels) {
    Runnable hook = new SwarmEvents(snapshots, labels)::commit;
    FlightRecorder.addPeriodicEvent(FigureEvent.class, hook);
    return () -> FlightRecorder.removePeriodicEvent(hook);
  }

  private void commit() {
    for (Figure figure : snapshots.get().figures()) {
      Map<String, String> all = new TreeMap<>(labels);
      all.putAll(figure.labels());
      if (figure instanceof Figure.Counter counter) {
        new FigureEvent(figure, all, counter.value()).commit();
      } else if (figure instanceof Figure.Gauge gauge) {
        new FigureEvent(figure, all, gauge.value()).commit();
      } else if (figure instanceof Figure.Distribution distribution) {
        commit(distribution, all);
      }
    }
  }

  private static void commit(Figure.Distribution figure, Map<String, String> labels) {
    LatencySnapshot value = figure.value();
    for (double quantile : QUANTILES) {
      labels.put("quantile", Double.toString(quantile));
      new FigureEvent(figure, labels, value.percentile(quantile).toNanos() / 1e9).commit();
    }
  }
}
