package io.swarmstats.rivals;

import io.swarmstats.ClientStats;

/** The last {@value #LENGTH} segment sizes. An unwritten slot contains 0. */
public interface SegmentSizes {

  int LENGTH = ClientStats.SEGMENT_SIZE_RING_SIZE;

  void record(long bytes);

  /** Returns the average of the written slots, or 0 if there are none. */
  long average();
}
