package io.swarmstats;

/** The one formula of the drop rate. */
final class DropRate {

  private DropRate() {}

  /** Returns (dropped lines) / (read lines) of two streams, in 0..1; 0 if nothing was read. */
  static double of(long dropped1, long dropped2, long read1, long read2) {
    // sums of long could overflow
    return (dropped1 | dropped2) == 0
        ? 0.0
        : ((double) dropped1 + dropped2) / ((double) read1 + read2);
  }
}
