package io.swarmstats.snapshot;

import io.swarmstats.internal.Require;

/**
 * The lines of one output stream of FFmpeg, over all clients.
 *
 * @param read the lines that were read, including the dropped ones; at least {@code dropped}
 * @param dropped the lines that were read and then dropped without parsing; at least 0
 */
public record Lines(long read, long dropped) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a count is negative, or if more lines were dropped than
   *     read
   */
  public Lines {
    Require.notNegative("dropped", dropped);
    if (dropped > read) {
      throw new IllegalArgumentException("dropped must be at most read, " + read + ": " + dropped);
    }
  }
}
