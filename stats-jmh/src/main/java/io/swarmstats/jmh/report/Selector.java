package io.swarmstats.jmh.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Picks results by name and parameters.
 *
 * @param name a regular expression for class and method, {@code SpeedBenchmark.updateSpeed_alone}
 * @param params the values that the named parameters must have
 */
record Selector(String name, Map<String, String> params) {

  /** Reads {@code name parameter=value parameter=value ...}. */
  static Selector of(String text) {
    int space = (text + " ").indexOf(' ');
    return new Selector(text.substring(0, space), params(text.substring(space).strip()));
  }

  /** Reads {@code parameter=value parameter=value ...}. */
  static Map<String, String> params(String text) {
    Map<String, String> params = new LinkedHashMap<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int equals = word.indexOf('=');
      params.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return params;
  }

  boolean matches(Result result) {
    return Pattern.matches(name, result.name())
        && result.params().entrySet().containsAll(params.entrySet());
  }

  List<Result> all(List<Result> results) {
    return results.stream().filter(this::matches).toList();
  }

  /** Returns the only result that matches; empty if there is none, or not one alone. */
  Optional<Result> only(List<Result> results) {
    List<Result> all = all(results);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
