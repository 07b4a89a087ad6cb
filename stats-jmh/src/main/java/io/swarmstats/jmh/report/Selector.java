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
    String[] words = text.split(" ", -1);
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      params.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return new Selector(words[0], params);
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
