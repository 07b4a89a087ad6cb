package io.swarmstats.jmh.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The thirteen counters of a client: the counters of the library, with two codes of HTTP errors.
 */
enum CounterKind {
  MANIFEST_REQUESTS,
  SEGMENT_REQUESTS,
  INIT_REQUESTS,
  UNKNOWN_REQUESTS,
  HTTP_ERRORS_404,
  HTTP_ERRORS_503,
  RECONNECTIONS,
  TIMEOUTS,
  BYTES,
  PROGRESS_LINES_DROPPED,
  PROGRESS_LINES_READ,
  STDERR_LINES_DROPPED,
  STDERR_LINES_READ;

  private static final CounterKind[] KINDS = values();

  private static final Map<String, CounterKind> BY_METRIC_NAME =
      Arrays.stream(KINDS).collect(Collectors.toMap(kind -> kind.metricName, Function.identity()));

  static final int COUNT = KINDS.length;

  private final String metricName = name().toLowerCase(Locale.ROOT);

  /** Returns the index in an array of totals. An {@code EnumMap} would box each sum. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  String metricName() {
    return metricName;
  }

  static CounterKind ofMetric(String metricName) {
    CounterKind kind = BY_METRIC_NAME.get(metricName);
    if (kind == null) {
      throw new IllegalArgumentException("no counter has this name: " + metricName);
    }
    return kind;
  }

  /**
   * Returns the counter whose name is a prefix of the given name. Allocates nothing.
   *
   * <p>The result is unique, because no name of a counter is a prefix of another.
   */
  static CounterKind ofPrefix(String name) {
    for (CounterKind kind : KINDS) {
      if (name.startsWith(kind.metricName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no counter has a prefix of this name: " + name);
  }

  /**
   * Returns the number that {@link Peer#fill} counts. The numbers of two counters differ, so that a
   * mistaken counter shows.
   */
  int sample() {
    return index() + 1;
  }
}
