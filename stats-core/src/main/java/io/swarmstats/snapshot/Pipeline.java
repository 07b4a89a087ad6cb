package io.swarmstats.snapshot;

import io.swarmstats.internal.DropRate;
import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import java.util.List;
import java.util.Objects;

/**
 * The lines that were read from FFmpeg, and how many of these were dropped unparsed.
 *
 * @param progress the lines of all progress pipes
 * @param stderr the lines of all standard error streams
 * @param peakDropRate the highest drop rate of a single report of any client, live or departed;
 *     0..1
 * @param degraded whether {@link #dropRate()} is strictly above the threshold of the aggregator; of
 *     a merged snapshot, whether that holds for one of its parts
 */
public record Pipeline(Lines progress, Lines stderr, double peakDropRate, boolean degraded) {

  /**
   * Checks the components.
   *
   * @throws NullPointerException if a component is null
   * @throws IllegalArgumentException if {@code peakDropRate} is outside 0..1, or if a stream has
   *     more dropped lines than read lines
   */
  public Pipeline {
    Objects.requireNonNull(progress, "progress must not be null");
    Objects.requireNonNull(stderr, "stderr must not be null");
    requireDroppedWithinRead("progress", progress);
    requireDroppedWithinRead("stderr", stderr);
    Require.rate("peakDropRate", peakDropRate);
  }

  private static void requireDroppedWithinRead(String name, Lines lines) {
    if (lines.dropped() > lines.read()) {
      throw new IllegalArgumentException(
          name + " must have at most as many dropped lines as read lines: " + lines);
    }
  }

  static Pipeline merge(List<Pipeline> parts) {
    double peak = 0;
    boolean degraded = false;
    for (Pipeline part : parts) {
      peak = Math.max(peak, part.peakDropRate);
      degraded |= part.degraded;
    }
    return new Pipeline(
        Lines.merge(parts.stream().map(Pipeline::progress).toList()),
        Lines.merge(parts.stream().map(Pipeline::stderr).toList()),
        peak,
        degraded);
  }

  /**
   * Returns the lines that were read from both streams.
   *
   * @return at least {@link #linesDropped()}; saturates at {@link Long#MAX_VALUE}
   */
  public long linesRead() {
    return Saturating.add(progress.read(), stderr.read());
  }

  /**
   * Returns the lines of both streams that were dropped.
   *
   * @return at least 0; saturates at {@link Long#MAX_VALUE}
   */
  public long linesDropped() {
    return Saturating.add(progress.dropped(), stderr.dropped());
  }

  /**
   * Returns the drop rate of both streams together: (dropped lines) / (read lines).
   *
   * @return 0..1; 0 if nothing was read
   */
  public double dropRate() {
    return DropRate.of(progress.dropped(), stderr.dropped(), progress.read(), stderr.read());
  }
}
