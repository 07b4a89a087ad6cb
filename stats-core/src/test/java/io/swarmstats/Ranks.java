package io.swarmstats.latency;

import java.util.function.IntToLongFunction;

/** Where a value stands among sorted samples. */
public final class Ranks {

  private Ranks() {}

  /** Returns how many of so many samples, in ascending order by index, are below the limit. */
  public static int countBelow(int samples, IntToLongFunction sorted, long limit) {
    int low = 0;
    int high = samples;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.applyAsLong(middle) < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
