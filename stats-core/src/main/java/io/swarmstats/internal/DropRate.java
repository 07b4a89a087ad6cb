package io.swarmstats.internal;

/** The one formula of the drop rate. */
public final class DropRate {

  private DropRate() {}

  /** Returns (dropped lines) / (read lines) of two streams: 0..1, and 0 if nothing was read. */
  public static double of(long dropped1, long dropped2, long read1, long read2) {
    // as doubles: a sum of two longs could overflow
    return (dropped1 | dropped2) == 0
        ? 0.0
        : ((double) dropped1 + dropped2) / ((double) read1 + read2);
  }
}
