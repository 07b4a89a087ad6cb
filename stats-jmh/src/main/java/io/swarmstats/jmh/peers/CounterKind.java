package io.swarmstats.jmh.peers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The thirteen counters of a client: those of the library, with two codes of HTTP errors. */
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

  /** The place in an array of totals: an EnumMap would box each sum. */
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
      throw new IllegalArgumentException("No counter has the name " + metricName);
    }
    return kind;
  }

  /** Allocates nothing. No kind's name is the beginning of another's. */
  static CounterKind ofPrefix(String name) {
    for (CounterKind kind : KINDS) {
      if (name.startsWith(kind.metricName)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No counter's name begins " + name);
  }

  /**
   * What {@link Peer#fill} counts: another number for each kind, so that none is taken for another.
   */
  int sample() {
    return index() + 1;
  }
}
