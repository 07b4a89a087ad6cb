package io.swarmstats.examples.recipes;

import java.time.Duration;
import java.util.Map;

/** The units of figures, as the names of Prometheus write them. */
final class PrometheusUnits {

  private static final Map<String, String> WORDS = Map.of(
      "s", "seconds",
      "By", "bytes",
      "1", "ratio",
      "By/s", "bytes_per_second",
      "{request}/s", "per_second");

  private PrometheusUnits() {}

  /**
   * Returns the word for a unit of UCUM; empty for a unit in braces, which names have no word for.
   */
  static String word(String unit) {
    return WORDS.getOrDefault(unit, "");
  }

  /** Returns a name of OpenTelemetry as a name of Prometheus, without the suffix of its type. */
  static String name(String name, String unit) {
    String word = word(unit);
    return name.replace('.', '_') + (word.isEmpty() ? "" : '_' + word);
  }

  /** Returns a duration in the unit of Prometheus and OpenTelemetry. */
  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9; // a sum can exceed 292 years
  }
}
