package io.swarmstats.jmh.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One figure that JMH measured, with the benchmark and the parameters that it belongs to.
 *
 * @param type the class of the benchmark
 * @param method its method; in a group, the method of one of the threads
 * @param setup how it was measured
 * @param error half of the confidence interval that JMH gives; infinite if it gives none
 * @param unit {@code ns/op} and the like, or {@code B} for a benchmark of memory
 * @param percentiles median, 99th and maximum where single calls were timed; otherwise empty
 * @param bytesPerOp what an operation allocates; NaN if it was not measured
 */
record Result(
    String type,
    String method,
    SortedMap<String, String> params,
    int threads,
    Setup setup,
    double score,
    double error,
    String unit,
    List<Double> percentiles,
    double bytesPerOp) {

  private static final String BYTES = "B";

  /**
   * How JMH measured it.
   *
   * @param mode as JMH calls it: {@code avgt}, {@code sample}, {@code ss}
   * @param warmup iterations and their length, {@code 3 × 400 ms}
   * @param measurement likewise
   * @param flags of the JVM, with spaces between them
   */
  record Setup(String mode, int forks, String warmup, String measurement, String flags) {

    /** Returns it in words. */
    String words() {
      if (mode.equals("ss")) {
        return "counted once";
      }
      return "%s, %s forks, %s after %s%s"
          .formatted(
              mode.equals("sample") ? "single calls timed" : "average time",
              Integer.toString(forks), // in ASCII digits
              measurement,
              warmup,
              Stream.of(flags.split(" ", -1))
                  .filter(flag -> !flag.isEmpty())
                  .map(flag -> ", `" + flag + "`")
                  .collect(joining()));
    }
  }

  /** The collector's other figures, and percentiles, which the score has with it. */
  private static final Pattern OF_THE_HARNESS = Pattern.compile("gc\\..*|(.*:)?p[01]\\.\\d+");

  /** Reads all results of a run: each JSON file of its folder, in the order of their names. */
  static List<Result> readAll(Path folder) throws IOException {
    return readAll(folder, metric -> metric.path("score").asDouble());
  }

  /**
   * Reads all results of a run, each with the mean of its best fork as the score: other work of the
   * machine can only add to a time.
   */
  static List<Result> readBestForks(Path folder) throws IOException {
    return readAll(folder, Result::bestFork);
  }

  private static double bestFork(JsonNode metric) {
    return stream(metric.path("rawData"))
        .mapToDouble(
            fork -> stream(fork).mapToDouble(JsonNode::asDouble).average().orElse(Double.NaN))
        .min()
        .orElse(metric.path("score").asDouble());
  }

  private static List<Result> readAll(Path folder, ToDoubleFunction<JsonNode> score)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Result> results = new ArrayList<>();
    for (Path file : files) {
      for (JsonNode entry : new ObjectMapper().readTree(file.toFile())) {
        read(entry, score, results);
      }
    }
    return List.copyOf(results);
  }

  private static void read(JsonNode entry, ToDoubleFunction<JsonNode> score, List<Result> results) {
    JsonNode primary = entry.path("primaryMetric");
    double bytesPerOp = Double.NaN;
    Map<String, JsonNode> others = new TreeMap<>(); // of the methods of a group, or a count
    for (Map.Entry<String, JsonNode> metric : entry.path("secondaryMetrics").properties()) {
      if (metric.getKey().equals("gc.alloc.rate.norm")) {
        bytesPerOp = metric.getValue().path("score").asDouble();
      } else if (!OF_THE_HARNESS.matcher(metric.getKey()).matches()) {
        others.put(metric.getKey(), metric.getValue());
      }
    }

    String name = entry.path("benchmark").asText();
    String method = name.substring(name.lastIndexOf('.') + 1);
    if (others.isEmpty()) {
      results.add(of(entry, method, primary, score, bytesPerOp));
    } else if (entry.path("mode").asText().equals("ss")) {
      // a benchmark of memory: what it counted is the result, its time is none
      others.values().forEach(count -> results.add(of(entry, method, count, score, Double.NaN)));
    } else {
      // the score of a group is a mean over different work, its allocation that of all
      others.forEach((member, time) -> results.add(of(entry, member, time, score, Double.NaN)));
      results.add(of(entry, method + " (mean of all)", primary, score, bytesPerOp));
    }
  }

  private static Result of(
      JsonNode entry,
      String method,
      JsonNode metric,
      ToDoubleFunction<JsonNode> score,
      double bytesPerOp) {
    String name = entry.path("benchmark").asText();
    String mode = entry.path("mode").asText();
    // JMH has no unit for what a benchmark counts
    boolean memory = mode.equals("ss") && !metric.path("scoreUnit").asText().endsWith("/op");
    JsonNode at = metric.path("scorePercentiles");
    // JMH writes "NaN", as text, if there is but one iteration. A count of bytes does not vary.
    double error = metric.path("scoreError").asDouble(Double.NaN);
    return new Result(
        name.substring(0, name.lastIndexOf('.')),
        method,
        params(entry),
        entry.path("threads").asInt(),
        setup(entry, mode),
        memory ? bestFork(metric) : score.applyAsDouble(metric), // JMH adds up counts
        memory ? 0 : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error,
        memory ? BYTES : metric.path("scoreUnit").asText(),
        mode.equals("sample")
            ? List.of(
                at.path("50.0").asDouble(),
                at.path("99.0").asDouble(),
                at.path("100.0").asDouble())
            : List.of(),
        bytesPerOp);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static SortedMap<String, String> params(JsonNode entry) {
    SortedMap<String, String> params = new TreeMap<>();
    entry
        .path("params")
        .properties()
        .forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    return params;
  }

  private static Setup setup(JsonNode entry, String mode) {
    return new Setup(
        mode,
        entry.path("forks").asInt(),
        iterations(entry, "warmup"),
        iterations(entry, "measurement"),
        stream(entry.path("jvmArgs"))
            .map(JsonNode::asText)
            .filter(flag -> flag.startsWith("-X"))
            .collect(joining(" ")));
  }

  private static String iterations(JsonNode entry, String kind) {
    return entry.path(kind + "Iterations").asInt() + " × "
        + entry.path(kind + "Time").asText();
  }

  /** Returns the class without its package, and the method. */
  String name() {
    return type.substring(type.lastIndexOf('.') + 1) + "." + method;
  }

  /** Returns whom the figure belongs to; empty if the benchmark compares no one. */
  String contender() {
    return params.entrySet().stream()
        .filter(param -> Published.CONTENDERS.contains(param.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Returns the work that was measured: the method, and the parameters but the contender. */
  String work() {
    return params.entrySet().stream()
        .filter(param -> !Published.CONTENDERS.contains(param.getKey()))
        .map(param -> ", " + param.getKey() + " " + param.getValue())
        .collect(joining("", "`" + method + "`", ""));
  }

  boolean isLibrary() {
    return Published.LIBRARY.contains(contender());
  }

  /** Returns whether this is a rival or a peer. */
  boolean isRival() {
    return !isLibrary() && !Published.YARDSTICKS.contains(contender());
  }

  /** Returns whether this is less than the other, and the error bars do not overlap. */
  boolean beats(Result other) {
    return score < other.score && !overlaps(other);
  }

  boolean isMemory() {
    return unit.equals(BYTES);
  }

  /** Returns the score in nanoseconds, or in bytes for a benchmark of memory. */
  double base() {
    return score * nanosPer(unit);
  }

  /** Returns the error in nanoseconds or bytes. */
  double baseError() {
    return error * nanosPer(unit);
  }

  /** Returns whether the error bars of the two overlap: then no difference was seen. */
  boolean overlaps(Result other) {
    return Math.abs(score - other.score) <= error + other.error;
  }

  private static double nanosPer(String unit) {
    return switch (unit) {
      case "ns/op", BYTES -> 1;
      case "us/op" -> 1e3;
      case "ms/op" -> 1e6;
      case "s/op" -> 1e9;
      default -> throw new IllegalArgumentException("no time: " + unit);
    };
  }
}
