package io.swarmstats.internal;

/** The formula of the drop rate. All drop rates of the library come from this class. */
public final class DropRate {

  private DropRate() {}

  /**
   * Returns (dropped lines) / (read lines) of two streams together: 0..1, and 0 if no line was
   * read.
   *
   * <p>Each argument is at least 0, and each dropped count is at most its read count.
   */
  public static double of(long dropped1, long dropped2, long read1, long read2) {
    // adds doubles, because the sum of two longs could overflow
    return (dropped1 | dropped2) == 0
        ? 0.0
        : ((double) dropped1 + dropped2) / ((double) read1 + read2);
  }
}
