package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.latency.LatencySnapshot;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One figure of a snapshot, under the name that exporters use. {@link AggregatedStats#figures()}
 * returns all figures. Deeply immutable.
 *
 * <p>Names follow the rules of OpenTelemetry [1]: lower case, with dots between namespaces. Units
 * are those of UCUM, such as {@code s} and {@code By}, or a noun in braces. The names of Prometheus
 * follow from these: underscores for dots, the unit at the end, and {@code _total} for counters
 * [2].
 *
 * <p>[1] OpenTelemetry semantic conventions, general metric semantic conventions.
 *
 * <p>[2] OpenTelemetry specification, Prometheus and OpenMetrics compatibility.
 */
public sealed interface Figure {

  /**
   * Returns the name.
   *
   * @return lower case, such as {@code swarm.requests}
   */
  String name();

  /**
   * Returns the unit, as UCUM writes it.
   *
   * @return such as {@code s}, {@code By}, {@code 1} for a ratio, or {@code {request}}
   */
  String unit();

  /**
   * Returns what the figure means.
   *
   * @return one line
   */
  String help();

  /**
   * Returns the labels that tell figures of the same name apart.
   *
   * @return ascending by key, unmodifiable; empty if the name has only one figure
   */
  Map<String, String> labels();

  /**
   * A total of live and departed clients. It does not fall within an epoch.
   *
   * @param name the name
   * @param unit the unit
   * @param help what the figure means
   * @param labels the labels
   * @param value at least 0; exact up to 2^53
   */
  record Counter(String name, String unit, String help, Map<String, String> labels, double value)
      implements Figure {

    /**
     * Checks the components and copies the labels.
     *
     * @throws NullPointerException if a component is null
     * @throws IllegalArgumentException if the value is negative or not finite
     */
    public Counter {
      labels = checked(name, unit, help, labels);
      Require.finite("value", value);
    }
  }

  /**
   * A figure that can rise and fall.
   *
   * @param name the name
   * @param unit the unit
   * @param help what the figure means
   * @param labels the labels
   * @param value finite in every snapshot of an aggregator
   */
  record Gauge(String name, String unit, String help, Map<String, String> labels, double value)
      implements Figure {

    /**
     * Copies the labels.
     *
     * @throws NullPointerException if a component is null
     */
    public Gauge {
      labels = checked(name, unit, help, labels);
    }
  }

  /**
   * A distribution of times since the epoch began.
   *
   * @param name the name
   * @param unit the unit of the bounds of the buckets
   * @param help what the figure means
   * @param labels the labels
   * @param value the distribution
   */
  record Distribution(
      String name, String unit, String help, Map<String, String> labels, LatencySnapshot value)
      implements Figure {

    /**
     * Copies the labels.
     *
     * @throws NullPointerException if a component is null
     */
    public Distribution {
      labels = checked(name, unit, help, labels);
      Objects.requireNonNull(value, "value must not be null");
    }
  }

  private static Map<String, String> checked(
      String name, String unit, String help, Map<String, String> labels) {
    Objects.requireNonNull(name, "name must not be null");
    Objects.requireNonNull(unit, "unit must not be null");
    Objects.requireNonNull(help, "help must not be null");
    Objects.requireNonNull(labels, "labels must not be null");
    return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
