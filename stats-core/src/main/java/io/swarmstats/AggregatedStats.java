package io.swarmstats;

import io.swarmstats.internal.Saturating;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One snapshot of a swarm. Immutable, all the way down.
 *
 * <p>Totals (requests, bytes, errors, lines, rejected updates) are of the clients that are live and
 * of those that have departed; they never fall from one snapshot to a later one of the same epoch.
 * Everything else is of the live clients only, except for the maximum drift and the peak drop rate,
 * which are of both.
 *
 * @param timestamp the wall-clock time of the snapshot
 * @param elapsed the time since the epoch began; at least zero
 * @param clients how many clients there are, and how many in which state
 * @param requests the requests of all clients
 * @param totalBytes the bytes of all clients; at least 0, saturates at {@link Long#MAX_VALUE}
 * @param errors the errors of all clients
 * @param playback speeds and drifts
 * @param pipeline the lines read from FFmpeg, and those dropped
 * @param uptimes the uptimes of the live clients
 * @param segmentWallTimes how long the download of a segment took
 * @param sinceStart rates over the epoch: total / elapsed
 * @param instantaneous rates since the previous snapshot of the same reader; for its first one of
 *     an epoch, since the epoch began
 * @param rejectedUpdates updates that were refused: those of live clients, those of departed
 *     clients up to their removal, and wall times
 */
public record AggregatedStats(
    Instant timestamp,
    Duration elapsed,
    Clients clients,
    Requests requests,
    long totalBytes,
    Errors errors,
    Playback playback,
    Pipeline pipeline,
    Uptimes uptimes,
    LatencySnapshot segmentWallTimes,
    Rates sinceStart,
    Rates instantaneous,
    long rejectedUpdates) {

  /**
   * Checks the components.
   *
   * @param timestamp see the record
   * @param elapsed see the record
   * @param clients see the record
   * @param requests see the record
   * @param totalBytes see the record
   * @param errors see the record
   * @param playback see the record
   * @param pipeline see the record
   * @param uptimes see the record
   * @param segmentWallTimes see the record
   * @param sinceStart see the record
   * @param instantaneous see the record
   * @param rejectedUpdates see the record
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if a number or {@code elapsed} is negative
   */
  public AggregatedStats {
    Objects.requireNonNull(timestamp, "timestamp must not be null");
    Require.notNegative("elapsed", elapsed);
    Objects.requireNonNull(clients, "clients must not be null");
    Objects.requireNonNull(requests, "requests must not be null");
    Objects.requireNonNull(errors, "errors must not be null");
    Objects.requireNonNull(playback, "playback must not be null");
    Objects.requireNonNull(pipeline, "pipeline must not be null");
    Objects.requireNonNull(uptimes, "uptimes must not be null");
    Objects.requireNonNull(segmentWallTimes, "segmentWallTimes must not be null");
    Objects.requireNonNull(sinceStart, "sinceStart must not be null");
    Objects.requireNonNull(instantaneous, "instantaneous must not be null");
    Require.notNegative("totalBytes", totalBytes);
    Require.notNegative("rejectedUpdates", rejectedUpdates);
  }

  /**
   * Returns errors / requests: {@code errors.total() / max(requests.total(), errors.total())}.
   *
   * <p>Errors of requests that were never counted are taken to have a request each, so the rate
   * never exceeds 1.
   *
   * @return 0..1; 0 if there are neither
   */
  public double errorRate() {
    long failed = errors.total();
    return failed == 0 ? 0.0 : (double) failed / Math.max(requests.total(), failed);
  }

  /**
   * Returns the rates between an earlier snapshot of the same epoch and this one: the differences
   * of totals / the difference of elapsed times.
   *
   * <p>A client that was added in between, with a history, counts with all of it. A pure function
   * of the two. What fell, because the snapshots are of two epochs or in the wrong order, counts as
   * 0.
   *
   * @param earlier the snapshot at the start of the window
   * @return never negative, NaN or infinite; zero if no time passed between the two
   */
  public Rates ratesSince(AggregatedStats earlier) {
    Objects.requireNonNull(earlier, "earlier must not be null");
    return Rates.between(earlier, elapsed, requests, totalBytes);
  }

  /**
   * How many clients there are, and how many in which state.
   *
   * @param active live clients: {@code aboveRealtime + belowRealtime + unknownSpeed}
   * @param peakActive the most live clients that there were at any moment of the epoch
   * @param everAdded how many times a client was added in the epoch
   * @param stalled clients that are stalled
   * @param aboveRealtime clients with a speed of 1.0 or more
   * @param belowRealtime clients with a known speed below 1.0
   * @param unknownSpeed clients whose speed is not known
   * @param withDrift clients with a drift sample in their current run
   * @param lagging clients whose drift is above zero
   * @param highDrift clients whose drift is above their configured threshold
   * @param withDrops clients that dropped a line in their life
   * @param degraded clients whose drop rate is above the aggregator's threshold
   */
  public record Clients(
      int active,
      int peakActive,
      long everAdded,
      int stalled,
      int aboveRealtime,
      int belowRealtime,
      int unknownSpeed,
      int withDrift,
      int lagging,
      int highDrift,
      int withDrops,
      int degraded) {

    /**
     * Checks the components.
     *
     * @param active see the record
     * @param peakActive see the record
     * @param everAdded see the record
     * @param stalled see the record
     * @param aboveRealtime see the record
     * @param belowRealtime see the record
     * @param unknownSpeed see the record
     * @param withDrift see the record
     * @param lagging see the record
     * @param highDrift see the record
     * @param withDrops see the record
     * @param degraded see the record
     * @throws IllegalArgumentException if one is outside its range
     */
    public Clients {
      Require.notNegative("active", active);
      Require.notNegative("peakActive", peakActive);
      Require.notNegative("everAdded", everAdded);
      Require.notNegative("stalled", stalled);
      Require.notNegative("aboveRealtime", aboveRealtime);
      Require.notNegative("belowRealtime", belowRealtime);
      Require.notNegative("unknownSpeed", unknownSpeed);
      Require.notNegative("withDrift", withDrift);
      Require.notNegative("lagging", lagging);
      Require.notNegative("highDrift", highDrift);
      Require.notNegative("withDrops", withDrops);
      Require.notNegative("degraded", degraded);
    }
  }

  /**
   * Requests by what was asked for.
   *
   * @param manifest requests for a playlist
   * @param segment requests for a media segment
   * @param init requests for an initialization segment
   * @param unknown requests for something else
   */
  public record Requests(long manifest, long segment, long init, long unknown) {

    /**
     * Checks the components.
     *
     * @param manifest see the record
     * @param segment see the record
     * @param init see the record
     * @param unknown see the record
     * @throws IllegalArgumentException if one is outside its range
     */
    public Requests {
      Require.notNegative("manifest", manifest);
      Require.notNegative("segment", segment);
      Require.notNegative("init", init);
      Require.notNegative("unknown", unknown);
    }

    /**
     * Returns all requests.
     *
     * @return the sum
     */
    public long total() {
      return Saturating.add(Saturating.add(manifest, segment), Saturating.add(init, unknown));
    }
  }

  /**
   * Errors by kind.
   *
   * @param http HTTP errors by status code, ascending, counts above 0; key
   *     {@link ClientStats#OTHER_HTTP_ERROR} for codes outside 400..599; unmodifiable
   * @param reconnections connections made again; not errors
   * @param timeouts requests that timed out
   */
  public record Errors(SortedMap<Integer, Long> http, long reconnections, long timeouts) {

    /**
     * Takes a copy of the map.
     *
     * @param http see the record
     * @param reconnections see the record
     * @param timeouts see the record
     * @throws NullPointerException if the map, a key or a value is null
     * @throws IllegalArgumentException if a status code is not one that is counted, its count is
     *     not above 0, or another count is negative
     */
    public Errors {
      Objects.requireNonNull(http, "http must not be null");
      SortedMap<Integer, Long> ascending = new TreeMap<>();
      http.forEach((code, count) -> {
        Objects.requireNonNull(code, "status code must not be null");
        if (code != ClientStats.OTHER_HTTP_ERROR
            && (code < HttpErrorCounts.FIRST_CODE || code > HttpErrorCounts.LAST_CODE)) {
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
     * Returns the HTTP errors of all status codes.
     *
     * @return the sum
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
     * @return the sum
     */
    public long total() {
      return Saturating.add(httpTotal(), timeouts);
    }

    /**
     * Returns the name of a status code for people and for metric labels.
     *
     * @param statusCode a key of {@link #http()}
     * @return {@code "other"} for {@link ClientStats#OTHER_HTTP_ERROR}, else the number
     */
    public static String label(int statusCode) {
      return statusCode == ClientStats.OTHER_HTTP_ERROR ? "other" : Integer.toString(statusCode);
    }
  }

  /**
   * Speeds and drifts of the live clients. Averages of durations are exact and rounded down to the
   * nanosecond.
   *
   * @param averageSpeed over the clients with a known speed, as a multiple of real time; 0.0 if
   *     there are none
   * @param averageDrift over the clients with a drift sample; may be negative; zero if there are
   *     none
   * @param averageLag over the clients whose drift is above zero; zero if there are none
   * @param maxDrift the greatest drift of any client, departed ones included; at least zero
   */
  public record Playback(
      double averageSpeed, Duration averageDrift, Duration averageLag, Duration maxDrift) {

    /**
     * Checks the components.
     *
     * @param averageSpeed see the record
     * @param averageDrift see the record
     * @param averageLag see the record
     * @param maxDrift see the record
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if the lag or the maximum is negative
     */
    public Playback {
      Objects.requireNonNull(averageDrift, "averageDrift must not be null");
      Require.notNegative("averageLag", averageLag);
      Require.notNegative("maxDrift", maxDrift);
    }
  }

  /**
   * The lines that FFmpeg wrote, and those of them that were dropped unparsed.
   *
   * @param progress lines of the progress pipes
   * @param stderr lines of the standard errors
   * @param peakDropRate the highest drop rate of a single report of any client; 0..1
   * @param degraded whether {@link #dropRate()} is strictly above the aggregator's threshold
   */
  public record Pipeline(Lines progress, Lines stderr, double peakDropRate, boolean degraded) {

    /**
     * Checks the components.
     *
     * @param progress see the record
     * @param stderr see the record
     * @param peakDropRate see the record
     * @param degraded see the record
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if the rate is outside its range
     */
    public Pipeline {
      Objects.requireNonNull(progress, "progress must not be null");
      Objects.requireNonNull(stderr, "stderr must not be null");
      Require.rate("peakDropRate", peakDropRate);
    }

    /**
     * Returns the lines read from both streams.
     *
     * @return at least {@link #linesDropped()}; saturates at {@link Long#MAX_VALUE}
     */
    public long linesRead() {
      return Saturating.add(progress.read, stderr.read);
    }

    /**
     * Returns the lines dropped from both streams.
     *
     * @return at least 0; saturates at {@link Long#MAX_VALUE}
     */
    public long linesDropped() {
      return Saturating.add(progress.dropped, stderr.dropped);
    }

    /**
     * Returns dropped / read over both streams.
     *
     * @return 0..1; 0 if nothing was read
     */
    public double dropRate() {
      return DropRate.of(progress.dropped, stderr.dropped, progress.read, stderr.read);
    }

    /**
     * The lines of one stream, over all clients.
     *
     * @param read lines read; at least {@code dropped}
     * @param dropped lines read and dropped
     */
    public record Lines(long read, long dropped) {

      /**
       * Checks the components.
       *
       * @param read see the record
       * @param dropped see the record
       * @throws IllegalArgumentException if one is negative, or more is dropped than read
       */
      public Lines {
        Require.notNegative("dropped", dropped);
        if (dropped > read) {
          throw new IllegalArgumentException(
              "dropped must be at most read, " + read + ": " + dropped);
        }
      }
    }
  }

  /**
   * The uptimes of the live clients; all zero if there are none.
   *
   * @param min the shortest
   * @param max the longest
   * @param average the mean, exact and rounded down to the nanosecond
   */
  public record Uptimes(Duration min, Duration max, Duration average) {

    /**
     * Checks the components.
     *
     * @param min see the record
     * @param max see the record
     * @param average see the record
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if one is negative
     */
    public Uptimes {
      Require.notNegative("min", min);
      Require.notNegative("max", max);
      Require.notNegative("average", average);
    }
  }

  /**
   * Rates over a window of time. Never negative, NaN or infinite; all zero if no time passed.
   *
   * @param manifestPerSecond requests for a playlist a second
   * @param segmentPerSecond requests for a media segment a second
   * @param bytesPerSecond bytes a second
   */
  public record Rates(double manifestPerSecond, double segmentPerSecond, double bytesPerSecond) {

    private static final Rates ZERO = new Rates(0, 0, 0);

    static Rates between(
        AggregatedStats earlier, Duration elapsed, Requests requests, long totalBytes) {
      return over(
          elapsed.minus(earlier.elapsed),
          requests.manifest - earlier.requests.manifest,
          requests.segment - earlier.requests.segment,
          totalBytes - earlier.totalBytes);
    }

    static Rates over(Duration window, long manifest, long segment, long bytes) {
      if (window.isNegative() || window.isZero()) {
        return ZERO;
      }
      double seconds = window.getSeconds() + window.getNano() / 1e9;
      return new Rates(
          Math.max(0, manifest) / seconds,
          Math.max(0, segment) / seconds,
          Math.max(0, bytes) / seconds);
    }
  }
}
