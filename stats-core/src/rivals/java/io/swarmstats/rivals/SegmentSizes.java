package io.swarmstats.rivals;

import io.swarmstats.ClientStats;

/** The last {@value #LENGTH} segment sizes. A slot that was never written holds 0. */
public interface SegmentSizes {

  int LENGTH = ClientStats.SEGMENT_SIZE_RING_SIZE;

  void record(long bytes);

  /** Returns the average of the slots that were written, or 0. */
  long average();
}
