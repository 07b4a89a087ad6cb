package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Errors by kind.
 *
 * @param http the HTTP errors by status code: ascending, counts above 0 only, unmodifiable. Codes
 *     outside 400..599 are together under {@link #OTHER}
 * @param reconnections connections that were re-established; a reconnection is not an error
 * @param timeouts requests that timed out
 */
public record Errors(SortedMap<Integer, Long> http, long reconnections, long timeouts) {

  /** The key of HTTP errors whose status code is outside 400..599. */
  public static final int OTHER = 0;

  /** The lowest status code that has a count of its own. */
  public static final int FIRST_STATUS_CODE = 400;

  /** The highest status code that has a count of its own. */
  public static final int LAST_STATUS_CODE = 599;

  /**
   * Checks the components and copies the map.
   *
   * @throws NullPointerException if the map, a key or a value is null
   * @throws IllegalArgumentException if a key is not {@link #OTHER} and not in 400..599, if a value
   *     is not above 0, or if a count is negative
   */
  public Errors {
    Objects.requireNonNull(http, "http must not be null");
    SortedMap<Integer, Long> ascending = new TreeMap<>();
    http.forEach((code, count) -> {
      Objects.requireNonNull(code, "status code must not be null");
      if (code != OTHER && !isCounted(code)) {
        throw new IllegalArgumentException(
            "status code must be 400..599, or 0 for others: " + code);
      }
      if (Objects.requireNonNull(count, "count must not be null") <= 0) {
        throw new IllegalArgumentException("count of " + code + " must be above 0: " + count);
      }
      ascending.put(code, count);
    });
    http = Collections.unmodifiableSortedMap(ascending);
    Require.notNegative("reconnections", reconnections);
    Require.notNegative("timeouts", timeouts);
  }

  /**
   * Returns whether a status code has a count of its own. All others count under {@link #OTHER}.
   *
   * @param statusCode any number
   * @return true for 400..599
   */
  public static boolean isCounted(int statusCode) {
    return statusCode >= FIRST_STATUS_CODE && statusCode <= LAST_STATUS_CODE;
  }

  Errors since(Errors earlier) {
    SortedMap<Integer, Long> rest = new TreeMap<>();
    http.forEach((code, count) -> {
      long more = Saturating.subtract(count, earlier.http.getOrDefault(code, 0L));
      if (more > 0) {
        rest.put(code, more);
      }
    });
    return new Errors(
        rest,
        Saturating.subtract(reconnections, earlier.reconnections),
        Saturating.subtract(timeouts, earlier.timeouts));
  }

  static Errors merge(List<Errors> parts) {
    long[] counts = new long[LAST_STATUS_CODE + 1];
    for (Errors part : parts) {
      part.http.forEach((code, count) -> counts[code] = Saturating.add(counts[code], count));
    }
    SortedMap<Integer, Long> http = new TreeMap<>();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        http.put(code, counts[code]);
      }
    }
    return new Errors(
        http,
        Saturating.sum(parts, Errors::reconnections),
        Saturating.sum(parts, Errors::timeouts));
  }

  /** Returns {@code total() / max(requests, total())}; 0 if there are neither. */
  double rateOf(Requests requests) {
    long failed = total();
    return failed == 0 ? 0.0 : (double) failed / Math.max(requests.total(), failed);
  }

  /**
   * Returns the HTTP errors of all status codes.
   *
   * @return the sum; saturates at {@link Long#MAX_VALUE}
   */
  public long httpTotal() {
    long sum = 0;
    for (long count : http.values()) {
      sum = Saturating.add(sum, count);
    }
    return sum;
  }

  /**
   * Returns all errors: HTTP errors and timeouts. A reconnection is not an error.
   *
   * @return the sum; saturates at {@link Long#MAX_VALUE}
   */
  public long total() {
    return Saturating.add(httpTotal(), timeouts);
  }

  /**
   * Returns the name of a status code, for people and for metric labels.
   *
   * @param statusCode a key of {@link #http()}
   * @return {@code "other"} for {@link #OTHER}; the number in all other cases
   */
  public static String label(int statusCode) {
    return statusCode == OTHER ? "other" : Integer.toString(statusCode);
  }
}
