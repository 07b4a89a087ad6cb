package io.swarmstats.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Rates over a window of time. {@link #over} returns no rate that is negative, NaN or infinite.
 *
 * @param manifestPerSecond requests for a playlist per second
 * @param segmentPerSecond requests for a media segment per second
 * @param bytesPerSecond bytes per second of FFmpeg's {@code total_size}: the size of its output as
 *     flushed, 0 for outputs without a file
 */
public record Rates(double manifestPerSecond, double segmentPerSecond, double bytesPerSecond) {

  static final Rates ZERO = new Rates(0, 0, 0);

  /**
   * Returns the rates of three counts over a window: count / length of the window.
   *
   * <p>A negative count counts as 0. A pure function.
   *
   * @param window the length of the window
   * @param manifest requests for a playlist in the window
   * @param segment requests for a media segment in the window
   * @param bytes bytes in the window
   * @return all zero if the window is not longer than zero
   */
  public static Rates over(Duration window, long manifest, long segment, long bytes) {
    Objects.requireNonNull(window, "window must not be null");
    if (window.isNegative() || window.isZero()) {
      return ZERO;
    }
    double seconds = window.getSeconds() + window.getNano() / 1e9;
    return new Rates(
        Math.max(0, manifest) / seconds,
        Math.max(0, segment) / seconds,
        Math.max(0, bytes) / seconds);
  }

  static Rates sum(List<Rates> parts) {
    return new Rates(
        sum(parts, Rates::manifestPerSecond),
        sum(parts, Rates::segmentPerSecond),
        sum(parts, Rates::bytesPerSecond));
  }

  private static double sum(List<Rates> parts, ToDoubleFunction<Rates> rate) {
    return Math.min(Double.MAX_VALUE, parts.stream().mapToDouble(rate).sum());
  }
}
