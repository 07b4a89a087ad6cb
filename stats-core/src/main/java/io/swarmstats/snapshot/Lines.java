package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;
import io.swarmstats.internal.Saturating;
import java.util.List;

/**
 * The lines of one output stream of FFmpeg, over all clients.
 *
 * <p>A line counts as read before the line counts as dropped. So a snapshot never has more dropped
 * lines than read lines. An interval can: if one interval ends between the two counts, the next
 * interval has only the drop.
 *
 * @param read the lines that were read, including the dropped ones; at least 0
 * @param dropped the lines that were read and then dropped without parsing; at least 0
 */
public record Lines(long read, long dropped) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public Lines {
    Require.notNegative("read", read);
    Require.notNegative("dropped", dropped);
  }

  Lines since(Lines earlier) {
    return new Lines(
        Saturating.subtract(read, earlier.read), Saturating.subtract(dropped, earlier.dropped));
  }

  static Lines merge(List<Lines> parts) {
    return new Lines(Saturating.sum(parts, Lines::read), Saturating.sum(parts, Lines::dropped));
  }
}
